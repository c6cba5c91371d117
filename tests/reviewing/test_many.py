"""Thousands of files, hundreds of them broken: the run ends, tells each once, and judges the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from .conftest import BAD, GOOD, report

FILES, BROKEN = 1_500, 300
DOCUMENT = Path(__file__).parents[2] / "examples" / "review" / "2024-06-thang" / "xa-an-lac.docx"
FAULTS = {
    "cut.docx": DOCUMENT.read_bytes()[:5_000],
    "garbage.docx": b"\x00\x01garbage",
    "garbage.xlsx": b"PK\x03\x04 garbage",
    "garbage.pdf": b"%PDF-1.7 garbage",
    "empty.docx": b"",
    "empty.yaml": b"",
    "empty.json": b"",
    "cut.json": b'{"report": {"form": "cchc"',
    "syntax.yaml": "báo cáo: [".encode(),
    "tabs.yaml": b"report:\n\t- a",
    "list.yaml": b"- 1\n- 2\n",
    "null.yaml": b"a: \x00\n",
    "deep.yaml": b"[" * 5_000,
    "bomb.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "form.yaml": b"report: {form: no-such-form}\nhoso: {received: 1}\n",
    "other.yaml": "xin chào".encode(),
    "text.txt": "Không phải báo cáo.".encode(),
}
SCRIPT = """
import json, resource, sys
from validator import review
found = review(sys.argv[1])
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "units": len(found.units), "files": found.files, "peak": peak,
    "errors": sum(tally.errors for row in found.units for tally in row.tallies.values()),
    "unread": [each.path for each in found.unread], "passed_over": list(found.passed_over),
    "told": [each.diagnostics[0].title for each in found.unread],
}))
"""


def reviewed(folder):
    """Review a folder in a process of its own, whose memory can be measured."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, folder], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def fill(folder, count, form="demo"):
    folder.mkdir()
    for number in range(count):
        text = report(f"xa-{number}", BAD if number % 10 == 0 else GOOD, form=form)
        (folder / f"bao-cao-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_broken_files_among_thousands_are_each_told_once(tmp_path):
    folder = fill(tmp_path / "in", FILES - BROKEN)
    for number in range(BROKEN - 1):
        name, data = list(FAULTS.items())[number % len(FAULTS)]
        (folder / f"hong-{number}-{name}").write_bytes(data)
    os.mkfifo(folder / "hong-ong.yaml")
    (folder / "thu-muc.yaml").mkdir()
    found = reviewed(folder)
    told = Counter(Path(path).name for path in (*found["unread"], *found["passed_over"]))
    assert set(told.values()) == {1}
    assert set(told) == {path.name for path in folder.glob("hong-*")}
    assert all(found["told"])
    assert found["units"] == FILES - BROKEN
    assert found["errors"] == (FILES - BROKEN) // 10


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_files(tmp_path):
    few, many = (reviewed(fill(tmp_path / str(count), count, "cchc")) for count in (100, 300))
    assert (few["units"], many["units"]) == (100, 300)
    # In kilobytes: rows and their notes are kept; figures, findings and names of rules are not.
    assert many["peak"] - few["peak"] < 200 * 15

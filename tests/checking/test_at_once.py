"""What several runs write at one moment is all there afterwards."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from validator.readers.explanation import read_sidecar
from validator.writing import LOCK, locked, update_file

PACK = """\
pack: small
version: 1.0.0
form: small
fields: {a: {type: count}, b: {type: count}}
tables: {rows: {columns: {code: {type: text}, a: {type: count}, b: {type: count}}}}
"""
RULES = """\
rules:
  - {id: row-differs, severity: warning, title: {vi: T, en: T}, assert: "all row in rows: row.a = row.b"}
"""
ROWS = 12
AT_ONCE = 4
EXPLAIN = """\
import sys
from validator import explain_finding
path, pack, *rows = sys.argv[1:]
for row in rows:
    explain_finding(path, "row-differs", reason=f"because of {row}", field=row, packs=[pack])
"""


def test_explanations_filed_by_several_processes_are_all_kept(tmp_path):
    pack = tmp_path / "small"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    (pack / "small.yaml").write_text(RULES, encoding="utf-8")
    path = tmp_path / "in" / "a.yaml"
    path.parent.mkdir()
    lines = [f"  - {{code: r{each}, a: {each}, b: {each + 1}}}" for each in range(ROWS)]
    head = "report: {form: small, unit: {id: x}, period: {kind: year, from: 2024-01-01, to: 2024-12-31}}"
    path.write_text("\n".join([head, "rows:", *lines, ""]), encoding="utf-8")
    share = [[f"r{each}" for each in range(start, ROWS, AT_ONCE)] for start in range(AT_ONCE)]
    running = [
        subprocess.Popen([sys.executable, "-c", EXPLAIN, str(path), str(pack), *rows]) for rows in share
    ]
    assert [each.wait(timeout=120) for each in running] == [0] * AT_ONCE
    (beside,) = path.parent.glob("a.*giai-trinh.yaml")
    found = read_sidecar(beside).explanations
    assert sorted(each.reason for each in found) == sorted(f"because of r{each}" for each in range(ROWS))
    assert not (path.parent / LOCK).exists()


ADD = """\
import sys
from pathlib import Path
from validator.writing import locked, replace_file
path = Path(sys.argv[1])
for _ in range(40):
    with locked(path.parent):
        replace_file(path, str(int(path.read_text()) + 1).encode())
"""


def test_a_lock_lets_one_at_a_time_change_a_file(tmp_path):
    path = tmp_path / "count"
    path.write_text("0", encoding="utf-8")
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(path)]) for _ in range(AT_ONCE)]
    assert [each.wait(timeout=120) for each in running] == [0] * AT_ONCE
    assert path.read_text(encoding="utf-8") == str(40 * AT_ONCE)
    assert [each.name for each in tmp_path.iterdir()] == ["count"]


def test_a_lock_that_is_held_is_not_waited_for_without_end(tmp_path):
    start = time.monotonic()
    with locked(tmp_path), pytest.raises(TimeoutError), locked(tmp_path, wait=0.1):
        pytest.fail("two had the lock")
    assert time.monotonic() - start < 20


def test_a_killed_run_leaves_the_folder_open(tmp_path):
    hold = "import os, sys\nfrom pathlib import Path\nfrom validator.writing import locked\n"
    hold += "with locked(Path(sys.argv[1])):\n    os._exit(9)\n"
    assert subprocess.run([sys.executable, "-c", hold, str(tmp_path)], check=False).returncode == 9
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path, wait=5):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_else_wrote_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    assert not update_file(path, b"ours before", b"ours")
    assert path.read_bytes() == b"theirs"
    assert update_file(path, b"theirs", b"ours")
    assert update_file(tmp_path / "new", b"", b"ours")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a": b"ours", "new": b"ours"}

"""Every example of the documentation is run: consoles are compared with what the command prints.

A ```console block holds commands after ``$`` and their output; ```python blocks with ``>>>`` are
doctests. UPDATE_GOLDEN=1 writes what the commands print into the page.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH_CONSOLES = [page for page in PAGES if CONSOLE.search(page.read_text(encoding="utf-8"))]
WITH_DOCTESTS = [page for page in PAGES if ">>>" in page.read_text(encoding="utf-8")]


def name_of(page):
    return str(page.relative_to(ROOT))


def run(command):
    bin_folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
    }
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return (done.stdout + done.stderr).rstrip("\n")


def true_console(block):
    """Return a console block with the output that its commands really have."""
    lines = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        output = run(command)
        lines += [f"$ {command}", *([output] if output else [])]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", WITH_CONSOLES, ids=name_of)
def test_consoles_show_what_is_printed(page):
    text = page.read_text(encoding="utf-8")
    expected = CONSOLE.sub(lambda found: f"```console\n{true_console(found[1])}```", text)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(expected, encoding="utf-8")
    else:
        assert text == expected


@pytest.mark.parametrize("page", WITH_DOCTESTS, ids=name_of)
def test_python_examples_hold(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = PYTHON.findall(page.read_text(encoding="utf-8"))
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    scope = {}
    for block in blocks:
        found = parser.get_doctest(block, scope, name_of(page), str(page), 0)
        runner.run(found, clear_globs=False)
        scope.update(found.globs)
    assert runner.summarize(verbose=False).failed == 0


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{name_of(page)}: {target}"

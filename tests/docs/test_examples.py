"""Every example of the documentation is run: consoles are compared with what the command prints.

A ```console block holds commands after ``$`` and their output; ```python blocks with ``>>>`` are
doctests. Commands run in the repository, or those of ```console folder=NAME in an empty folder that
the page keeps from block to block; a block such as ```yaml folder=NAME file=PATH writes a file there.
Times are shown as ``…s``. UPDATE_GOLDEN=1 writes what the commands print into the page.
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
BLOCK = re.compile(
    r"^```(?P<kind>console|\w+(?= folder=\S+ file=))(?: folder=(?P<folder>[\w-]+))?(?: file=(?P<file>\S+))?\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH_CONSOLES = [page for page in PAGES if "\n```console" in page.read_text(encoding="utf-8")]
WITH_DOCTESTS = [page for page in PAGES if ">>>" in page.read_text(encoding="utf-8")]


def name_of(page):
    return str(page.relative_to(ROOT))


def run(command, folder=ROOT):
    bin_folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
    }
    # What a machine that builds sets changes how pytest and others print.
    told = {"NO_COLOR", "CI", "BUILD_NUMBER", "GITHUB_ACTIONS"}
    for name in [name for name in environment if name in told or name.startswith("PYTEST_")]:
        del environment[name]
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    printed = (done.stdout + done.stderr).rstrip("\n")
    return re.sub(r"\b\d+\.\d\ds\b", "…s", printed)


def true_console(block, folder):
    """Return a console block with the output that its commands really have."""
    lines = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        output = run(command, folder)
        lines += [f"$ {command}", *([output] if output else [])]
    return "\n".join(lines) + "\n"


class Folders:
    """The folders that a page keeps: by name, empty when first used."""

    def __init__(self, parent):
        self.parent = parent

    def played(self, found):
        """Do what a block of the page says and return the block as it should be."""
        folder = ROOT
        if found["folder"]:
            folder = self.parent / found["folder"]
            folder.mkdir(exist_ok=True)
        if found["kind"] == "console":
            head = found[0].split("\n", 1)[0]
            return f"{head}\n{true_console(found['text'], folder)}```"
        file = folder / found["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found["text"], encoding="utf-8")
        return found[0]


@pytest.mark.parametrize("page", WITH_CONSOLES, ids=name_of)
def test_consoles_show_what_is_printed(page, tmp_path):
    text = page.read_text(encoding="utf-8")
    expected = BLOCK.sub(Folders(tmp_path).played, text)
    assert str(tmp_path) not in expected
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

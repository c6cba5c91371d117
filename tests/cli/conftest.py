"""Commands run in this process, on a document of the examples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "documents" / "an-lac-2024.docx"


@pytest.fixture
def given(tmp_path):
    """A copy of a report in Word with four findings."""
    return Path(shutil.copy(EXAMPLE, tmp_path / "given.docx"))


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, what it printed and its errors."""

    def command(*args):
        code = main([str(each) for each in args])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return command

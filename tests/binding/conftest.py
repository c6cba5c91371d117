from pathlib import Path

import pytest

from validator.api import read_report
from validator.packs.library import load_folder
from validator.resources import rules_folder

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture
def read_text(tmp_path):
    """Read the report in a text that is written down first."""

    def read(text, name="report.md", **given):
        from validator.readers.given import Given

        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_report(path, given=Given(**given))

    return read


@pytest.fixture
def pack_form():
    """The form of a shipped pack."""
    return lambda name: load_folder(rules_folder() / name).pack.form


@pytest.fixture
def corpus():
    """The folder of real documents, where it is present."""
    if not CORPUS.is_dir():
        pytest.skip("the documents are not here")
    return CORPUS


def statements(report):
    """The raw texts of every field that has some."""
    return {path: [cell.raw for cell in cells] for path, cells in report.cells.items()}

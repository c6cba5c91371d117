"""Documents, their tick marks, and what a copy with them holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from validator.api import check
from validator.model.document import Table
from validator.readers.document import read_document
from validator.render.ticks import ticked_copy

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "documents" / "an-lac-2024.docx"
SHARED = ROOT.parent / "shared"


def documents(*patterns):
    """Return the example, and the documents lying beside the repository, if they do."""
    return [EXAMPLE, *sorted(found for pattern in patterns for found in SHARED.glob(pattern))]


def texts(document):
    """Return the texts of all blocks and cells, in reading order."""
    found = []
    for block in document.blocks:
        found += [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
    return found


@cache
def known(path):
    """Return a document that lies there for good, checked once."""
    return Ticked(path)


class Ticked:
    """A checked document with its tick marks."""

    def __init__(self, path, **options):
        self.path = path
        self.result = check(path, ticks=True, **options).files[0]
        self.ticks = self.result.ticks

    def copy(self, target, lang="vi"):
        """Write a copy to *target*; return its path."""
        target.write_bytes(ticked_copy(self.path.read_bytes(), target.name, self.ticks, lang))
        return target

    def kinds(self, text):
        """Return the kinds of the figures with a text."""
        return [each.kind.value for each in self.ticks.figures if each.text == text]


@pytest.fixture
def write(tmp_path):
    """Write a Word document of some paragraphs and tables; return it checked."""

    def written(*content, name="given.docx"):
        import docx

        made = docx.Document()
        for each in content:
            if isinstance(each, str):
                made.add_paragraph(each)
            else:
                table = made.add_table(rows=len(each), cols=len(each[0]))
                for row, line in enumerate(each):
                    for column, text in enumerate(line):
                        table.cell(row, column).text = text
        made.save(tmp_path / name)
        return Ticked(tmp_path / name)

    return written


def read(path):
    """Read a document as submitted ones are."""
    found = read_document(path).document
    assert found is not None
    return found

"""A document or a structured source as pieces of text, in reading order, that marks may stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Table, TableCell
from validator.model.location import Location
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.review import UnitDetail


@record
class Piece:
    """A stretch of text that a figure may be marked in: a block, a table's cell or a line."""

    text: str
    location: Location
    source: Block | TableCell | None = None


@record
class Passage:
    """What is shown or left out as a whole: a block, a row of a table or a line of source."""

    pieces: tuple[Piece, ...]
    table: Table | None = None
    row: int = 0

    @property
    def size(self) -> int:
        """The characters of the passage."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def is_header(self) -> bool:
        """Whether it is a row of column names."""
        return self.table is not None and self.row in self.table.header_rows


def passages(detail: UnitDetail) -> tuple[Passage, ...]:
    """The passages of the document of a unit, or of the lines of a structured report."""
    if detail.document is not None:
        return passages_of(detail.document)
    return tuple(_of_lines(detail.lines, detail.result.path))


def passages_of(document: Document) -> tuple[Passage, ...]:
    """The passages of a document."""
    return tuple(_of_document(document))


def _of_document(document: Document) -> Iterator[Passage]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield Passage(pieces=(Piece(text=block.text, location=block.location, source=block),))


def _rows(table: Table) -> Iterator[Passage]:
    """The rows of a table that hold cells."""
    rows: dict[int, list[Piece]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(Piece(text=cell.text, location=cell.location, source=cell))
    for row, pieces in sorted(rows.items()):
        yield Passage(pieces=tuple(pieces), table=table, row=row)


def _of_lines(lines: Sequence[str], file: str) -> Iterator[Passage]:
    for number, line in enumerate(lines, start=1):
        yield Passage(pieces=(Piece(text=line, location=Location(file=file, line=number)),))

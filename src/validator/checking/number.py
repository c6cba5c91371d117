"""Every number that stands in a document: the cells that are quantities, and the rest, which are none."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.model.document import Block, Table, TableCell
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.document import Document
    from validator.model.location import Location

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DAY = r"[0-9]{1,2}([./-])(?:[0-9]{1,2}\1)?(?:19|20)[0-9]{2}"
_DATE = re.compile(_DAY)
_NUMBER = re.compile(rf"{_DAY}|{_DIGITS.pattern}")
_ALONE = re.compile(r"[-–+(]?\s?[0-9][0-9.,\s]*\)?\s?(?:%|‰)?\)?")
_OUTLINE = re.compile(r"\(?([0-9]{1,3}(?:\.[0-9]{1,2})*)[.)]?")
_LEAST_IN_ROW = 3


def numbers_of(document: Document, *, in_words: bool) -> Iterator[tuple[Location, bool]]:
    """Yield where each number of *document* stands, and whether it is a quantity by itself.

    A cell that holds a number alone is one, unless it is a date, a head, or a number of the rows or
    columns. Of numbers among words, left out unless *in_words*, nothing is known here: whoever reads
    sentences tells quantities.
    """
    for block in document.blocks:
        if isinstance(block, Table):
            numbering = _numbering(block)
            for cell in block.cells:
                text = cell.text.strip()
                if _ALONE.fullmatch(text):
                    is_name = cell.row in block.header_rows or (cell.row, cell.column) in numbering
                    yield cell.location, not is_name and not _DATE.fullmatch(text)
                elif in_words:
                    yield from _in_words(cell)
        elif in_words:
            yield from _in_words(block)


def texts_of(document: Document) -> dict[tuple[object, ...], Block | TableCell]:
    """Return the blocks and cells of *document* in reading order, by what tells them apart."""
    found: dict[tuple[object, ...], Block | TableCell] = {}
    for block in document.blocks:
        for each in block.cells if isinstance(block, Table) else (block,):
            found.setdefault(each.location.block, each)
    return found


def _in_words(source: Block | TableCell) -> Iterator[tuple[Location, bool]]:
    """Yield the numbers among words; of a date its parts too, for a part of it may be known as a figure."""
    for match in _NUMBER.finditer(source.text):
        spans = {match.span(), *(part.span() for part in _DIGITS.finditer(source.text, *match.span()))}
        for start, end in spans:
            if isinstance(source, Block):
                yield source.location_at(start, end), False
            else:
                yield evolve(source.location, start=start, end=end), False


def _numbering(table: Table) -> frozenset[tuple[int, int]]:
    """Return the cells that number the rows of a table in a column, or its columns in a row."""
    columns: dict[int, list[TableCell]] = defaultdict(list)
    rows: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.row not in table.header_rows and cell.text.strip():
            rows[cell.row].append(cell)
            if cell.text.strip()[:1] in "(0123456789":
                columns[cell.column].append(cell)
    found = [cell for each in columns.values() if len(each) > 1 and _counts_up(each) for cell in each]
    for row in rows.values():
        if len(row) >= _LEAST_IN_ROW and _counts_up(row) and all("." not in cell.text for cell in row):
            found += row
    return frozenset((cell.row, cell.column) for cell in found)


def _counts_up(cells: Sequence[TableCell]) -> bool:
    """Whether cells are numbered 1, 2, 2.1, 2.2, 3 …; a new part may begin with 1 again.

    Of three and more the first may be of any number: a table may go on from another.
    """
    before: tuple[int, ...] = ()
    for cell in cells:
        match = _OUTLINE.fullmatch(cell.text.strip())
        number = tuple(map(int, match[1].split("."))) if match else ()
        is_first = not before and len(number) == 1 and len(cells) >= _LEAST_IN_ROW
        is_next = is_first or number in {(1,), (*before, 1), *_successors(before)}
        if not number or not is_next:
            return False
        before = number
    return True


def _successors(number: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    return tuple((*number[:depth], number[depth] + 1) for depth in range(len(number)))


def written_at(text: str, raw: str) -> tuple[int, int] | None:
    """Return where in *text* *raw* stands, None if it does not stand there just once."""
    if not raw or text.count(raw) != 1:
        return None
    start = text.index(raw)
    return start, start + len(raw)

"""Rows of a CSV file → the first one whose figures do not stand in their columns.

Where commas part the cells, a decimal comma without quotes parts a figure in two (``98,8``), and one
in a text parts that; all that follows in the row stands in a wrong column. It shows by a row that has
more cells than its header, and has cells that may be one. What such a file says of its columns is not
to be judged.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WHOLE = re.compile(r"[-+]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)")
_DECIMALS = re.compile(r"[0-9]+\s?%?")
_FIGURE = re.compile(r"\s*[-+]?[0-9][0-9.,]*\s?%?\s*")


@record
class Row:
    """A row: its number as a spreadsheet counts, the line of the file at which it ends, its cells."""

    number: int
    line: int
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells it has, empty ones at its end left out."""
        filled = [place for place, cell in enumerate(self.cells, start=1) if cell.strip()]
        return filled[-1] if filled else 0


@record
class Shift:
    """A row with more cells than its header, and the first two of them that may be one."""

    row: Row
    width: int
    parted: tuple[str, str]


def shift_in(rows: Sequence[Row]) -> Shift | None:
    """Return the first row of *rows* whose cells are shifted, None if there is none."""
    return next((found for block in _blocks(rows) for found in _shifts(block)), None)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the runs of rows with no empty row between them."""
    for is_filled, run in groupby(rows, key=lambda row: row.width > 0):
        if is_filled:
            yield list(run)


def _shifts(rows: list[Row]) -> Iterator[Shift]:
    first = next((at for at, row in enumerate(rows) if any(map(_FIGURE.fullmatch, row.cells))), None)
    if first is None:
        return
    # The header is the row above the first figures; of years in a header, it is that row itself.
    above = rows[first - 1] if first else None
    header = above if above is not None and above.width > 1 else rows[first]
    width = max(header.width, len(header.cells))
    for row in rows[first:]:
        parted = _parted(row.cells)
        if width > 1 and 0 < row.width - width <= len(parted):
            yield Shift(row=row, width=width, parted=parted[0])


def _parted(cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the neighbours that a comma may have parted, each cell once."""
    # A blank behind each comma is a way of writing; behind some, it is that of a sentence.
    is_spaced = all(cell[:1].isspace() for cell in cells[1:] if cell.strip())
    found: list[tuple[str, str]] = []
    taken = False
    for left, right in pairwise(cells):
        taken = not taken and (_is_one_figure(left, right) or (not is_spaced and _is_one_text(left, right)))
        if taken:
            found.append((left, right))
    return found


def _is_one_figure(left: str, right: str) -> bool:
    return bool(_WHOLE.fullmatch(left.lstrip()) and _DECIMALS.fullmatch(right))


def _is_one_text(left: str, right: str) -> bool:
    return left[-1:].isalpha() and right[:1].isspace() and right.lstrip()[:1].isalpha()

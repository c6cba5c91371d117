"""Cells → rows and columns; whether a cell holds a number alone, and a row only numbers the columns."""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_uppercase
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NUMBER = re.compile(r"[-+]?\d[\d.,]*\s*%?")
_NUMBERED = re.compile(r"\(?\s{0,9}(\d{1,2})\s{0,9}\)?(?:\s{0,9}=.*)?", re.DOTALL)
_LETTERED = re.compile(r"\(?\s{0,9}([A-Z])\s{0,9}\)?")
_FEWEST_NUMBERED = 3


class Placed(Protocol):
    """A cell with its text, at its top left corner."""

    @property
    def text(self) -> str:
        """What a reader of the page sees in it."""

    @property
    def row(self) -> int:
        """The row it begins in, counted from 0."""

    @property
    def column(self) -> int:
        """The column it begins in, counted from 0."""


C = TypeVar("C", bound=Placed)


def rows_of(cells: Iterable[C], *, most: int | None = None) -> dict[int, dict[int, C]]:
    """Return the cells of each row by column, both in their order; of a long table the first *most* rows."""
    rows: dict[int, dict[int, C]] = {}
    for cell in cells:
        if most is None or cell.row < most:
            rows.setdefault(cell.row, {})[cell.column] = cell
    return {number: dict(sorted(rows[number].items())) for number in sorted(rows)}


def filled(row: Mapping[int, C]) -> list[str]:
    """Return the texts of the cells of a row that hold any."""
    return [text for cell in row.values() if (text := cell.text.strip())]


def is_number(text: str) -> bool:
    """Whether a cell holds a number and nothing else but a sign for per cent."""
    return _NUMBER.fullmatch(text.strip()) is not None


def begins_with_number(text: str) -> bool:
    """Whether a cell holds a number, with a unit or more after it."""
    return _NUMBER.match(text.strip()) is not None


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: ``(1) (2) (3)=(1)+(2)``, ``5 6 7``, ``A B 1 2``."""
    letters = ""
    numbers: list[int] = []
    for text in texts:
        if found := _NUMBERED.fullmatch(text):
            numbers.append(int(found[1]))
        elif (found := _LETTERED.fullmatch(text)) and not numbers:
            letters += found[1]
        else:
            return False
    counts_up = all(after == before + 1 for before, after in pairwise(numbers))
    begins = not letters or (ascii_uppercase.startswith(letters) and numbers[:1] in ([], [1]))
    return len(texts) >= _FEWEST_NUMBERED and begins and counts_up

"""Tick marks: every figure of a document, and with which others it was compared."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.document import Document
    from validator.model.location import Location


class TickKind(Enum):
    """What came of a figure; each figure is of one kind.

    ``TIED`` took part in decided comparisons that all hold, ``DIFFERS`` in one that does not, ``OPEN``
    in none. ``NAME`` is no quantity: a date, a number of a document, an ordinal, a number of a list.
    """

    TIED = "tied"
    DIFFERS = "differs"
    OPEN = "open"
    NAME = "name"

    @property
    def sign(self) -> str:
        """The sign that stands for the kind, so that no colour is needed."""
        return _SIGNS[self]


_SIGNS = {TickKind.TIED: "✓", TickKind.DIFFERS: "≠", TickKind.OPEN: "?", TickKind.NAME: "·"}


@record
class Tick:
    """A figure as written, where it stands, and the numbers of its comparisons, those that fail first."""

    text: str
    location: Location
    kind: TickKind
    comparisons: tuple[int, ...] = ()


@record
class Outside:
    """A figure of another file that took part in a comparison."""

    text: str
    location: Location


@record
class Tie:
    """A decided comparison: what it is called, whether it holds, and the numbers of its figures."""

    title: str
    holds: bool
    figures: tuple[int, ...]
    outside: tuple[Outside, ...] = ()


@record
class Ticks:
    """All figures of a document in reading order, and all comparisons that they took part in.

    ``beside`` are those of its appendices in other files.
    """

    document: Document
    figures: tuple[Tick, ...] = ()
    ties: tuple[Tie, ...] = ()
    beside: tuple[Ticks, ...] = ()

    def count(self, kind: TickKind) -> int:
        """How many figures are of a kind; the counts of all kinds add up to all figures."""
        return sum(each.kind is kind for each in self.figures)

"""The account of the figures of a file: each counted once, by the place where it stands."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.model.diagnostic import Compared
from validator.model.record import record
from validator.model.tick import TickKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.location import Location

_GRAVEST_FIRST = (TickKind.DIFFERS, TickKind.TIED)
BlockKey = tuple[object, ...]
Key = tuple[BlockKey, int]
"""A figure: the block it stands in, and which of that block's figures it is."""
Span = tuple[int, int]


@record
class Noted:
    """A comparison: its figures, whether it holds, and what it is."""

    figures: tuple[Key, ...]
    holds: bool
    what: object


class Ledger:
    """The figures of a file by place; of each is noted whether it agreed with others or did not.

    What overlaps is one figure: a number bound to a field is the number that stands in the sentence.
    *names* are the places of numbers and dates that are no quantities: they count as figures only if
    they are compared after all, or are a part of one.
    """

    def __init__(self, places: Iterable[Location], names: Iterable[Location] = ()) -> None:
        quantities: dict[BlockKey, list[Span]] = defaultdict(list)
        for place in places:
            quantities[place.block].append(span_of(place))
        self._spans = {block: _merged(found) for block, found in quantities.items()}
        others: dict[BlockKey, list[Span]] = defaultdict(list)
        for place in names:
            if next(self._at(place.block, *span_of(place)), None) is None:
                others[place.block].append(span_of(place))
        self._quantities: set[Key] = set()
        for block in {**self._spans, **others}:
            known = [(span, True) for span in self._spans.get(block, ())]
            tagged = sorted([*known, *((span, False) for span in _merged(others.get(block, [])))])
            self._spans[block] = [span for span, _ in tagged]
            self._quantities |= {(block, at) for at, (_, is_one) in enumerate(tagged) if is_one}
        self._agree: set[Key] = set()
        self._differ: set[Key] = set()
        self.noted: list[Noted] = []

    def note(self, places: Iterable[Location], *, differ: bool, what: object = None) -> None:
        """Note that the figures at some places were compared; a place without a figure is passed over."""
        found = dict.fromkeys(
            (place.block, at) for place in places for at in self._at(place.block, *span_of(place))
        )
        (self._differ if differ else self._agree).update(found)
        if found:
            self.noted.append(Noted(figures=tuple(found), holds=not differ, what=what))

    def _at(self, block: BlockKey, start: int, end: int) -> Iterator[int]:
        """Yield which figures of a block have a character between *start* and *end*."""
        there = self._spans.get(block, [])
        at = bisect_right(there, (end, end)) - 1
        while at >= 0 and there[at][1] > start:
            if there[at][0] < end:
                yield at
            at -= 1

    @property
    def compared(self) -> Compared:
        """The counts; a figure that does not agree with one other does not agree, whatever it agrees with."""
        return Compared(
            figures=len(self._quantities | self._agree | self._differ),
            agree=len(self._agree - self._differ),
            differ=len(self._differ),
        )

    def kind(self, key: Key) -> TickKind:
        """What came of a figure."""
        if key in self._differ:
            return TickKind.DIFFERS
        if key in self._agree:
            return TickKind.TIED
        return TickKind.OPEN if key in self._quantities else TickKind.NAME

    def kind_at(self, place: Location) -> TickKind:
        """What came of the figures at a place; one that does not agree counts more than those that do."""
        found = {self.kind((place.block, at)) for at in self._at(place.block, *span_of(place))}
        return next((each for each in _GRAVEST_FIRST if each in found), TickKind.OPEN)

    def keys_at(self, place: Location) -> Iterator[Key]:
        """Yield the figures at a place."""
        yield from ((place.block, at) for at in self._at(place.block, *span_of(place)))

    def figures(self) -> Iterator[tuple[Key, Span]]:
        """Yield all figures, quantities or not, and where in their blocks they stand."""
        for block, spans in self._spans.items():
            yield from (((block, at), span) for at, span in enumerate(spans))


def span_of(place: Location) -> Span:
    """Return the characters of a place in its block; of one that is the whole block, all there can be."""
    if place.start is None or place.end is None:
        return 0, sys.maxsize
    return place.start, max(place.end, place.start + 1)


def _merged(spans: list[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

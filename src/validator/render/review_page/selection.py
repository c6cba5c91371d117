"""Which passages of a long document are shown: those with marks, and what stands around them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from validator.model.document import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from validator.render.review_page.passage import Passage

MOST_OF_UNIT, MOST_IN_ALL, LEAST_OF_UNIT = 60_000, 4_000_000, 6_000
_LONGEST, _OVERHEAD = 3000, 20


def allowance(units: int) -> int:
    """How many characters of its document each of *units* may show, so that the page stays usable."""
    return max(LEAST_OF_UNIT, min(MOST_OF_UNIT, MOST_IN_ALL // max(1, units)))


def selected(found: Sequence[Passage], marked: AbstractSet[int], most: int) -> frozenset[int]:
    """The numbers of the passages to show: all if they are at most *most* characters together."""
    if sum(passage.size + _OVERHEAD for passage in found) <= most:
        return frozenset(range(len(found)))
    shown: set[int] = set()
    left = most
    for number in _by_weight(found, marked):
        cost = min(found[number].size, _LONGEST) + _OVERHEAD
        if number not in shown and cost <= left:
            shown.add(number)
            left -= cost
    return frozenset(shown)


def _by_weight(found: Sequence[Passage], marked: AbstractSet[int]) -> Iterator[int]:
    """The passages worth showing, the weightiest first; without marks those at the beginning."""
    if not marked:
        return iter(range(len(found)))
    order = sorted(marked)
    near = (at for number in order for at in (number - 1, number + 1) if 0 <= at < len(found))
    return chain(order, _headings(found, order), near)


def _headings(found: Sequence[Passage], marked: Sequence[int]) -> Iterator[int]:
    """The heading above each marked passage, or the nearest row of column names."""
    above: list[int | None] = []
    latest: int | None = None
    for number, passage in enumerate(found):
        if _is_heading(passage):
            latest = number
        elif passage.table is not None and passage.row == 0:
            latest = None
        above.append(latest)
    yield from (heading for heading in (above[number] for number in marked) if heading is not None)


def _is_heading(passage: Passage) -> bool:
    source = passage.pieces[0].source
    return passage.is_header or (isinstance(source, Block) and source.kind is BlockKind.HEADING)

"""The runs of figures that may be a list: where each may end, and which of its figures are the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.text.item import Item

EVERY, LIKE, FIRST, CLAUSE = "every", "like", "first", "clause"
"""All figures of a run, those counted like the total, the first of each sentence, of each clause."""
_LEAST, _MOST, _SENTENCES = 2, 16, 3


def is_like(total: Item, part: Item) -> bool:
    """Whether a figure is counted in the unit of a total."""
    a, b = total.mention, part.mention
    return a.kind is b.kind and a.unit_is_near == b.unit_is_near and (a.unit == b.unit or a.group == b.group)


def ways_of(total: Item, run: Sequence[Item]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """A run taken whole, or those of its figures counted like the total, or the first of each clause."""
    yield EVERY, tuple(run)
    like = tuple([item for item in run if is_like(total, item)])
    if _LEAST <= len(like) < len(run):
        yield LIKE, like
    first: list[Item] = []
    clause: list[Item] = []
    for item in run:
        new = not first or item.mention.sentence != first[-1].mention.sentence
        if new:
            first.append(item)
        if new or item.mark == ";":
            clause.append(item)
    if _LEAST <= len(first) < len(run):
        yield FIRST, tuple(first)
    if len(first) < len(clause) < len(run):
        yield CLAUSE, tuple(clause)


def runs_of(total: Item, rest: Sequence[Item]) -> Iterator[tuple[str, tuple[Item, ...], Item | None]]:
    """The runs from the first figure of some to each place where a list may end, and what follows them."""
    if not rest:
        return
    first = rest[0]
    stop = len(rest)
    for place in range(1, len(rest)):
        item = rest[place]
        if item.mention.sentence - first.mention.sentence > _SENTENCES or place >= _MOST:
            stop = place
            break
    for end in range(_LEAST, stop + 1):
        after = rest[end] if end < len(rest) else None
        if after is not None and end < stop and not _ends_before(rest[end - 1], after):
            continue
        for way, parts in ways_of(total, rest[:end]):
            # Figures left out behind the last part are left out of a shorter run too.
            if parts[-1] is rest[end - 1] or way in {FIRST, CLAUSE} or end == stop:
                yield way, parts, after


def _ends_before(last: Item, after: Item) -> bool:
    """Whether a list may end between two figures: at a mark, an announcement, another unit."""
    a, b = last.mention, after.mention
    if a.sentence != b.sentence or after.mark in {";", ":", "."} or after.announced or after.closes:
        return True
    if last.mark == "and" or (last.mark == "" and after.mark):
        return True
    if after.mark == "":
        return True
    return a.unit_is_near and b.unit_is_near and a.unit != b.unit

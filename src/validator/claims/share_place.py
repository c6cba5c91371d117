"""Where the figures stand that a percentage may be said of: a bounded window of its document."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.share_part import joint
from validator.claims.structure import same_unit
from validator.model.record import evolve, field, record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.structure import Node, Text
    from validator.text.item import Item, Stated
    from validator.text.mention import Mention

_BEFORE, _AFTER, _OPENING = 7, 4, 2
_ABOVE, _PREVIOUS, _NEXT, _NEAR, _EACH = 3, 7, 2, 2, 4
_MOST_KIN, _ASIDE = 6, 3
SHARED = "shared"
TOLD, NAMED, BESIDE = "told", "named", "beside"
"""A numerator and a base that words name, wherever they stand, and a base beside such a numerator."""
_LEAST, _MOST_ADDED, _RUN, _SHORT, _YEAR = 2, 12, 12, 240, 4


@record
class Place:
    """A figure that a percentage may be said of, and where it stands as seen from the percentage.

    ``where`` names the step of the structure, ``steps`` how many figures are passed over on the way.
    ``addends`` are the figures that make it up, if they are several; ``keys``
    are the numbers of the document that it is made of; ``under``: it is the base of a fraction.
    """

    item: Item
    mention: Mention
    node: Node
    where: str
    steps: int
    keys: frozenset[MentionKey]
    addends: tuple[Mention, ...] = ()
    under: bool = False

    @property
    def afar(self) -> bool:
        """Whether it is known by words alone."""
        return self.where in {TOLD, NAMED, BESIDE}


@record
class Guess:
    """A numerator and a base that a percentage may be of, and how likely that is, in thousandths."""

    form: str
    part: Place
    base: Place
    chance: int

    @property
    def way_there(self) -> tuple[str, str, int, str]:
        """By which steps of the structure the two are reached from the percentage."""
        return self.form, self.part.where, min(self.part.steps, 3), self.base.where


@record
class Candidate:
    """A pair with its score and what is special about it beside other percentages."""

    form: str
    part: Place
    base: Place
    score: int


@record
class Places:
    """The nodes of a document in their order, and how to find one's neighbours."""

    text: Text
    nodes: Sequence[Node]
    indexes: Sequence[int]
    runs: dict[tuple[int, int, int], tuple[Sequence[Node], dict[int, int]]] = field(
        default_factory=dict, compare=False
    )

    def around(self, node: Node, stated: Stated) -> list[Place]:
        """All figures in the window of a percentage, each once: the likeliest way to it counts."""
        found: dict[object, Place] = {}
        for place in self._around(node, stated):
            key = place.keys
            if key not in found and not place.mention.odd and not _is_year(place.mention):
                found[key] = place
        return list(found.values())

    def _around(self, node: Node, stated: Stated) -> Iterator[Place]:
        yield from _own(node, stated)
        head, run, at = self.run_of(node)
        if head is not None:
            yield from _some(head, "up")
            above = self.text.nodes[head.parent] if head.parent is not None else None
            if above is not None:
                yield from _some(above, "upper")
        if len(run) > 1:
            yield from self._of_run(node, run, at)
        yield from self._before(run[0] if run else node, head)
        yield from self._behind(run[-1] if run else node)

    def _of_run(self, node: Node, run: Sequence[Node], at: int) -> Iterator[Place]:
        for other, where in (
            *[(each, "sibling") for each in reversed(run[max(0, at - _NEAR) : at])],
            (run[0], "first"),
            (run[-1], "last"),
            *[(each, "next") for each in run[at + 1 : at + 2]],
        ):
            if other is not node and other.main is not None:
                yield _place(other, other.main, where, 0)
        mains = [each.main for each in run[:_MOST_ADDED] if each.main is not None and each.found.stated]
        if _LEAST <= len(mains) == len(run):
            yield from _sum_of(node, mains, "siblings")

    def _before(self, node: Node, head: Node | None) -> Iterator[Place]:
        at = bisect_left(self.indexes, node.index)
        seen = 0
        for other in reversed(self.nodes[max(0, at - 3 * _PREVIOUS) : at]):
            if not other.items:
                continue
            seen += 1
            if seen > _PREVIOUS:
                return
            if other is head:
                continue
            where = "before" if seen == 1 else "earlier" if seen <= _NEAR else "far"
            main = other.main
            if main is not None:
                yield _place(other, main, where, 0)
            items = other.items[-_EACH:] if seen <= _NEAR else other.items[:_EACH]
            for steps, item in enumerate(reversed(items)):
                if item is not main and (seen <= _NEAR or _is_overall(item)):
                    yield _place(other, item, f"{where}+", min(steps, 2))

    def _behind(self, node: Node) -> Iterator[Place]:
        at = bisect_left(self.indexes, node.index) + 1
        for other in self.nodes[at : at + _NEXT]:
            if other.main is not None:
                yield _place(other, other.main, "behind", 0)

    def run_of(self, node: Node) -> tuple[Node | None, Sequence[Node], int]:
        """What stands above a passage, the passages of its shape beside it, and its place among them."""
        if node.parent is not None:
            run, places = self._siblings(node.parent, node)
            return self.text.nodes[node.parent], run, places[node.index]
        at = bisect_left(self.indexes, node.index)
        first = last = at
        shape = _shape(node)
        if shape is None:
            return (self.nodes[at - 1] if at else None), [node], 0
        while first and at - first < _RUN and _shape(self.nodes[first - 1]) == shape:
            first -= 1
        while last + 1 < len(self.nodes) and last - at < _RUN and _shape(self.nodes[last + 1]) == shape:
            last += 1
        return (self.nodes[first - 1] if first else None), self.nodes[first : last + 1], at - first

    def _siblings(self, parent: int, node: Node) -> tuple[Sequence[Node], dict[int, int]]:
        key = parent, node.level, node.rank
        found = self.runs.get(key)
        if found is None:
            run = self.text.siblings(node)
            found = self.runs[key] = run, {other.index: at for at, other in enumerate(run)}
        return found

    def kin_of(self, node: Node, stated: Stated) -> list[tuple[Node, Stated]]:
        """The other percentages of a passage and of the lines beside it, the nearest first."""
        _, run, at = self.run_of(node)
        beside = [run[other] for away in range(1, _ASIDE + 1) for other in (at - away, at + away)
                  if 0 <= other < len(run)]  # fmt: skip
        kin = [
            (other, each)
            for other in (node, *beside)
            for each in stated_near(other, stated.mention.first if other is node else 0, _ASIDE)
            if each is not stated and each.mention.kind is MentionKind.PERCENT
        ]
        return kin[:_MOST_KIN]


def stated_near(node: Node, first: int, most: int) -> tuple[Stated, ...]:
    """The percentages of a passage nearest to a token, so many before and after."""
    stated = node.found.stated
    if len(stated) <= most:
        return stated
    at = bisect_left(stated, first, key=_place_of)
    return stated[max(0, at - most) : at + most]


def _place_of(stated: Stated) -> int:
    return stated.mention.first


def _shape(node: Node) -> object:
    """What lines of one list have in common; None for what is no line of a list."""
    text = node.passage.text
    if len(text) > _SHORT or not node.items or not node.found.stated:
        return None
    return node.level, node.rank, bool(node.passage.marker), len(node.found.stated)


def places_in(text: Text) -> Places:
    """Put the passages of a document in order."""
    nodes = list(text.nodes.values())
    return Places(text=text, nodes=nodes, indexes=[node.index for node in nodes])


def _place(node: Node, item: Item, where: str, steps: int) -> Place:
    m = item.mention
    return Place(item=item, mention=m, node=node, where=where, steps=steps, keys=frozenset((m.key,)))


def _is_year(mention: Mention) -> bool:
    """Whether a bare number is written as a year is."""
    is_bare = mention.kind is MentionKind.COUNT and not mention.unit_is_near and not mention.role
    return is_bare and len(mention.text) == _YEAR and mention.text[:2] in {"19", "20"}


def _is_overall(item: Item) -> bool:
    return "total" in item.mention.tags or "whole" in item.roles or item.closes


def _some(node: Node, where: str) -> Iterator[Place]:
    """The first figures of a passage and its last one."""
    items = node.items if len(node.items) <= _ABOVE else (*node.items[: _ABOVE - 1], node.items[-1])
    for steps, item in enumerate(items):
        yield _place(node, item, where if item is node.main else f"{where}+", min(steps, 2))
        if item.base is not None:
            yield _under(node, item, f"{where}+", steps)


def _under(node: Node, item: Item, where: str, steps: int) -> Place:
    base = item.base or item.mention
    return Place(
        item=evolve(item, mention=base, base=None),
        mention=base,
        node=node,
        where=where,
        steps=steps,
        keys=frozenset((base.key,)),
        under=True,
    )


def _own(node: Node, stated: Stated) -> Iterator[Place]:
    """The figures of the passage: those before, the nearest first, those that open it, those after."""
    m = stated.mention
    before, after = node.items_before(m.first), node.items_after(m.last)
    for steps, item in enumerate(reversed(before[-_BEFORE:])):
        gap = m.sentence - item.mention.sentence
        where = "own" if not gap else "last" if gap == 1 else "past"
        yield from _both(node, item, f"{where}<", steps)
    for steps, item in enumerate(after[:_AFTER]):
        where = "own" if item.mention.sentence == m.sentence else "later"
        yield from _both(node, item, f"{where}>", steps)
    for item in (*node.items[:_OPENING], *_opening(node, stated)):
        gap = m.sentence - item.mention.sentence
        yield from _both(node, item, "own<" if not gap else "past<", _BEFORE)
    yield from _added(node, before, m)


def _opening(node: Node, stated: Stated) -> tuple[Item, ...]:
    """The first figure of the sentence."""
    before = node.items_before(stated.mention.first)
    found = next((i for i in before if i.mention.sentence == stated.mention.sentence), None)
    return (found,) if found is not None else ()


def _both(node: Node, item: Item, where: str, steps: int) -> Iterator[Place]:
    reading, first = node.found.reading, item.mention.first
    # Of "1.902/1.902" the first figure may have been taken for a name.
    if reading is not None and first and reading.tokens[first - 1].key == "/" and not item.mention.role:
        yield _under(node, item, where, steps)
    else:
        yield _place(node, item, where, steps)
    if item.base is not None:
        yield _under(node, item, where, steps)


def _added(node: Node, before: Sequence[Item], stated: Mention) -> Iterator[Place]:
    """Two or three figures right before, together; all those of the sentence that have percentages."""
    near = [item for item in before[-_EACH:] if item.mention.depth <= stated.depth]
    for back in range(len(near) - 1):
        yield from _sum_of(node, near[-2 - back : len(near) - back], f"two{back}")
    yield from _sum_of(node, near[-3:], "three")
    yield from _sum_of(node, near if len(near) == _EACH else (), "four")
    near_ones = stated_near(node, stated.first, _MOST_ADDED)
    owners = sorted({each.owner for each in near_ones if each.owner is not None})
    listed = [node.items[at] for at in owners]
    listed = [item for item in listed if item.mention.sentence == stated.sentence]
    if len(listed) >= _LEAST:
        yield from _sum_of(node, listed, SHARED)


def _is_alike(items: Sequence[Item]) -> bool:
    one = items[0]
    return all(
        item.mention.kind is one.mention.kind and item.mention.scale == one.mention.scale for item in items
    ) and all(same_unit(one, item) for item in items[1:])


def _sum_of(node: Node, items: Sequence[Item], where: str) -> Iterator[Place]:
    if len(items) < _LEAST or not _is_alike(items):
        return
    made = joint(items)
    yield Place(
        item=evolve(
            made,
            base=None,
            lead=tuple([word for item in items for word in item.lead]),
            roles=frozenset([role for item in items for role in item.roles]),
        ),
        mention=made.mention,
        node=node,
        where=where,
        steps=0,
        keys=frozenset([item.mention.key for item in items]),
        addends=tuple([item.mention for item in items]),
    )

"""What the parts of a total may be, by structure alone: every list that stands where parts stand.

Nothing here looks at a value. What is yielded for a total is the same whatever its digits are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.list_part import in_units_of
from validator.claims.outline import NONE, Outline, outer_of
from validator.claims.part_run import EVERY, is_like, runs_of, ways_of
from validator.claims.structure import Node, Text, is_total, same_unit
from validator.model.record import evolve, record
from validator.text.item import COLON
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.outline import Lines
    from validator.text.item import Item

AFTER, BRACKET, BEFORE, AROUND, FRACTION = "after", "bracket", "before", "around", "fraction"
BELOW, BESIDE, ABOVE, SUBTOTALS, FAR = "below", "beside", "above", "subtotals", "far"
INSIDE = "inside"
PLACE = "place"
"""The figure of each line, or bracket, at the place that the total has in its own."""
_LEAST, _MOST, _WINDOW = 2, 16, 40
_BACK = 3
_STARTS, _FAR = 4, 14
_LINES = 3
_SKIPPED = frozenset({"change", "compared"})


@record
class PartList:
    """A total with figures that may be its parts; ``shape`` is where they stand, ``way`` which of them.

    ``skipped`` figures stand between the total and the list, ``next`` is the one that follows the list,
    ``prior`` the one before it, where they stand in the same passage.
    """

    total: Item
    node: Node
    parts: tuple[Item, ...]
    shape: str
    way: str
    skipped: int = 0
    prior: Item | None = None
    next: Item | None = None
    lines: Lines | None = None


def key_of(item: Item) -> MentionKey:
    """Which number of the document an item is."""
    return item.mention.key


class PartLists:
    """The lists of a document that may be the parts of a total."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.outline = Outline(text)
        self._outer: dict[int, list[Item]] = {}
        self._places: dict[int, dict[int, int]] = {}
        self._far: dict[MentionKey, list[PartList]] = {}
        self._find_far()

    def outer(self, node: Node) -> list[Item]:
        """The figures of a line outside brackets."""
        found = self._outer.get(node.index)
        if found is None:
            found = self._outer[node.index] = outer_of(node)
            self._places[node.index] = {item.order: at for at, item in enumerate(found)}
        return found

    def place(self, node: Node, item: Item) -> int | None:
        """Which of the figures of a line outside brackets an item is, if it is one."""
        self.outer(node)
        return self._places[node.index].get(item.order)

    def of(self, node: Node, total: Item) -> list[PartList]:
        """The lists for one total, each set of parts once."""
        found: dict[tuple[MentionKey, ...], PartList] = {}
        for each in self._all(node, total):
            parts = in_units_of(total, each.parts)
            if not _LEAST <= len(parts) <= _MOST or not all(_may_be(total, part) for part in parts):
                continue
            keys = tuple(sorted([key_of(part) for part in parts]))
            if keys not in found and key_of(total) not in keys and len(set(keys)) == len(keys):
                found[keys] = each if parts is each.parts else evolve(each, parts=tuple(parts))
        return list(found.values())

    def _all(self, node: Node, total: Item) -> Iterator[PartList]:
        lane = self._lane(node, total)
        at = next((at for at, item in enumerate(lane) if item is total), None)
        if at is None:
            return
        yield from self._brackets(node, total, lane, at)
        if total.base is None:
            yield from self._after(node, total, lane, at)
            yield from self._before(node, total, lane, at)
        else:
            yield from self._fraction(node, total, lane, at)
        yield from self._lines(node, total, lane, at)
        yield from self._far.get(key_of(total), ())

    def _lane(self, node: Node, total: Item) -> list[Item]:
        """The figures near a total that are in its bracket, or in none as it is."""
        outer, place = self.outer(node), self.place(node, total)
        if place is not None:
            return outer[max(0, place - _WINDOW) : place + _WINDOW]
        near = (*node.before(total), total, *node.after(total))
        return [item for item in near if item.mention.bracket == total.mention.bracket]

    # ── in one passage ───────────────────────────────────────────────────────────────────────────

    def _after(self, node: Node, total: Item, lane: Sequence[Item], at: int) -> Iterator[PartList]:
        rest = [item for item in lane[at + 1 :] if not item.roles & _SKIPPED]
        starts = [0]
        for place in range(1, len(rest)):
            one, other = rest[place - 1], rest[place]
            if other.mention.sentence - total.mention.sentence > _BACK or len(starts) >= _STARTS:
                break
            if other.announced or other.mention.sentence != one.mention.sentence or other.mark in {";", ":"}:
                starts.append(place)
        for start in starts if rest else ():
            prior = rest[start - 1] if start else None
            for way, run, after in runs_of(total, rest[start:]):
                yield PartList(
                    total=total,
                    node=node,
                    parts=run,
                    shape=AFTER,
                    way=way,
                    skipped=start,
                    prior=prior,
                    next=after,
                )
        if 0 < at < len(lane) - 1:
            pair = lane[at - 1], lane[at + 1]
            after_pair = lane[at + 2] if at + 2 < len(lane) else None
            yield PartList(total=total, node=node, parts=pair, shape=AROUND, way=EVERY, next=after_pair)

    def _brackets(self, node: Node, total: Item, lane: Sequence[Item], at: int) -> Iterator[PartList]:
        end = lane[at + 1].order if at + 1 < len(lane) else total.order + _WINDOW
        inner = [item for item in node.items[total.order + 1 : end] if not item.roles & _SKIPPED]
        groups: dict[int, list[Item]] = {}
        for item in inner:
            if item.mention.depth > total.mention.depth:
                groups.setdefault(item.mention.bracket, []).append(item)
        for skipped, group in enumerate(list(groups.values())[:_LEAST]):
            for way, run, after in runs_of(total, group):
                yield PartList(
                    total=total, node=node, parts=run, shape=BRACKET, way=way, skipped=skipped, next=after
                )
        # "a difference of T (in a, out b)": the holder with one of its bracket.
        if total.mention.depth and total.order:
            holder = node.items[total.order - 1]
            same = [item for item in lane if item is not total]
            if holder.mention.depth == total.mention.depth - 1 and len(same) == 1:
                yield PartList(total=total, node=node, parts=(holder, same[0]), shape=AROUND, way=PLACE)

    def _before(self, node: Node, total: Item, lane: Sequence[Item], at: int) -> Iterator[PartList]:
        before = [item for item in lane[max(0, at - _MOST) : at] if not item.roles & _SKIPPED]
        if total.mention.depth and not before:
            near = node.before(total)[-_WINDOW:]
            before = [item for item in near if self.place(node, item) is not None][-_MOST:]
        if len(before) < _LEAST:
            return
        size = len(before)
        starts = {size - 2, size - 3}
        for place in range(size - 1, -1, -1):
            item = before[place]
            if total.mention.sentence - item.mention.sentence > _BACK:
                break
            one = before[place - 1] if place else None
            first = one is None or one.mention.sentence != item.mention.sentence
            if first or item.announced or (one is not None and one.closes) or item.mark == ";":
                starts.add(place)
        for start in sorted((place for place in starts if place >= 0), reverse=True)[: _STARTS + 2]:
            run = before[start:]
            prior = before[start - 1] if start else None
            for way, parts in ways_of(total, run):
                yield PartList(
                    total=total,
                    node=node,
                    parts=parts,
                    shape=BEFORE,
                    way=way,
                    prior=prior,
                    next=lane[at + 1] if at + 1 < len(lane) else None,
                )

    def _fraction(self, node: Node, total: Item, lane: Sequence[Item], at: int) -> Iterator[PartList]:
        """``a/T done, b left``; here the item is the part, and the total what it is a fraction of."""
        base = total.base
        if base is None:
            return
        whole = evolve(total, mention=base, base=None)
        rest = [item for item in lane[at + 1 :] if not item.roles & _SKIPPED]
        for size in (1, 2):
            if len(rest) >= size:
                after = rest[size] if len(rest) > size else None
                parts = (total, *rest[:size])
                yield PartList(total=whole, node=node, parts=parts, shape=FRACTION, way=EVERY, next=after)

    # ── lines ────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, node: Node, total: Item, lane: Sequence[Item], at: int) -> Iterator[PartList]:
        below = self.outline.below(node)
        first = (self.place(node, total) or 0) < _LINES
        if below is not None and (first or at > len(lane) - _LINES):
            yield from self._of_lines(node, total, lane, at, below, BELOW)
        if first:
            yield from self._inside(node, total, at, below)
        closes = total.closes or "closing" in total.roles or "whole" in total.roles | total.scope
        if (node.is_item or closes) and first:
            beside = self.outline.beside(node) if below is None else None
            if beside is not None:
                yield from self._of_lines(node, total, lane, at, beside, BESIDE)
        for above in self.outline.above(node) if first else ():
            if node.is_item or closes or above.style != NONE:
                yield from self._of_lines(node, total, lane, at, above, ABOVE)
        if total.closes and first:
            yield from self._subtotals(node, total, at)

    def _subtotals(self, node: Node, total: Item, at: int) -> Iterator[PartList]:
        """The lines before a line that adds up which add up what stands before them."""
        found: list[Item] = []
        for other in self.outline.before(node):
            outer = self.outer(other)
            if outer and outer[0].closes and outer[0].mention.depth == 0:
                found.append(outer[min(at, len(outer) - 1)])
        if len(found) >= _LEAST:
            yield PartList(
                total=total, node=node, parts=tuple(found[::-1]), shape=SUBTOTALS, way=EVERY, skipped=at
            )

    def _inside(self, node: Node, total: Item, at: int, below: Lines | None) -> Iterator[PartList]:
        """The figures of one line after a total: each line below may divide it anew."""
        lines = below.nodes[:_STARTS] if below is not None else self.outline.next(node)
        for line in lines:
            outer = self.outer(line)
            if len(outer) < _LEAST:
                continue
            for way, run, after in runs_of(
                total, [item for item in outer[:_WINDOW] if not item.roles & _SKIPPED]
            ):
                yield PartList(
                    total=total,
                    node=node,
                    parts=run,
                    shape=INSIDE,
                    way=way,
                    skipped=len(self.outer(node)) - 1 - at,
                    next=after,
                )

    def _of_lines(
        self, node: Node, total: Item, lane: Sequence[Item], at: int, lines: Lines, shape: str
    ) -> Iterator[PartList]:
        rows = [self._figures(each) for each in lines.nodes]
        if len(rows) < _LEAST:
            return

        def made(way: str, pick: Callable[[Sequence[Item]], Item | None]) -> Iterator[PartList]:
            parts: list[Item] = []
            for row in rows:
                part = pick(row)
                if part is not None:
                    parts.append(part)
            holes = lines.holes + len(rows) - len(parts)
            kept = evolve(lines, holes=holes)
            if len(parts) >= _LEAST:
                yield PartList(
                    total=total, node=node, parts=tuple(parts), shape=shape, way=way, skipped=at, lines=kept
                )
            if len(parts) > _LEAST and parts[-1].closes and not holes and shape != SUBTOTALS:
                yield PartList(
                    total=total,
                    node=node,
                    parts=tuple(parts[:-1]),
                    shape=shape,
                    way=way,
                    skipped=at,
                    next=parts[-1],
                    lines=kept,
                )

        yield from made(EVERY, _first)
        yield from made("like", lambda row: next((item for item in row if is_like(total, item)), None))
        if 1 < len(lane) < _WINDOW and all(len(row) == len(lane) for row in rows):
            yield from made(PLACE, lambda row: row[at])

    def _figures(self, node: Node) -> list[Item]:
        return self.outer(node) or list(node.items[:1])

    # ── elsewhere ────────────────────────────────────────────────────────────────────────────────

    def _find_far(self) -> None:
        """Lists whose label names what is counted, and the figures before that count it."""
        nodes = self.outline.nodes
        fold = self.text.prose.lexicon.fold
        recent: list[tuple[int, Node, Item, tuple[str, ...]]] = []
        for at, node in enumerate(nodes):
            for run, label, lines in self._headless(node):
                words = frozenset(label)
                units = {part.mention.unit if part.mention.unit_is_near else "" for part in run}
                for place, other, item, unit in [each for each in recent if at - each[0] <= _FAR][::-1]:
                    if (words.issuperset(unit) or units == {item.mention.unit}) and other is not node:
                        found = self._far.setdefault(key_of(item), [])
                        found.append(
                            PartList(
                                total=item,
                                node=other,
                                parts=run,
                                shape=FAR,
                                way=EVERY,
                                skipped=min(_LINES, at - place),
                                lines=lines,
                            )
                        )
                        break
            for item in self.outer(node):
                m = item.mention
                if m.unit_is_near and is_total(item) and not item.announced:
                    recent.append((at, node, item, tuple(map(fold, m.unit.split()))))
            del recent[:-_MOST]

    def _headless(self, node: Node) -> Iterator[tuple[tuple[Item, ...], tuple[str, ...], Lines | None]]:
        """The lists of a line that no figure stands before, with the words of their label."""
        outer = self.outer(node)
        if not outer:
            below = self.outline.below(node)
            if below is not None and len(below.nodes) >= _LEAST and below.announcer is None:
                words = [word.strip(":,.()").casefold() for word in node.passage.text.split()]
                keys = [self.text.prose.lexicon.fold(word) for word in words if word]
                firsts = [self._figures(each)[0] for each in below.nodes]
                yield tuple(firsts), tuple(keys), below
            return
        first = outer[0]
        if len(outer) >= _LEAST and first.announced == COLON and node.found.reading is not None:
            label = tuple([token.key for token in node.found.reading.tokens[: first.mention.first]])
            run = [item for item in outer if item.mention.sentence == first.mention.sentence]
            yield tuple(run), label, None


def may_total(item: Item) -> bool:
    """Whether a figure may be a total at all: a count or an amount."""
    m = item.mention
    return m.is_quantity and not m.odd and "change" not in item.roles


def _first(row: Sequence[Item]) -> Item | None:
    return row[0]


def _may_be(total: Item, part: Item) -> bool:
    """Whether a figure may be counted with others into a total: not money among things."""
    a, b = total.mention, part.mention
    if b.odd or not b.is_quantity or (a.kind is MentionKind.MONEY) != (b.kind is MentionKind.MONEY):
        return False
    return same_unit(total, part) or not a.unit_is_near

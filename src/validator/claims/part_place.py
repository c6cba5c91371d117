"""Where figures that may be parts stand: their marks, what comes before and after them, their lines."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.part_list import (
    AFTER,
    AROUND,
    BEFORE,
    BELOW,
    BESIDE,
    BRACKET,
    FAR,
    FRACTION,
    INSIDE,
    key_of,
)
from validator.text.item import COLON
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims.outline import Lines
    from validator.claims.part_list import PartList, PartLists
    from validator.claims.structure import Text
    from validator.text.item import Item
    from validator.text.mention import Reading

_FEW, _TAIL, _LONG, _NEAR = 3, 5, 240, 12
_BASES = frozenset({"at:base", "at:explicit_base", "at:of_whole"})
_ANNOUNCED = {"": "not", COLON: "colon"}
_MARKS = {"": "no", ",": "comma", ";": "semi", ".": "stop", ":": "colon"}
_LABELS = ("division", "outcome", "of_which")
_ENDS = frozenset({",", ";", ")"})


def _true(facts: Mapping[str, object]) -> list[str]:
    return [name for name, holds in facts.items() if holds]


def of_marks(lists: PartLists, each: PartList) -> Iterator[str]:
    """The marks of a list in running text, and how it begins and ends."""
    total, parts, first = each.total, each.parts, each.parts[0]
    forward = total.mention.first < first.mention.first and total.mention.passage == first.mention.passage
    if forward or each.shape in {FAR, INSIDE}:
        yield f"announced_{_ANNOUNCED.get(first.announced, first.announced)}"
    if forward and each.shape in {AFTER, FRACTION}:
        yield f"away_{min(_FEW, first.mention.sentence - total.mention.sentence)}"
        if not each.skipped:
            yield f"first_mark_{_mark(first)}"
    marks = {_mark(part) for part in parts[1:]}
    yield f"marks_{next(iter(marks))}" if len(marks) == 1 else "marks_mixed"
    sentences = len({part.mention.sentence for part in parts})
    brackets = {part.mention.bracket for part in parts[1:]}
    yield from _true(
        {
            "last_joined": parts[-1].mark == "and",
            "announced_inside": any(part.announced for part in parts[1:]),
            "sentence_each": sentences == len(parts),
            "sentences_some": 1 < sentences < len(parts),
            "bracket_each": first.mention.depth and first.mention.bracket not in brackets,
        }
    )
    if each.shape in {BEFORE, AROUND, FAR}:
        yield from _beginning(each, first)
    if each.shape not in {BEFORE, AROUND}:
        yield from _ending(_next_of(each, lists, parts[-1]), parts[-1])
    reading = lists.text.prose.readings.get(first.mention.passage)
    if reading is not None and forward:
        yield from _between(lists.text, reading, total, first)
    if each.shape not in {FAR, INSIDE}:
        yield from _unheld(each)


def _mark(part: Item) -> str:
    return _MARKS.get(part.mark, part.mark)


def _between(text: Text, reading: Reading, total: Item, first: Item) -> Iterator[str]:
    """The words between a total and its first part: a colon, "by field"."""
    gap = reading.tokens[total.mention.last : first.mention.first]
    if any(token.kind is TokenKind.MARK and token.key == ":" for token in gap):
        yield "colon_between"
    words = [token.key for token in gap]
    at = max((place for place, word in enumerate(words) if word in {".", ";", ","}), default=-1)
    yield from (name for name in _LABELS if text.book.starts(name, words[at + 1 :]))


def _next_of(each: PartList, lists: PartLists, last: Item) -> Item | None:
    """The figure after the last part, at its depth, in its passage."""
    node = lists.text.nodes[last.mention.passage]
    outer, place = lists.outer(node), lists.place(node, last)
    if each.shape == BRACKET or place is None:
        bracket = last.mention.bracket
        return next((item for item in node.after(last) if item.mention.bracket == bracket), None)
    return outer[place + 1] if place + 1 < len(outer) else None


def _ending(after: Item | None, last: Item) -> Iterator[str]:
    """What comes after the last part."""
    if after is None:
        yield "ends_all"
        return
    kind = "like" if are_alike(last, after) else "unlike"
    is_same = after.mention.sentence == last.mention.sentence
    yield f"ends_{_mark(after) if is_same else 'sentence'}_{kind}"
    yield from _true(
        {
            "ends_at_base": "compared" in after.roles or after.mention.tags & _BASES,
            "ends_at_change": "change" in after.roles,
            "ends_announced": after.announced,
            "ends_closed": after.closes,
        }
    )


def _beginning(each: PartList, first: Item) -> Iterator[str]:
    """What stands before the first part."""
    prior = each.prior
    if prior is None:
        yield "begins_all"
    else:
        kind = "like" if are_alike(prior, first) else "unlike"
        is_same = prior.mention.sentence == first.mention.sentence
        yield f"begins_{_mark(first) if is_same else 'sentence'}_{kind}"
        if prior.closes:
            yield "begins_closed"
    if first.announced:
        yield f"begins_announced_{_ANNOUNCED.get(first.announced, first.announced)}"
    gap = each.total.mention.sentence - each.parts[-1].mention.sentence
    if each.total.mention.passage == first.mention.passage:
        yield f"back_{min(_FEW, max(0, gap))}"


def are_alike(one: Item, other: Item) -> bool:
    """Whether two figures are counted in the same unit, or none has one."""
    a, b = one.mention, other.mention
    same = a.kind is b.kind and a.unit_is_near == b.unit_is_near
    return same and (not a.unit_is_near or a.unit == b.unit)


def _unheld(each: PartList) -> list[str]:
    """Figures among the parts that are not of them: counted alike or not."""
    held = {key_of(part) for part in (each.total, *each.parts)}
    depth = each.parts[0].mention.depth
    orders = [part.order for part in each.parts]
    inside = [item for item in each.node.items[min(orders) : max(orders) + 1] if key_of(item) not in held]
    outer = [item for item in inside if item.mention.depth == depth]
    alike = any(are_alike(each.parts[0], item) for item in outer)
    return _true(
        {
            "unheld_alike": alike,
            "unheld_unlike": outer and not alike,
            "brackets_inside": any(item.mention.depth > depth for item in inside),
        }
    )


def of_way_to(text: Text, each: PartList) -> Iterator[str]:
    """What stands between a total and the first of its parts."""
    total, node, m, n = each.total, each.node, each.total.mention, each.parts[0].mention
    here = n.passage == m.passage
    last = each.parts[0].order if here else len(node.items)
    skipped = [
        item
        for item in node.after(total)[: max(0, last - total.order - 1)]
        if item.mention.depth <= m.depth and item.mention.first != m.first
    ]
    yield from _true(
        {
            "nearer_alike": any(are_alike(total, item) for item in skipped),
            "nearer_announced": any(item.announced not in {"", COLON} for item in skipped),
            "nearer_total": any("total" in item.mention.tags for item in skipped),
        }
    )
    reading = text.prose.readings.get(n.passage)
    if reading is None:
        return
    if _holds_name(reading, each, m.last if here else 0):
        yield "name_inside"
    start = bisect_left(reading.sentences, n.sentence, 0, n.first)
    if here and n.sentence == m.sentence:
        start = m.last
    within = next((cue for cue in reading.cues_between(start, n.first) if "within" in cue.tags), None)
    if within is not None:
        words = [token.key for token in reading.tokens[within.last : n.first]]
        named = text.book.named(words) & text.book.telling
        yield "within_total" if named & total.roles else "within_other" if named else "within_unnamed"


def _holds_name(reading: Reading, each: PartList, begin: int) -> bool:
    """Whether a number among the parts, taken for a name, may be one more of them."""
    n = each.parts[0].mention
    names = reading.mentions_between(begin, each.parts[-1].mention.last + _NEAR)
    return any(
        name.kind is MentionKind.NAME
        and (name.sentence, name.depth) == (n.sentence, n.depth)
        and name.last < len(reading.tokens)
        and reading.tokens[name.last].key in _ENDS
        for name in names
    )


def of_lines(each: PartList, lines: Lines, lists: PartLists) -> Iterator[str]:
    """The lines that parts begin: their marks, their labels, how the line of the total announces them."""
    style = lines.style.split()[0]
    own = lists.outline.style(each.node).split()[0]
    yield f"style_{style}"
    if each.shape != FAR:
        yield f"style_own_{'none' if own == 'none' else 'same' if own == style else 'other'}"
    yield f"holes_{min(_FEW, lines.holes)}"
    parts = each.parts
    nodes = [lists.text.nodes[part.mention.passage] for part in parts]
    lengths = {len(lists.outer(node)) for node in nodes}
    colons = sum(part.announced == COLON for part in parts)
    yield from _true(
        {
            "line_between": lines.announcer is not None,
            "lead_lines": all(part.order == 0 for part in parts),
            "colon_each": colons == len(parts),
            "colon_some": 0 < colons < len(parts),
            "one_each": lengths == {1},
            "same_each": len(lengths) == 1 and lengths != {1},
            "nested": any(node.children for node in nodes),
            "closes_inside": any(part.closes for part in parts),
            "last_closes": each.next is not None,
            "long_lines": any(len(node.passage.text) > _LONG for node in nodes),
            "fractions": all(part.base is not None for part in parts),
        }
    )
    if each.shape in {BELOW, BESIDE, FAR}:
        yield from _announcing(each)


def _announcing(each: PartList) -> Iterator[str]:
    """How the line of a total ends."""
    reading = each.node.found.reading
    if each.node.passage.text.rstrip().endswith(":"):
        yield "ends_colon"
    if reading is None:
        return
    tags = {tag for cue in reading.cues if cue.last >= len(reading.tokens) - 1 for tag in cue.tags}
    if "parts_all" in tags:
        yield "ends_announcing_all"
    elif "parts_some" in tags:
        yield "ends_announcing"
    tail = len(reading.tokens) - each.total.mention.last
    yield "tail_short" if tail <= _TAIL else "tail_long"

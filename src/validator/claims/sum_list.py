"""Totals and the lists of their parts, by how the words announce them: never by whether they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.list_part import holds_others, in_units_of, is_general, names_kinds, own_parts
from validator.claims.open_list import may_be_open
from validator.claims.opposite import denied_words
from validator.claims.partition import Parts, is_uneven, look_at
from validator.claims.structure import Node, Text, is_countable, is_kind_of, is_total, same_unit
from validator.claims.sum_run import run_of
from validator.model.record import evolve, record
from validator.text.item import ALL, COLON, SOME, Item
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


BRACKET, BULLETS, CLOSED, WITHIN = "bracket", "bullets", "closed", "within"
_COMPLETE = frozenset({ALL, COLON, BRACKET, BULLETS, CLOSED})
_LEAST = 2
_MOST_PARTS = 60
_MOST_BACK = 3
_NEAR = 12
_ENDS = frozenset({",", ";", ")"})


@record
class Listed:
    """A total with the parts that the words give it; ``sure`` if they are meant to be all of it.

    ``open``: one more part that nobody named may be missing. ``disjoint``: nothing says that the
    parts may overlap, so that more than the total is a fault.
    """

    total: Item
    parts: tuple[Item, ...]
    sure: bool
    disjoint: bool
    announced: str
    open: bool = False


def find_lists(text: Text) -> Iterator[Listed]:
    """Yield every total with its announced list."""
    for node in text.nodes.values():
        if node.items:
            yield from _brackets(text, node)
            yield from _announced(text, node)
            yield from _bracketed(text, node)
            yield from _within(text, node)
            yield from _closed(text, node)


def listed(text: Text, total: Item, parts: Sequence[Item], announced: str) -> Listed | None:
    """Look at a total and its parts; None where the words rule a sum out."""
    parts = own_parts(text, total, in_units_of(total, parts[:_MOST_PARTS]))
    opposite = len(parts) == _LEAST and bool(denied_words(text, *parts))
    if len(parts) < _LEAST or not is_total(total) or not all(is_countable(part) for part in parts):
        return None
    if any(not same_unit(total, part) for part in parts):
        return None
    if any("overlap" in part.passing for part in parts) or "minus" in total.roles:
        return None
    general = is_general(text, total, parts)
    if not all(is_kind_of(part, total, general) for part in parts):
        return None
    if total.trail and all(holds_others(part, total.trail[0]) for part in parts):
        return None  # "3 groups: group one has 5 …": the parts are counted, not what they hold.
    end = next(
        (
            at
            for at, part in enumerate(() if opposite else parts)
            if _is_another(text, part.roles, total.roles) or _is_said_again(total, parts[0], part)
        ),
        len(parts),
    )
    if end < _LEAST:
        return None
    is_cut = end < len(parts)
    parts = parts[:end]
    seen = Parts(whole=True, clash=False) if opposite else _seen(text, total, parts, announced)
    if seen.clash:
        return None
    kinds = names_kinds(parts, text.book) and not is_uneven([part.roles for part in parts], text.book)
    sure = (seen.whole or (announced in _COMPLETE and kinds and not is_cut)) and not _holds_name(text, parts)
    return Listed(
        total=total,
        parts=parts,
        sure=sure,
        disjoint=(kinds or seen.whole) and not _holds_name(text, parts),
        announced=announced,
        open=may_be_open(text, total, parts) or _is_short(parts, announced, seen),
    )


def _seen(text: Text, total: Item, parts: Sequence[Item], announced: str) -> Parts:
    """What the words of parts say of their being all there is."""
    scanned = text.prose.degraded and announced == BULLETS
    # What is abolished is taken off what there is, and one of the things done in a list of them.
    taken_off = {"minus"} if announced in {COLON, BULLETS} else set()
    return look_at([part.roles - taken_off for part in parts], total.roles, text.book, scanned=scanned)


def _holds_name(text: Text, parts: Sequence[Item]) -> bool:
    """Whether a number among the parts of a sentence, taken for a name, may be one more of them."""
    first, last = parts[0].mention, parts[-1].mention
    reading = text.prose.readings.get(first.passage)
    if reading is None or first.passage != last.passage:
        return False
    start = next((m.last for m in reversed(reading.mentions_between(0, first.first))), 0)
    near = reading.mentions_between(start, last.last + _NEAR)
    names = [m for m in near if m.kind is MentionKind.NAME and m.sentence == first.sentence]
    ends = (reading.tokens[m.last].key if m.last < len(reading.tokens) else ")" for m in names)
    return any(end in _ENDS and m.bracket == first.bracket for m, end in zip(names, ends, strict=True))


def _is_short(parts: Sequence[Item], announced: str, seen: Parts) -> bool:
    """Whether nothing says that all parts are named: two items may be but the chief ones."""
    # "318 rooms (17 built, 42 mended)": two labels in a bracket may say what was done with some.
    labelled = announced == BRACKET and all(p.lead and not p.mention.unit_is_near for p in parts)
    if (announced in {COLON, BULLETS} or labelled) and len(parts) == _LEAST:
        return seen.open or not seen.whole
    return seen.open and announced not in _COMPLETE


def _is_another(text: Text, part: frozenset[str], total: frozenset[str]) -> bool:
    """Whether a part has a role that its total's excludes: what is pending is no part of what is done."""
    for dimension in text.book.dimensions if part and total else ():
        mine, its = part & dimension.roles, total & dimension.roles
        if dimension.name != "level" and mine and its and not mine & its:
            others = [each for each in text.book.dimensions if each is not dimension]
            made = any(total & other.of and part & other.roles for other in others)
            if not made or dimension.name == "stage":
                return True
    return False


def _is_said_again(total: Item, first: Item, part: Item) -> bool:
    """Whether the label of a total stands again in its list: the next sentence, without a full stop."""
    size = len(total.lead)
    return bool(size) and part.lead[-size:] == total.lead and first.lead[-size:] != total.lead


def _brackets(text: Text, node: Node) -> Iterator[Listed]:
    """``T (a …, b …)``."""
    groups: dict[int, list[Item]] = {}
    for item in node.items:
        if item.mention.depth:
            groups.setdefault(item.mention.bracket, []).append(item)
    for group in groups.values():
        first = group[0]
        holder = _holder(node, first)
        if holder is None or not _touches(node, holder, first):
            continue
        if any(item.announced for item in group[1:2]):
            continue  # "14 rules (in 4 drafts: 1 of one kind, 3 of another)": the list is that of the 4.
        parts = run_of(group, text.book)
        kind = first.announced if first.announced in {ALL, SOME} else BRACKET
        found = listed(text, _main_of(text, node, holder, parts), parts, kind)
        if found is not None:
            yield found


def _touches(node: Node, holder: Item, first: Item) -> bool:
    """Whether a bracket comes right after a figure and its words: no other bracket, no list between."""
    reading = node.found.reading
    if reading is None:
        return False
    between = reading.tokens[holder.mention.last : first.mention.first]
    opened = [at for at, token in enumerate(between) if token.key in {"(", "["}]
    if len(opened) != 1:
        return False
    cues = reading.cues_between(holder.mention.last, holder.mention.last + opened[0])
    return not any(cue.tags & {"parts_all", "parts_some"} for cue in cues)


def _holder(node: Node, first: Item) -> Item | None:
    """The item that a bracket belongs to: the last one before it, one level further out."""
    for item in reversed(node.before(first)):
        if item.mention.depth == first.mention.depth - 1:
            return item if item.mention.sentence == first.mention.sentence else None
    return None


def _main_of(text: Text, node: Node, holder: Item, parts: Sequence[Item]) -> Item:
    """``36 procedures of 5 offices (…)``: the list is that of the first number."""
    before = [o for o in node.before(holder) if o.mention.bracket == holder.mention.bracket]
    if not before or before[-1].mention.sentence != holder.mention.sentence or holder.mark not in {"", "and"}:
        return holder
    return (
        before[-1] if holder.mention.amount == len(parts) or text.book.starts("of", holder.lead) else holder
    )


def _announced(text: Text, node: Node) -> Iterator[Listed]:
    """``T, made up of a …, b …`` and ``T: a …, b …``, also where the list begins a sentence."""
    for item in node.items:
        if not item.announced or item.order == 0:
            continue
        before = [other for other in node.before(item) if other.mention.bracket == item.mention.bracket]
        if not before:
            continue
        total = next((other for other in reversed(before) if _may_total(other, item)), before[-1])
        in_doubt = False
        if item.mark == ";" and item.announced == SOME:
            here = [o for o in before if o.mention.sentence == item.mention.sentence]
            earlier = [o.order for o in here[1:] if o.announced in {ALL, SOME}]
            total = node.items[earlier[-1] - 1] if earlier else total
        if total.mention.sentence != item.mention.sentence:
            if item.announced == COLON or item.mention.sentence - total.mention.sentence > 1:
                continue
            firsts = [each for each in before if each.mention.sentence == total.mention.sentence]
            firsts = [each for each in firsts if _may_head(each, item)] or firsts
            is_list = len(firsts) > 1 and bool(firsts[1].announced)
            in_doubt = len(firsts) > 1 and not is_list
            total = firsts[0] if not in_doubt else total
        same = [other for other in (item, *node.after(item)) if other.mention.bracket == item.mention.bracket]
        run = run_of(same, text.book)
        found = listed(text, total, run, item.announced)
        in_doubt = in_doubt or _is_of_both(node, total, item)
        if found is not None and (in_doubt or _is_remarked(node, run[-1])):
            found = evolve(found, sure=False, disjoint=False)
        if found is not None:
            yield found
            yield from _parallel(text, node, found)


def _is_of_both(node: Node, total: Item, first: Item) -> bool:
    """Whether a list may be of two figures together: ``a old cases, b new ones, of which c …``."""
    before = node.items[total.order - 1] if total.order else None
    if before is None or first.announced != SOME or total.mark not in {",", ";", "and"}:
        return False
    a, b = before.mention, total.mention
    if a.sentence != b.sentence or a.bracket != b.bracket or total.announced or not is_countable(before):
        return False
    counted = a.unit_is_near and b.unit_is_near and same_unit(before, total)
    return counted and total.roles & _STAGES <= before.roles


_STAGES = frozenset(
    {
        "received",
        "gross",
        "new",
        "carried",
        "resolved",
        "pending",
        "due",
        "sent",
        "collected",
        "assigned",
        "present",
    }
)
"""What became of things: of two figures with other roles of these only the second is taken apart."""


def _is_remarked(node: Node, last: Item) -> bool:
    """Whether a remark on parts follows a list in its sentence: "of which 1 was counted twice"."""
    after = next(iter(node.after(last)), None)
    return after is not None and after.announced == SOME and after.mention.sentence == last.mention.sentence


def _parallel(text: Text, node: Node, main: Listed) -> Iterator[Listed]:
    """``T teams with U people: a teams (x people), b teams (y people)``: the brackets make up U."""
    inner = [node.items[part.order + 1] for part in main.parts if part.order + 1 < len(node.items)]
    if len(inner) != len(main.parts) or any(
        item.mention.depth != main.total.mention.depth + 1 for item in inner
    ):
        return
    if len({item.mention.bracket for item in inner}) != len(inner):
        return
    unit = inner[0].mention.unit
    for other in reversed(node.before(main.parts[0])):
        if other is not main.total and other.mention.unit == unit and unit and other.mention.unit_is_near:
            found = listed(text, other, inner, ALL)
            if found is not None:
                yield found
            return  # what stands further back is of another list


def _may_head(total: Item, part: Item) -> bool:
    """Whether a figure of the sentence before may be what a list divides: no change, no fine beside cases."""
    if total.mention.kind is not part.mention.kind or not is_total(total):
        return False
    return not part.mention.unit_is_near or total.mention.group == part.mention.group


def _may_total(total: Item, part: Item) -> bool:
    """Whether a figure may be the total of a list that begins with *part*."""
    if "change" in total.roles or not same_unit(total, part):
        return False
    return total.mention.kind is part.mention.kind


def _bracketed(text: Text, node: Node) -> Iterator[Listed]:
    """``T, made up of land (a), permits (b)``: each part alone in brackets after its label."""
    reading = node.found.reading
    if reading is None or not any(item.mention.depth for item in node.items):
        return
    for total in node.items:
        run: list[Item] = []
        for item in node.after(total):
            alone = node.alone(item)
            if item.mention.sentence != total.mention.sentence or not alone:
                break
            if item.mention.depth != total.mention.depth + 1:
                break
            run.append(item)
        if len(run) < _LEAST:
            continue
        cues = reading.cues_between(total.mention.last, run[0].mention.first)
        kind = (
            ALL
            if any("parts_all" in c.tags for c in cues)
            else SOME
            if any("parts_some" in c.tags for c in cues)
            else ""
        )
        if not kind and any(t.key == ":" for t in reading.tokens[total.mention.last : run[0].mention.first]):
            kind = COLON
        if kind:
            found = listed(text, total, run, kind)
            if found is not None:
                yield found


def _within(text: Text, node: Node) -> Iterator[Listed]:
    """``Of T … a …, b …``."""
    for item in node.items:
        if not item.lead or not _is_within(node, item):
            continue
        rest = [other for other in node.after(item) if other.mention.bracket == item.mention.bracket]
        if rest and not rest[0].announced:
            found = listed(text, item, run_of(rest, text.book), WITHIN)
            if found is not None:
                yield found


def _is_within(node: Node, item: Item) -> bool:
    reading = node.found.reading
    if reading is None:
        return False
    near = reading.cues_between(max(0, item.mention.first - 4), item.mention.first)
    return any("within" in cue.tags and cue.last == item.mention.first for cue in near)


def _closed(text: Text, node: Node) -> Iterator[Listed]:
    """``a …, b …; T in all``: the parts are what stands before it."""
    for item in node.items:
        if not (item.closes or "closing" in item.roles) or item.announced in {ALL, SOME}:
            continue
        if _opens(node, item):
            continue
        level = item.mention.depth
        before = [other for other in node.before(item) if other.mention.depth <= level]
        here = [other for other in before if other.mention.sentence == item.mention.sentence]
        if len(here) < _LEAST:
            near = item.mention.sentence - _MOST_BACK
            here = [other for other in before if other.mention.sentence >= near and not other.closes]
            if len({other.mention.sentence for other in here}) not in {1, len(here)}:
                continue
        run: list[Item] = []
        for other in reversed(here):
            if other.closes or not same_unit(item, other) or other.base is not None:
                break
            run.append(other)
            if other.announced in {ALL, SOME, COLON} and node.before(other):
                break
        if run and run[-1].announced in {ALL, SOME, COLON} and node.before(run[-1]):
            continue  # these are the parts of the total that announced them
        found = listed(text, item, run[::-1], CLOSED)
        if found is not None:
            yield found


def _opens(node: Node, item: Item) -> bool:
    """Whether a figure has a list of its own behind it: it then closes none."""
    after = next(iter(node.after(item)), None)
    return after is not None and (
        after.announced in {ALL, SOME, COLON} or after.mention.depth > item.mention.depth
    )

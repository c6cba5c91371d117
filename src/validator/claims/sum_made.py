"""All there was to do: what makes it up before it, and what became of it in later lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.structure import is_countable, is_total, same_unit
from validator.claims.sum_family import FAMILY, families_of
from validator.claims.sum_list import Listed
from validator.model.record import evolve
from validator.text.item import COLON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.role import Role

_LEVELS = frozenset({"province", "district", "commune"})
_ORIGIN = frozenset({"new", "carried", "received"})
_ENDS = frozenset({"gross", "received"})
_NEUTRAL = frozenset({"whole", "closing", "rest", "received", "gross"})
_DONE = frozenset({"resolved", "pending"})
_PAIR, _FARTHEST = 2, 4
_LINES = 10


def find_made(text: Text) -> Iterator[Listed]:
    """Yield what was carried over and what is new with all there was, and that with what became of it."""
    made: dict[tuple[int, int], Item] = {}
    runs = [[item for item in node.items if not item.mention.depth] for node in text.nodes.values()]
    for _, children in text.lists():
        heads = [child.leading for child in children]
        runs.append([head for head in heads if head is not None])
        runs.append([item for child in children for item in child.items if not item.mention.depth])
    for run in runs:
        for listed in _pairs(text, run):
            made[listed.total.mention.key] = listed.total
            yield listed
    yield from _later(text, made)


def _pairs(text: Text, items: Sequence[Item]) -> Iterator[Listed]:
    """``a carried over, b new, in all T to handle``: both right before, or apart by what was done."""
    for position, total in enumerate(items):
        before = items[max(0, position - _FARTHEST) : position]
        if not before or not is_total(total) or not total.roles - {"compared"} <= _NEUTRAL:
            continue
        if "gross" in total.roles:
            pair = _last_pair(before)
        else:
            pair = before[-_PAIR:] if len(before) >= _PAIR and _is_joined(text, before, total) else ()
        if len(pair) == _PAIR and _are_alike(total, pair) and _is_origin(pair):
            yield Listed(
                total=evolve(total, roles=total.roles | {"gross"}),
                parts=tuple(pair),
                sure=True,
                disjoint=True,
                announced=FAMILY,
            )


def _last_pair(before: Sequence[Item]) -> Sequence[Item]:
    """The last two neighbours that came in, what was done with some of it apart."""
    while before and before[-1].roles & {"resolved", "pending"} and not _origin(before[-1]):
        before = before[:-1]
    return before[-_PAIR:]


def _origin(item: Item) -> frozenset[Role]:
    """Whether an item is new or carried over, by its own words or by the label before its colon."""
    own = item.roles & _ORIGIN
    return own or (item.scope & _ORIGIN if item.announced == COLON else frozenset())


def _is_origin(pair: Sequence[Item]) -> bool:
    """Whether one is new and the other carried over, or one of them is and the other says nothing else."""
    one, other = (_origin(item) for item in pair)
    if not one and not other:
        return False
    if one and other:
        return ("carried" in one) != ("carried" in other)
    bare = next(item for item in pair if not _origin(item))
    return not bare.roles and bare.mention.sentence == pair[0].mention.sentence == pair[1].mention.sentence


def _is_joined(text: Text, before: Sequence[Item], total: Item) -> bool:
    """``a together with b is T``."""
    joined = text.book.find(before[-1].lead[:_PAIR])
    together = bool(joined) and joined[0][0] == 0 and "join" in joined[0][2]
    m = total.mention
    return together and "at:link" in m.tags and not total.mark and m.sentence == before[-1].mention.sentence


def _are_alike(total: Item, pair: Sequence[Item]) -> bool:
    sentence = total.mention.sentence - pair[0].mention.sentence
    near = total.mention.passage != pair[0].mention.passage or sentence <= 1
    own = all(is_countable(part) and same_unit(total, part) and part.base is None for part in pair)
    return near and own and not any("gross" in part.roles for part in pair)


def _later(text: Text, made: dict[tuple[int, int], Item]) -> Iterator[Listed]:
    """All there was to do in one line, what was done and what is left in the lines after it."""
    nodes = list(text.nodes.values())
    for at, node in enumerate(nodes):
        for item in node.items:
            total = made.get(item.mention.key) or _all_to_do(text, node, item)
            if total is None:
                continue
            for listed in families_of(text, [total, *_heads(text, total, nodes[at + 1 : at + 1 + _LINES])]):
                # Farther on, other families may be of what is new, or of what was done.
                is_stage = any("resolved" in part.roles for part in listed.parts)
                if listed.total.mention == total.mention and is_stage:
                    yield listed


def _all_to_do(text: Text, node: Node, item: Item) -> Item | None:
    """The item of a line as all there was to do, if it says so or holds what was carried over."""
    if item is not node.leading or not is_total(item):
        return None
    if "gross" in item.roles:
        return item
    under = [child.leading for child in text.children(node)] if node.children else []
    holds = "received" in item.roles and any(head is not None and "carried" in head.roles for head in under)
    return evolve(item, roles=item.roles | {"gross"}) if holds else None


def _heads(text: Text, total: Item, after: Sequence[Node]) -> list[Item]:
    """What lines after a total are about: not those that make it up, nor those that divide another one."""
    heads: list[Item] = []
    own = {total.mention.passage}
    for node in after:
        head = node.leading
        if node.parent in own:
            own.add(node.index)
            continue
        if head is None:
            continue
        if head.roles & _ENDS or (head.roles | head.scope | total.scope) & _LEVELS:
            break
        parent = text.nodes[node.parent].leading if node.parent is not None else None
        if parent not in heads or not head.roles & parent.roles & _DONE:
            heads.append(head)
    return heads

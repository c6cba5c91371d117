"""Totals in one place and their parts in sibling blocks of another: levels, quarters, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.judge import adds_up
from validator.claims.structure import is_countable, is_total, same_unit
from validator.claims.sum_list import Listed
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.structure import Text
    from validator.text.item import Item
    from validator.text.role import Role

BLOCKS = "blocks"
_LEAST = 2
_BACK = 40
_MOST = 30
_DROPPED = frozenset({"whole", "closing", "organisation", "individual", "present", "assigned", "rest"})
Signature = frozenset[str]


@record
class _Block:
    """One of several siblings, a list item or a sentence: its items by what they count, and its level."""

    place: tuple[int, int]
    level: Role | None
    items: Mapping[Signature, Item]


def find_blocks(text: Text) -> Iterator[Listed]:
    """Yield what sibling blocks make up together, with the total that stands elsewhere."""
    levels = next(dimension for dimension in text.book.dimensions if dimension.name == "level")
    for run, has_parent in _runs(text):
        named = [block.level for block in run]
        by_level = None not in named and len(set(named)) == len(named)
        if by_level and not levels.is_whole(frozenset(name for name in named if name is not None)):
            continue
        if not by_level and (any(named) or not has_parent):
            continue
        yield from _of_blocks(text, run, by_level=by_level)


def _runs(text: Text) -> Iterator[tuple[list[_Block], bool]]:
    """Runs of sibling list items, and of neighbouring sentences each of which speaks of one level."""
    for parent, children in text.lists():
        if _LEAST <= len(children) <= _MOST:
            yield [_block(text, child.items, (child.index, 0)) for child in children], parent is not None
    run: list[_Block] = []
    for block in _sentences(text):
        if block.level is not None and not (run and any(block.level == other.level for other in run)):
            run.append(block)
            continue
        if len(run) >= _LEAST:
            yield run, False
        run = [block] if block.level is not None else []
    if len(run) >= _LEAST:
        yield run, False


def _sentences(text: Text) -> Iterator[_Block]:
    for node in text.nodes.values():
        if node.is_item:
            continue
        by_sentence: dict[int, list[Item]] = {}
        for item in node.items:
            by_sentence.setdefault(item.mention.sentence, []).append(item)
        for sentence, items in by_sentence.items():
            yield _block(text, items, (node.index, sentence))


_LEVELS = frozenset({"province", "district", "commune"})


def _block(text: Text, found: Sequence[Item], place: tuple[int, int]) -> _Block:
    items: dict[Signature, Item] = {}
    twice: set[Signature] = set()
    scope: frozenset[Role] = frozenset()
    for item in found:
        if item.mention.depth or not is_countable(item):
            continue
        scope = scope or (item.scope & _LEVELS)
        sign = _signature(text, item)
        if sign in items:
            twice.add(sign)
        items[sign] = item
    for sign in twice:
        del items[sign]
    return _Block(place=place, level=next(iter(scope)) if len(scope) == 1 else None, items=items)


def _signature(text: Text, item: Item) -> Signature:
    """What an item counts: its roles but those of place, and its unit."""
    roles = item.roles - _LEVELS - _DROPPED
    return frozenset(
        role for role in roles if role in text.book.dimension_of or role in {"received", "gross"}
    )


def _of_blocks(text: Text, blocks: Sequence[_Block], *, by_level: bool) -> Iterator[Listed]:
    shared = frozenset.intersection(*(frozenset(block.items) for block in blocks))
    found: list[tuple[Item, tuple[Item, ...], bool]] = []
    place = blocks[0].place
    for sign in sorted(shared, key=sorted):
        if not sign:
            continue
        parts = tuple(block.items[sign] for block in blocks)
        total = _total(text, place, sign, parts)
        if total is not None:
            held = adds_up(total.mention, [part.mention for part in parts])
            found.append((total, parts, held))
    holds = sum(held for _, _, held in found)
    for total, parts, held in found:
        others = holds - held
        near = by_level and total.mention.passage >= place[0] - _LEAST and len(parts) > _LEAST
        if not by_level and not held and not others:
            continue
        yield Listed(total=total, parts=parts, sure=others >= 1 or near, disjoint=False, announced=BLOCKS)


def _total(text: Text, place: tuple[int, int], sign: Signature, parts: Sequence[Item]) -> Item | None:
    """The nearest figure before the blocks that counts the same, of no single level."""
    for index in range(place[0], max(-1, place[0] - _BACK), -1):
        node = text.nodes.get(index)
        if node is None:
            continue
        for item in node.items[:_MOST]:
            if (item.mention.passage, item.mention.sentence) >= place:
                break
            if item.mention.depth or not is_total(item) or (item.roles | item.scope) & _LEVELS:
                continue
            if _signature(text, item) == sign and same_unit(item, parts[0]):
                return item
    return None

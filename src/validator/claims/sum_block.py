"""Totals in one place and their parts in sibling blocks of another: levels, quarters, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.block import LEVELS, Block, Signature, block_of_item, block_of_sentence, signatures
from validator.claims.judge import adds_up
from validator.claims.structure import is_total, same_unit
from validator.claims.sum_list import CLOSED, Listed
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item

BLOCKS = "blocks"
_LEAST = 2
_BACK, _AHEAD = 40, 40
_MOST = 30


@record
class _Run:
    """Neighbouring sibling blocks, the node above them, and the figures of a line that adds them up."""

    blocks: tuple[Block, ...]
    parent: Node | None
    closing: tuple[Item, ...]


def find_blocks(text: Text) -> Iterator[Listed]:
    """Yield what sibling blocks make up together, with the total that stands elsewhere."""
    levels = next(dimension for dimension in text.book.dimensions if dimension.name == "level")
    for run in (*_lists(text), *_sentence_runs(text)):
        yield from _closed(text, run)
        named = [block.level for block in run.blocks]
        by_level = None not in named and len(set(named)) == len(named)
        if by_level and not levels.is_whole(frozenset(name for name in named if name is not None)):
            continue
        if not by_level and (any(named) or run.parent is None):
            continue
        yield from _of_blocks(text, run, by_level=by_level)


def _lists(text: Text) -> Iterator[_Run]:
    """Runs of sibling list items, the last of which may add up the others, or the line after them."""
    for parent, children in text.lists():
        if not _LEAST <= len(children) <= _MOST:
            continue
        rest, last = children, children[-1]
        if _closes(text, last):
            rest, closing = children[:-1], () if last.children else _figures(last, 0)
            blocks = [block_of_item(text, child) for child in rest]
        else:
            grown = _grown(last)
            after = text.nodes.get(_end(text, last) + 1)
            closing = _figures(last, grown) if grown else ()
            if after is not None and not after.is_item and _closes(text, after):
                closing = closing or _figures(after, 0)
            blocks = [block_of_item(text, child) for child in rest[:-1]]
            blocks.append(block_of_item(text, last, grown or _MOST))
        if len(blocks) >= _LEAST:
            yield _Run(blocks=tuple(blocks), parent=parent, closing=closing)


def _grown(node: Node) -> int:
    """The sentence of a last item that is a line of its own, grown onto it, and adds up; 0 if none is."""
    later = [item for item in node.items if item.mention.sentence and item.mark == "."]
    return next((item.mention.sentence for item in later if "closing" in item.roles | item.passing), 0)


def _end(text: Text, node: Node) -> int:
    """The last passage under a list item."""
    while node.children:
        node = text.nodes[node.children[-1]]
    return node.index


def _figures(node: Node, sentence: int) -> tuple[Item, ...]:
    return tuple([i for i in node.items if not i.mention.depth and i.mention.sentence == sentence])


def _closes(text: Text, node: Node) -> bool:
    """Whether a line begins with words for a total."""
    found = text.book.find(node.main.lead) if node.main is not None and node.main.order == 0 else []
    reading = node.found.reading
    if reading is None or not node.items:
        return False
    keys = [token.key for token in reading.tokens[: min(node.items[0].mention.first, 3)]]
    return bool(found and found[0][0] <= 1 and "closing" in found[0][2]) or any(
        first <= 1 and "closing" in roles for first, _, roles in text.book.find(keys)
    )


def _sentence_runs(text: Text) -> Iterator[_Run]:
    """Neighbouring sentences each of which speaks of one level, and the one after them that adds up."""
    run: list[Block] = []
    for block, closes in _sentences(text):
        if block.level is not None and not (run and any(block.level == other.level for other in run)):
            run.append(block)
            continue
        if len(run) >= _LEAST:
            yield _Run(blocks=tuple(run), parent=None, closing=block.outer if closes else ())
        run = [block] if block.level is not None else []
    if len(run) >= _LEAST:
        yield _Run(blocks=tuple(run), parent=None, closing=())


def _sentences(text: Text) -> Iterator[tuple[Block, bool]]:
    for node in text.nodes.values():
        if node.is_item:
            continue
        by_sentence: dict[int, list[Item]] = {}
        for item in node.items:
            by_sentence.setdefault(item.mention.sentence, []).append(item)
        for sentence, items in by_sentence.items():
            closes = items[0].closes or "closing" in items[0].scope
            yield block_of_sentence(text, items, (node.index, sentence)), closes


def _closed(text: Text, run: _Run) -> Iterator[Listed]:
    """The figures of a line that adds up the blocks before it, each with the same figure of every block."""
    for place, (total, sign) in enumerate(signatures(text, run.closing)):
        if not is_total(total):
            continue
        parts = [_like(block, place, total, sign, len(run.closing)) for block in run.blocks]
        found = tuple([part for part in parts if part is not None])
        if len(found) == len(parts) and all(same_unit(total, part) for part in found):
            yield Listed(total=total, parts=found, sure=True, disjoint=True, announced=CLOSED)


def _like(block: Block, place: int, total: Item, sign: Signature, count: int) -> Item | None:
    """The figure of a block that counts what a total does: by role, by unit, or by its place."""
    if sign and any(block.signs):
        return block.items.get(sign)
    unit = total.mention.unit if total.mention.unit_is_near else ""
    alike = [item for item in block.outer if unit and item.mention.unit == unit and item.mention.unit_is_near]
    if len(alike) == 1:
        return alike[0]
    if len(block.outer) == 1:
        return block.outer[0]
    return block.outer[place] if len(block.outer) == count else None


def _of_blocks(text: Text, run: _Run, *, by_level: bool) -> Iterator[Listed]:
    blocks = run.blocks
    shared = frozenset.intersection(*(frozenset(block.items) for block in blocks))
    found: list[tuple[Item, tuple[Item, ...], bool]] = []
    place = blocks[0].place
    after = _last_place(blocks[-1])
    for sign in sorted(shared, key=sorted):
        if not sign:
            continue
        parts = tuple(block.items[sign] for block in blocks)
        total = _total(text, place, sign, parts) or (
            _total_after(text, after, sign, parts) if by_level else None
        )
        if total is not None:
            held = adds_up(total.mention, [part.mention for part in parts])
            found.append((total, parts, held))
    divided = run.parent is not None and not run.parent.items and _is_divided(text, run.parent)
    holds = sum(held for _, _, held in found)
    for total, parts, held in found:
        others = holds - held
        is_close = total.mention.passage >= place[0] - _LEAST and len(parts) > _LEAST
        if not by_level and not divided and not held and not others:
            continue
        sure = others >= 1 or (is_close and (by_level or divided))
        yield Listed(total=total, parts=parts, sure=sure, disjoint=False, announced=BLOCKS)


def _is_divided(text: Text, parent: Node) -> bool:
    """Whether a line without a figure says by what the items under it divide."""
    keys = [text.prose.lexicon.fold(word.strip(":,.").casefold()) for word in parent.passage.text.split()]
    return text.book.starts("division", keys)


def _last_place(block: Block) -> int:
    return max((item.mention.passage for item in block.outer), default=block.place[0])


def _total(text: Text, place: tuple[int, int], sign: Signature, parts: Sequence[Item]) -> Item | None:
    """The nearest figure before the blocks that counts the same, of no single level."""
    for index in range(place[0], max(-1, place[0] - _BACK), -1):
        node = text.nodes.get(index)
        if node is None:
            continue
        for item, own in signatures(text, node.items[:_MOST]):
            if (item.mention.passage, item.mention.sentence) >= place:
                break
            if item.mention.depth or not is_total(item) or (item.roles | item.scope) & LEVELS:
                continue
            if own == sign and _counts_same(item, parts):
                return item
    return None


def _counts_same(total: Item, parts: Sequence[Item]) -> bool:
    """Whether a figure far off plainly counts what the parts do, and is no fraction of something."""
    named = next((part.mention for part in parts if part.mention.unit_is_near), None)
    known = named is None or total.mention.group == named.group
    return known and total.base is None and same_unit(total, parts[0])


def _total_after(text: Text, last: int, sign: Signature, parts: Sequence[Item]) -> Item | None:
    """The nearest figure after the blocks that counts the same of all levels, and says so."""
    for index in range(last + 1, last + _AHEAD):
        node = text.nodes.get(index)
        for item, own in signatures(text, node.items[:_MOST]) if node is not None else ():
            is_whole = "whole" in item.roles | item.scope and not item.mention.depth and is_total(item)
            if is_whole and own == sign and _counts_same(item, parts):
                return item
    return None

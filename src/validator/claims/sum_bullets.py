"""Totals and their parts in list items: below a line, before a line that adds them up, or after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.structure import is_total
from validator.claims.sum_division import is_division
from validator.claims.sum_list import BULLETS, CLOSED, Listed, listed
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item

_LEAST = 2
_ANNOUNCING = 4
_STAGES = frozenset({"received", "gross", "resolved", "pending"})
_LABEL, _TAIL = 24, 10
_OPENING = frozenset({"parts_all", "parts_some"})


def find_bullets(text: Text) -> Iterator[Listed]:
    """Yield every total whose parts are list items."""
    for parent, children in text.lists():
        if parent is not None:
            yield from _bullets(text, parent, children)
        yield from _closed_bullets(text, children)
        yield from _closed_after(text, children)


def _bullets(text: Text, parent: Node, children: Sequence[Node]) -> Iterator[Listed]:
    """A total in a line, its parts in the items below it."""
    total = _total_of(parent) if parent.items else _total_before(text, parent)
    is_sure = total is not None
    if total is None and not parent.items:
        total = _like_before(text, parent, children)
    if total is None:
        return
    mains = [child.main for child in children]
    while mains and mains[-1] is None:
        mains.pop()
    parts = [main for main in mains if main is not None and not main.closes]
    if len(parts) != len([main for main in mains if main is None or not main.closes]):
        return
    if any(is_division(text, text.nodes[part.mention.passage], part) for part in parts):
        return  # Each item divides the total anew.
    leading = [part for part in parts if _leads(part)]
    if len(leading) != len(parts):
        return
    parts = [each for part in parts for each in _grown_together(text, part)]
    while text.prose.degraded and len(parts) > _LEAST and not parts[-1].mention.amount:
        parts.pop()  # Of a scanned text a 0 at the end of a line may be any letter.
    found = listed(text, total, parts, BULLETS)
    if found is not None:
        yield found if is_sure else evolve(found, sure=False, disjoint=False)


def _grown_together(text: Text, main: Item) -> list[Item]:
    """An item with another one grown onto its line: ``On time: 54 cases. Late: 2``."""
    after = text.nodes[main.mention.passage].after(main)
    last = after[-1] if after else None
    if last is None or last.mention.sentence != main.mention.sentence + 1 or last.mark != "." or last.base:
        return [main]
    for dimension in text.book.dimensions:
        one, other = main.roles & dimension.roles, last.roles & dimension.roles
        if one and other and not one & other:
            return [main, last]
    return [main]


def _like_before(text: Text, parent: Node, children: Sequence[Node]) -> Item | None:
    """The only figure of the paragraph before that counts what the items below a line without figures do."""
    before = text.nodes.get(parent.index - 1)
    if before is None or before.is_item or not parent.passage.text.rstrip().endswith(":"):
        return None
    groups = {
        child.main.mention.group for child in children if child.main and child.main.mention.unit_is_near
    }
    alike = [item for item in before.items if item.mention.unit_is_near and {item.mention.group} == groups]
    return alike[0] if len(alike) == 1 and not alike[0].mention.depth else None


def _total_before(text: Text, parent: Node) -> Item | None:
    """The figure of the paragraph before one that only announces: "Of which:"."""
    before = text.nodes.get(parent.index - 1)
    words = parent.passage.text.split()
    if before is None or not before.items or len(words) > _ANNOUNCING:
        return None
    # A line that ends without a mark goes on in the next one.
    is_one = before.passage.text.rstrip()[-1:].isalnum()
    if before.is_item != parent.is_item and not is_one:
        return None
    if not parent.passage.text.rstrip().endswith(":"):
        return None
    outer = [item for item in before.items if item.mention.depth == 0]
    return outer[0] if len(outer) == 1 else None


def _leads(item: Item) -> bool:
    """Whether an item stands first in its passage, as the count that the line is about."""
    return item.order == 0


def _total_of(parent: Node) -> Item | None:
    """The figure that the items below break down: the only one outside brackets, or the last."""
    outer = [item for item in parent.items if item.mention.depth == 0]
    reading = parent.found.reading
    if not outer or reading is None:
        return None
    results = [item for item in outer if is_total(item)]
    if len(results) == 1 and results[0].order == 0 and reading.cues and reading.cues[-1].tags & _OPENING:
        return results[0]  # What stands after it only tells of its change.
    last = outer[-1]
    if len(outer) == 1:
        ends = reading.tokens[-1].key == ":" or bool(reading.cues and reading.cues[-1].tags & _OPENING)
        short = last.mention.first <= _LABEL and len(reading.tokens) - last.mention.last <= _TAIL
        return last if ends or short else None
    tail = reading.tokens[last.mention.last :]
    if tail and tail[-1].key == ":" and len(tail) <= 12:
        return last if outer[-2].mention.sentence != last.mention.sentence else None
    return outer[0] if parent.is_item and outer[0].order == 0 and outer[1].mark in {",", ";"} else None


def _closed_bullets(text: Text, children: Sequence[Node]) -> Iterator[Listed]:
    """An item among others that adds up the ones before it."""
    run: list[Item] = []
    for child in children:
        main = child.main
        if main is None:
            run = []
            continue
        closes = main.order == 0 and _begins_closing(text, main)
        if closes and len(run) >= _LEAST and not child.children:
            same = [part for part in run if _counts_same(part, main)]
            found = listed(text, main, run, CLOSED) if len(same) == len(run) else None
            if found is not None:
                yield found
            run = []
            continue
        if main.order == 0:
            run.append(main)
        # A last line may have grown onto the item before it.
        tail = next((item for item in child.items[1:] if _begins_closing(text, item)), None)
        if tail is not None and child is children[-1] and len(run) >= _LEAST and tail.mark == ".":
            found = listed(text, tail, run, CLOSED) if all(_counts_same(part, tail) for part in run) else None
            if found is not None:
                yield found


def _closed_after(text: Text, children: Sequence[Node]) -> Iterator[Listed]:
    """A paragraph after the items of a list that adds them up."""
    after = text.nodes.get(children[-1].index + 1)
    if after is None or after.is_item or after.main is None or not _begins_closing(text, after.main):
        return
    mains = [child.main for child in children]
    parts = [main for main in mains if main is not None and main.order == 0]
    if len(parts) == len(children) and all(_counts_same(part, after.main) for part in parts):
        found = listed(text, after.main, parts, CLOSED)
        if found is not None:
            yield found


def _begins_closing(text: Text, item: Item) -> bool:
    """Whether the label of an item begins with words for a total."""
    found = text.book.find(item.lead)
    return bool(found) and found[0][0] <= 1 and "closing" in found[0][2]


def _counts_same(part: Item, total: Item) -> bool:
    """Whether a part counts what its total counts, or says nothing of it."""
    a, b = part.mention, total.mention
    if part.roles & _STAGES and total.roles & _STAGES and not part.roles & total.roles & _STAGES:
        return False
    return (a.group == b.group and a.unit_is_near == b.unit_is_near) or not (a.unit_is_near or a.noun)

"""Lists of a total that is named without its figure: ``Of the cases resolved, a were …, b …``."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.share_part import back_from
from validator.claims.structure import Node, Text, is_total, same_unit
from validator.claims.sum_list import WITHIN, Listed, listed
from validator.claims.sum_run import run_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.text.item import Item
    from validator.text.role import Role

_NEAR = 3


def find_named_wholes(text: Text) -> Iterator[Listed]:
    """Yield the totals that a sentence names by their role and takes apart."""
    for node in text.nodes.values():
        sentence = -1
        for item in node.items:
            is_first, sentence = item.mention.sentence != sentence, item.mention.sentence
            named = _named(text, node, item) if is_first and not item.mention.depth else frozenset[str]()
            total = _counted(text, node, item, named) if named else None
            if total is None:
                continue
            rest = [each for each in (item, *node.after(item)) if not each.mention.depth]
            found = listed(text, total, run_of(rest, text.book), WITHIN)
            if found is not None:
                yield found


def _named(text: Text, node: Node, first: Item) -> frozenset[Role]:
    """The roles of what a sentence begins with, behind words for *of* or *among*, up to a mark."""
    reading = node.found.reading
    if reading is None:
        return frozenset()
    start = bisect_left(reading.sentences, first.mention.sentence, 0, first.mention.first)
    cue = next((c for c in reading.cues_between(start, start + 1) if "within" in c.tags), None)
    if cue is None:
        return frozenset()
    keys = [token.key for token in reading.tokens[cue.last : first.mention.first]]
    end = next((at for at, key in enumerate(keys) if key in {",", ":"}), 0)
    found = frozenset(role for _, _, roles in text.book.find(keys[:end]) for role in roles)
    return frozenset(role for role in found if role in text.book.dimension_of or role in _WHOLES)


_WHOLES = frozenset({"received", "gross", "assigned", "due", "collected", "sent"})


def _counted(text: Text, node: Node, first: Item, named: frozenset[Role]) -> Item | None:
    """The nearest figure before that has just these roles of what may be taken apart."""
    telling = frozenset(text.book.dimension_of) | _WHOLES
    for item in back_from(text, node, first.mention.first):
        if item.mention.passage < node.index - _NEAR:
            return None
        if item.roles & telling == named and is_total(item) and same_unit(item, first):
            return item
    return None

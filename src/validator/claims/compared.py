"""Whether a figure is of another time, or is what another one is held against, by the words before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.text.qualifier import CHANGED

if TYPE_CHECKING:
    from validator.claims.structure import Node, Text
    from validator.text.item import Item, Stated

COMPARED = frozenset({"compared", "other_period"})
_FAR = 24
_ENDING = frozenset({",", ";", ":"})


def is_compared(text: Text, node: Node, item: Item) -> bool:
    """Whether the words before a figure, in or out of its brackets, name another time or a comparison."""
    reading = node.found.reading
    if reading is None:
        return False
    near = reading.mentions_between(max(0, item.mention.first - _FAR), item.mention.first)
    start = max(
        (m.last for m in near if m.is_quantity or CHANGED in m.tags), default=item.mention.first - _FAR
    )
    keys = [
        reading.tokens[place].key
        for place in range(max(0, start), item.mention.first)
        if reading.sentences[place] == item.mention.sentence
    ]
    return bool(text.book.named(_own_clause(text, keys)) & COMPARED)


def _own_clause(text: Text, keys: list[str]) -> list[str]:
    """The words from the last mark on, or from a time before it that they are of.

    ``Last year, T cases`` is of then; ``against last year, N cases``, ``…; N cases`` are of now.
    """
    at = next((index for index in range(len(keys) - 1, -1, -1) if keys[index] in _ENDING), None)
    if at is None:
        return keys
    before = [(end, roles) for _, end, roles in text.book.find(keys[:at]) if roles & COMPARED]
    of_then = before and before[-1][0] == at and not any("compared" in roles for _, roles in before)
    return keys if of_then and keys[at] != ";" else keys[at + 1 :]


def opened_against(text: Text, node: Node, by: Item | Stated) -> Item | None:
    """``Against last year (T) up by C``: the one figure before a change that its sentence begins with."""
    own = [i for i in node.items_before(by.mention.first) if i.mention.sentence == by.mention.sentence]
    return own[0] if len(own) == 1 and _opens_compared(text, node, own[0]) else None


def _opens_compared(text: Text, node: Node, then: Item) -> bool:
    """Whether a sentence begins with the words that hold something against this figure."""
    reading = node.found.reading
    if reading is None:
        return False
    start = then.mention.first
    while start and reading.sentences[start - 1] == then.mention.sentence:
        start -= 1
    keys = [token.key for token in reading.tokens[start : then.mention.first]]
    return any("compared" in roles for first, _, roles in text.book.find(keys) if first == 0)

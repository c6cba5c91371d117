"""Whether a list goes on beyond the parts that it names: "such as", "…", a rest without a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims.structure import Text
    from validator.text.item import Item

_LEAST = 2
_NEAR, _FAR = 8, 24


def may_be_open(text: Text, total: Item, parts: Sequence[Item]) -> bool:
    """Whether words or marks say that one more part may go unnamed."""
    last = parts[-1]
    return _names_some(text, total) or _names_some(text, last) or _leaves_rest(text, last)


def _leaves_rest(text: Text, last: Item) -> bool:
    """Whether a rest without a figure closes the list: "… and the others"."""
    reading = text.prose.readings.get(last.mention.passage)
    if reading is None:
        return False
    end = next(
        (m.first for m in reading.mentions_from(last.mention.last) if m.is_quantity), len(reading.tokens)
    )
    words = [
        token.key
        for at, token in enumerate(reading.tokens[last.mention.last : end], start=last.mention.last)
        if reading.sentences[at] == last.mention.sentence
    ][:_FAR]
    found = text.book.find(words)
    joins = [end for _, end, roles in found if "join" in roles] or [
        at for at, word in enumerate(words) if word in {",", ";"}
    ]
    return bool(joins) and any("rest" in roles and first >= joins[0] for first, _, roles in found)


def _names_some(text: Text, item: Item) -> bool:
    """Whether words or marks near a figure in its sentence say that a list goes on: "such as", "…"."""
    m = item.mention
    reading = text.prose.readings.get(m.passage)
    if reading is None:
        return False
    near = reading.cues_between(max(0, m.first - _NEAR), m.last + _NEAR)
    if any("open_list" in cue.tags and reading.sentences[cue.first] == m.sentence for cue in near):
        return True
    tail = [token.key for token in reading.tokens[m.last : m.last + 2 * _LEAST + 4]]
    return any(key in {"…", "..", "..."} for key in tail) or ".." in "".join(tail)

"""What rose or fell where the sentence of a change has no figure of it: ``N came. Against May (T) up by C``.

Words and structure choose it: the figure that bears the words of the change, or the only one before that is
counted like it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.change_span import counts_alike
from validator.claims.share_label import telling_words
from validator.claims.structure import is_result
from validator.model.record import record
from validator.text.qualifier import CHANGED, EARLIER, HEDGED, PLANNED
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.share_told import Told
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated
    from validator.text.role import Role

_NOT_NOW = frozenset({"up", "down", "change", "compared", "other_period", "aim"})
_NOT_TAGS = frozenset({CHANGED, EARLIER, HEDGED, PLANNED})
_NEAR = 3


@record
class Risen:
    """What rose or fell, and whether nothing else may be meant."""

    now: Item
    sure: bool


def risen_of(
    text: Text, told: Told, node: Node, by: Item | Stated, then: Item, lists: Mapping[MentionKey, Listed]
) -> Risen | None:
    """The figure that a change against another one is said of."""
    words, roles = _subject(text, node, by, then)
    if words or roles:
        return _named(told, node, by, then, words, roles)
    return _before(text, node, by, then, lists)


def _subject(text: Text, node: Node, by: Item | Stated, then: Item) -> tuple[frozenset[str], frozenset[Role]]:
    """The words and roles of what rose, of the change and of what was, but those of rise and time."""
    found: set[str] = set()
    roles: set[Role] = set()
    own, reading = by.lead, node.found.reading
    if then.mention.first < by.mention.first and reading is not None:
        between = reading.tokens[then.mention.last : by.mention.first]
        own = tuple([token.key for token in between if token.kind is TokenKind.WORD])
    for lead in (own, then.lead):
        dropped: set[int] = set()
        for first, end, named in text.book.find(lead):
            dropped.update(range(first, end))
            if not named & _NOT_NOW:
                roles |= named & text.book.telling
        found |= telling_words(text, [word for at, word in enumerate(lead) if at not in dropped])
    fold = text.prose.lexicon.fold
    units = {fold(word) for m in (by.mention, then.mention) for word in m.unit.split()}
    return frozenset(found - units), frozenset(roles)


def _is_now(item: Item, then: Item) -> bool:
    """Whether a figure says what there is, counted like what there was."""
    m = item.mention
    if item is then or not is_result(item) or item.roles & _NOT_NOW or m.tags & _NOT_TAGS:
        return False
    return m.kind is then.mention.kind and counts_alike(m, then.mention)


def _named(
    told: Told, node: Node, by: Item | Stated, then: Item, words: frozenset[str], roles: frozenset[Role]
) -> Risen | None:
    """The figure that bears all words of the change."""
    here = node.index, by.mention.first
    found = [item for item in told.bearing(words, roles) if item.mention.key < here and _is_now(item, then)]
    return _only(found) or _only([item for item in found if item.mention.passage == node.index], sure=False)


def _before(
    text: Text, node: Node, by: Item | Stated, then: Item, lists: Mapping[MentionKey, Listed]
) -> Risen | None:
    """The only figure of its unit before the change that is no part; else that of the passage above."""
    own = [item for item in node.items_before(by.mention.first) if not item.mention.depth]
    own = [item for item in own if _is_now(item, then) and item.mention.key not in lists]
    if own:
        return _only(own)
    for index in range(node.index - 1, max(-1, node.index - _NEAR), -1):
        other = text.nodes.get(index)
        if other is not None and other.main is not None:
            is_above = node.parent == index and len(other.items) == 1
            return Risen(now=other.main, sure=is_above) if _is_now(other.main, then) else None
    return None


def _only(found: Sequence[Item], *, sure: bool = True) -> Risen | None:
    return Risen(now=found[-1], sure=sure) if len({item.mention.amount for item in found}) == 1 else None

"""Figures told again in the order of the list before: "they had 23,1; 22,0 and 24,8 respectively"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.identity_word import find_phrase
from validator.claims.precision import is_same_value, restated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim
    from validator.claims.identity_word import IdentityWords
    from validator.claims.structure import Node, Text
    from validator.text.mention import Mention

_LEAST = 3
_BACK = 12


def find_respective(text: Text, words: IdentityWords) -> Iterator[Claim]:
    """Yield each figure after "respectively" with the one in its place of the list right before."""
    for node in text.nodes.values():
        reading = node.found.reading
        if reading is None or len(node.items) < _LEAST:
            continue
        at = find_phrase([token.key for token in reading.tokens], words.respectively)
        if at is None:
            continue
        sentence = reading.sentences[at]
        named = [item.mention for item in node.items_after(at) if item.mention.sentence == sentence]
        listed = _list_before(text, node) if len(named) >= _LEAST else []
        if len(listed) == len(named):
            yield from _pairs(text, named, listed)


def _list_before(text: Text, node: Node) -> list[Mention]:
    """The leading figures of the items of the list that ends right before a passage."""
    found: list[Node] = []
    for index in range(node.index - 1, max(-1, node.index - _BACK), -1):
        other = text.nodes.get(index)
        if other is None:
            continue
        if not other.is_item or (found and (other.level, other.rank) != (found[0].level, found[0].rank)):
            break
        found.append(other)
    return [each.main.mention for each in reversed(found) if each.main is not None]


def _pairs(text: Text, named: Sequence[Mention], listed: Sequence[Mention]) -> Iterator[Claim]:
    agree = [is_same_value(one, other) for one, other in zip(named, listed, strict=True)]
    if sum(agree) < _LEAST - 1:
        return  # The figures may be of something else.
    for one, other, same in zip(named, listed, agree, strict=True):
        verdict = ClaimVerdict.PASS if same else ClaimVerdict.FAIL
        yield restated(text.prose, (one, other), verdict, "said-twice-differs", ("one", "other"))

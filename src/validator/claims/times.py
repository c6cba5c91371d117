"""The times that a passage names, by the figures that they are named beside."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.stretch import Stretch, find_stretches
from validator.text.mention import MentionKind
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from validator.claims.identity_word import IdentityWords
    from validator.text.mention import Mention, Reading

_MOST_BEFORE = 60


class Times:
    """The times that a passage names, by the figures that they are named beside."""

    def __init__(self, reading: Reading, words: IdentityWords) -> None:
        self._reading = reading
        self._named = list(find_stretches(reading.tokens, words))
        counted = [m for m in reading.mentions if m.kind is not MentionKind.NAME] if self._named else []
        self._counted = counted
        self._at = {m.first: at for at, m in enumerate(counted)}

    def near(self, mention: Mention) -> frozenset[Stretch]:
        """The times named beside a figure, else those that its sentence begins with."""
        if not self._named:
            return frozenset()
        at = self._at.get(mention.first, 0)
        before = self._counted[at - 1] if at and self._counted[at - 1].sentence == mention.sentence else None
        start = sentence_start(self._reading, mention)
        first = _after_mark(self._reading, before.last, mention.first) if before else start
        last = _up_to_mark(self._reading, mention.last)
        own = frozenset(stretch for place, stretch in self._named if first <= place < last)
        return own or self._opening(start)

    def _opening(self, start: int) -> frozenset[Stretch]:
        """The times that a sentence names before its first figure."""
        first = next(
            (m.first for m in self._reading.mentions_from(start) if m.kind is not MentionKind.NAME), 0
        )
        return frozenset(stretch for place, stretch in self._named if start <= place < first)

    def before(self, mention: Mention) -> frozenset[Stretch]:
        """The first time that the sentences before a figure's name."""
        earlier = [s for place, s in self._named if self._reading.sentences[place] < mention.sentence]
        return frozenset(earlier[:1])


def sentence_start(reading: Reading, mention: Mention) -> int:
    """The token that a figure's sentence begins with, as far back as is looked."""
    first = mention.first
    return bisect_left(reading.sentences, mention.sentence, max(0, first - _MOST_BEFORE), first)


def _after_mark(reading: Reading, first: int, last: int) -> int:
    """Where the words of a figure begin: behind the mark that ends those of the figure before."""
    tokens = reading.tokens
    return next((at for at in range(first, last) if tokens[at].kind is TokenKind.MARK), first)


def _up_to_mark(reading: Reading, first: int) -> int:
    tokens = reading.tokens
    return next((at for at in range(first, len(tokens)) if tokens[at].kind is TokenKind.MARK), len(tokens))

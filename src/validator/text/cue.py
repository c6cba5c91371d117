"""Tokens → cues: the phrases of the lexicon, longest first."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from validator.text.mention import Cue

if TYPE_CHECKING:
    from validator.text.token import Token
    from validator.text.vocabulary import Lexicon

_LONGEST_PHRASE = 8


def find_cues(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Cue, ...]:
    """Find the phrases of the lexicon, longest first, none overlapping."""
    cues: list[Cue] = []
    keys = tuple([token.key for token in tokens])
    phrases, covered = lexicon.phrases, 0
    for position in [at for at, key in enumerate(keys) if key in phrases]:
        if position < covered:
            continue
        for phrase in phrases[keys[position]]:
            covered = position + len(phrase.words)
            if keys[position:covered] == phrase.words and phrase.may_be(tokens[position].text):
                cues.append(Cue(first=position, last=covered, tags=phrase.tags))
                break
        else:
            covered = position + 1
    return tuple(cues)


def covers(cues: tuple[Cue, ...], position: int) -> bool:
    """Whether a token is part of one of the cues of a passage."""
    at = bisect_right(cues, position, key=_first) - 1
    return at >= 0 and cues[at].last > position


_first = attrgetter("first")


def cue_at(tokens: tuple[Token, ...], position: int, lexicon: Lexicon) -> Cue | None:
    """The longest phrase of the lexicon that begins at a token."""
    keys = tuple([token.key for token in tokens[position : position + _LONGEST_PHRASE]])
    for phrase in lexicon.phrases.get(keys[0], ()):
        if keys[: len(phrase.words)] == phrase.words and phrase.may_be(tokens[position].text):
            return Cue(first=position, last=position + len(phrase.words), tags=phrase.tags)
    return None

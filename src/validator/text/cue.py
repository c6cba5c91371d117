"""Tokens → cues: the phrases of the lexicon, longest first."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.mention import Cue

if TYPE_CHECKING:
    from validator.text.token import Token
    from validator.text.vocabulary import Lexicon

_LONGEST_PHRASE = 8


def find_cues(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Cue, ...]:
    """Find the phrases of the lexicon, longest first, none overlapping."""
    cues: list[Cue] = []
    keys = tuple([token.key for token in tokens])
    known, covered = lexicon.by_words, 0
    for position in [at for at, key in enumerate(keys) if key in known]:
        if position < covered:
            continue
        cue = _cue_at(tokens[position], keys, position, lexicon)
        if cue is not None:
            cues.append(cue)
            covered = cue.last
    return tuple(cues)


def _cue_at(token: Token, keys: tuple[str, ...], position: int, lexicon: Lexicon) -> Cue | None:
    for size, named in lexicon.by_words[keys[position]]:
        for phrase in named.get(keys[position : position + size], ()):
            if phrase.may_be(token.text):
                return Cue(first=position, last=position + size, tags=phrase.tags)
    return None


def covers(cues: tuple[Cue, ...], position: int) -> bool:
    """Whether a token is part of one of the cues of a passage."""
    at = bisect_right(cues, position, key=_first) - 1
    return at >= 0 and cues[at].last > position


_first = attrgetter("first")


def cue_at(tokens: tuple[Token, ...], position: int, lexicon: Lexicon) -> Cue | None:
    """The longest phrase of the lexicon that begins at a token."""
    if tokens[position].key not in lexicon.by_words:
        return None
    keys = tuple([token.key for token in tokens[position : position + _LONGEST_PHRASE]])
    found = _cue_at(tokens[position], keys, 0, lexicon)
    return None if found is None else evolve(found, first=position, last=position + found.last)

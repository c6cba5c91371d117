"""What speaks against a percentage's being of the figure before it: its own words, or one between."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, EARLIER
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from validator.claims.structure import Node, Text
    from validator.text.item import Stated
    from validator.text.mention import Mention, Reading

_FARTHEST = 24
_STOPS, _OPENERS, _CLOSERS = frozenset(",;.!?|"), frozenset("([{"), frozenset(")]}")
_AIMS, _SHARES = frozenset({"aim", "plan", "surplus"}), frozenset({"share", "link"})


def is_elsewhere(text: Text, node: Node, stated: Stated) -> bool:
    """Whether the words of a percentage say that it is not of the figure before it, as far as they tell."""
    return is_aim_or_earlier(text, stated.mention) or _is_of_all(text, node, stated)


def is_aim_or_earlier(text: Text, stated: Mention) -> bool:
    """Whether the own words of a percentage name an aim or another time: ``above the target (80 %)``.

    Its own words begin at the last mark before it; those of a percentage alone in brackets go on before
    the bracket. Where they begin at a figure they are that one's: ``19/20 targets (95 %)``.
    """
    if EARLIER in stated.tags:
        return True
    reading = text.prose.reading_of(stated.passage)
    first = _own_words(reading, stated)
    if first is None:
        return False
    cues = reading.cues_between(first, stated.first)
    aims = max((cue.last for cue in cues if cue.tags & _AIMS), default=0)
    shares = max((cue.last for cue in cues if cue.tags & _SHARES and not cue.tags & _AIMS), default=0)
    if aims > shares or any("period_base" in cue.tags for cue in cues):
        return True
    # "2020: 75 %" beside "412/500 cases": with a day or year among its words it is of another time.
    words = [token.key for token in reading.tokens[first : stated.first]]
    named = any("other_period" in roles for _, _, roles in text.book.find(words))
    return named or bool(reading.mentions_between(first, stated.first))


def _own_words(reading: Reading, stated: Mention) -> int | None:
    """Where the own words of a percentage begin; None if no mark parts them from a figure."""
    at = bisect_left(reading.mention_places, stated.first)
    before = [m for m in reading.mentions[max(0, at - 4) : at] if m.kind is not MentionKind.NAME]
    edge = before[-1].last if before else 0
    for place in range(stated.first - 1, max(edge, stated.first - _FARTHEST) - 1, -1):
        token = reading.tokens[place]
        if token.kind is not TokenKind.MARK or token.key not in _STOPS | _OPENERS | _CLOSERS:
            continue
        if token.key not in _OPENERS or place < stated.first - 1:
            return place + 1
    return None if before else edge


def _is_of_all(text: Text, node: Node, stated: Stated) -> bool:
    """Whether ``p % of all …`` stands after a fraction of only some: ``120/150 online cases``."""
    owner = node.items[stated.owner] if stated.owner is not None else None
    reading, after = text.prose.reading_of(stated.mention.passage), stated.mention.last
    if owner is None or owner.base is None:
        return False
    if not any("total" in cue.tags for cue in reading.cues_between(after, after + 2)):
        return False
    named = text.book.named(stated.trail)
    return any(text.book.dimension_of.get(role, _STAGE) - _STAGE for role in owner.roles - named)


_STAGE = frozenset({"stage"})


def follows_another(text: Text, part: Mention, stated: Mention) -> bool:
    """Whether a figure has another percentage already, between it and this one or before its bracket."""
    reading = text.prose.reading_of(stated.passage)
    between = reading.mentions_between(part.last, stated.first)
    if any(map(_is_level, between)):
        return True
    at = bisect_left(reading.mention_places, part.first)
    before = reading.mentions[at - 1] if at else None
    opened = part.first > 0 and reading.tokens[part.first - 1].key in _OPENERS
    return opened and before is not None and _is_level(before) and before.sentence == part.sentence


def _is_level(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERCENT and not mention.tags & {CHANGED, "growth", "at:growth"}

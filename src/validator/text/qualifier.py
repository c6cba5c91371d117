"""What the words before a number make of it: a bound, a guess, an aim, a change, another time's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.text.mention import Mention, MentionKind
from validator.text.token import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.text.mention import Cue

HEDGED, PLANNED, CHANGED, EARLIER = "hedged", "planned", "changed", "earlier"
_PASSED = frozenset(
    {"link", "vague", "share", "rate", "period_base", "base", "neutral", "aim", "plan", "growth"}
)
_LEVELS = frozenset({"from_word", "to_word"})
"""After these a number is where a change begins or ends, not the change itself."""
_FARTHEST = 14
UPWARD, DOWNWARD = "signed:up", "signed:down"
_SIGNS, _BEHIND = frozenset("+-–−"), frozenset("([,;")
_DASHES = frozenset("-–—")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def qualities(tokens: Sequence[Token], ending: Mapping[int, Cue], position: int) -> frozenset[str]:
    """What the run of cues that ends at a number says of it; years in the run are passed over."""
    found: set[str] = set()
    place, is_level = position, False
    while place > max(0, position - _FARTHEST):
        named = ending.get(place - 1) if tokens[place - 1].key == ":" else None
        if named is not None and named.tags & {"plan", "aim"} and place == position:
            place -= 1
        cue = ending.get(place)
        if cue is None:
            if tokens[place - 1].kind is TokenKind.NUMBER and _YEAR.fullmatch(tokens[place - 1].text):
                year = ending.get(place - 1)
                if year is not None and "year_word" in year.tags:
                    found.add(EARLIER)
                    place = year.first
                    continue
            break
        if not cue.tags & _PASSED or ("and" in cue.tags and "vague" not in cue.tags):
            break
        is_level = is_level or bool(cue.tags & _LEVELS)
        found |= _said(cue.tags, is_level=is_level, is_earlier=EARLIER in found)
        place = cue.first
    return frozenset(found) | _signed(tokens, position)


def _signed(tokens: Sequence[Token], position: int) -> frozenset[str]:
    """A sign that is glued to a number behind a mark says that it is a change: ``(132/151, -12,58 %)``."""
    if position < 2 or tokens[position - 1].key not in _SIGNS:
        return frozenset()
    sign, before = tokens[position - 1], tokens[position - 2]
    is_glued = sign.end == tokens[position].start and before.end < sign.start
    if (
        (not is_glued and before.key not in "([")
        or before.kind is not TokenKind.MARK
        or before.key not in _BEHIND
    ):
        return frozenset()
    return frozenset({CHANGED, "at:growth", UPWARD if sign.key == "+" else DOWNWARD})


def _said(tags: frozenset[str], *, is_level: bool, is_earlier: bool) -> set[str]:
    """What one cue says; "from" before another time is no bound."""
    said = set()
    if "vague" in tags and not (is_earlier and tags & _LEVELS):
        said.add(HEDGED)
    if tags & {"aim", "plan"}:
        said.add(PLANNED)
    if "period_base" in tags:
        said.add(EARLIER)
    if "growth" in tags and "new_level" not in tags and not is_level:
        said.add(CHANGED)
    return said


def with_ranges(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Mark both ends of a range ("98-100%", "90 – 95 %"), the first of which takes the percent sign."""
    made = list(mentions)
    for index in range(len(made) - 1):
        one, other = made[index], made[index + 1]
        between = tokens[one.last : other.first]
        if len(between) != 1 or between[0].key not in _DASHES or other.kind is not MentionKind.PERCENT:
            continue
        if one.kind is MentionKind.PERCENT or (one.kind is MentionKind.COUNT and not one.unit_is_near):
            made[index] = evolve(one, kind=MentionKind.PERCENT, is_quantity=False, tags=one.tags | {HEDGED})
            made[index + 1] = evolve(other, tags=other.tags | {HEDGED})
    return made

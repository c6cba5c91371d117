"""A claim that one figure is at most another, and how alike two figures must be counted for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import bounds, number_of
from validator.claims.prose import make_claim
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from validator.claims.prose import Prose
    from validator.claims.structure import Text
    from validator.text.item import Item
    from validator.text.mention import Mention

UNLIKE, UNSURE, ALIKE = 0, 1, 2
_NESTED = frozenset({"unit:place", "unit:task", "unit:event", "unit:household", "unit:business", "unit:turn"})
"""Groups of which one unit holds others, or counts what another does not: a district holds communes."""
_KINDS = frozenset({MentionKind.COUNT, MentionKind.MONEY})
_PEOPLE = "unit:person"
_NOUN = 2


def is_at_most(small: Mention, large: Mention) -> bool:
    """Whether one figure may be no more than another, as far as they are written out."""
    return bounds(small)[0] <= bounds(large)[1]


def at_most(prose: Prose, smaller: Mention, larger: Mention, *, firm: bool) -> Claim:
    """Make the claim that a part is at most its whole; *firm*: more is a fault, whatever else there is."""
    holds = is_at_most(smaller, larger)
    verdict = ClaimVerdict.PASS if holds else ClaimVerdict.FAIL if firm else ClaimVerdict.UNDECIDED
    failed = verdict is ClaimVerdict.FAIL
    return make_claim(
        prose,
        ClaimKind.LEQ,
        verdict,
        (smaller, larger),
        numbers_of(smaller, larger),
        reason="part-exceeds-whole" if failed else "",
        cure={"smaller": smaller.text, "larger": larger.text} if failed else {},
    )


def compared(
    prose: Prose, now: Mention, then: Mention, verdict: ClaimVerdict, *, above: bool, said: str
) -> Claim:
    """Make the claim that a figure stands to another as words *said*: above it, or below."""
    failed = verdict is ClaimVerdict.FAIL
    return make_claim(
        prose,
        ClaimKind.LEQ,
        verdict,
        (now, then),
        numbers_of(then, now) if above else numbers_of(now, then),
        reason="is-not-as-compared" if failed else "",
        cure={"now": now.text, "then": then.text, "said": said} if failed else {},
        roles=("now", "then"),
    )


def numbers_of(smaller: Mention, larger: Mention) -> dict[str, str]:
    """Both figures as they are written, or in base units where their scales differ."""
    same = smaller.scale == larger.scale
    return {
        "smaller": number_of(smaller) if same else str(smaller.amount),
        "larger": number_of(larger) if same else str(larger.amount),
    }


def likeness(text: Text, part: Item, whole: Item) -> int:
    """How surely a figure counts some of what another counts, by their units and nouns."""
    one, other = part.mention, whole.mention
    if one.kind is not other.kind or one.kind not in _KINDS:
        return UNLIKE
    if one.kind is MentionKind.MONEY:
        return ALIKE
    if one.unit_is_near and other.unit_is_near:
        return _of_units(text, one, other)
    # Of a figure with a noun of its own, a unit farther off is another thing's.
    units = [item.mention.group for item in (part, whole) if item.mention.unit_is_near or not item.trail]
    if len(units) == _NOUN and all(units) and units[0] != units[1]:
        return UNLIKE
    noun = tuple(other.unit.split()) if other.unit_is_near else whole.trail[:_NOUN]
    if noun and (_holds(part.lead, noun, text) or part.trail[:_NOUN] == noun):
        return ALIKE
    # "Dossiers sent in: 538", "504 dossiers answered".
    own = tuple(one.unit.split()) if one.unit_is_near and not whole.trail else ()
    return ALIKE if own and _holds(whole.lead, own, text) else UNSURE


def _of_units(text: Text, one: Mention, other: Mention) -> int:
    if one.unit == other.unit:
        return ALIKE
    if one.group != other.group:
        return UNLIKE
    if one.unit.split()[0] == other.unit.split()[0]:
        return ALIKE
    if one.group in _NESTED:
        return UNLIKE
    is_general = any(text.book.is_said("general", _folded(text, unit)) for unit in (one.unit, other.unit))
    return ALIKE if is_general or one.group == _PEOPLE else UNSURE


def _holds(words: tuple[str, ...], noun: tuple[str, ...], text: Text) -> bool:
    folded = _folded(text, " ".join(noun))
    size = len(folded)
    return any(words[at : at + size] == folded for at in range(len(words) - size + 1))


def _folded(text: Text, unit: str) -> tuple[str, ...]:
    return tuple([text.prose.lexicon.fold(word) for word in unit.split()])

"""Bounds: a part is at most its whole, a window of dates begins before it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.day import find_windows
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of
from validator.claims.mention import Mention, MentionKind, Reading
from validator.claims.prose import Prose, make_claim, same_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSED_GROUPS = frozenset({"unit:place", "unit:case", "unit:procedure", "unit:household"})
"""Things of which there are no more than there are; a plan for others may be exceeded."""
_GAP = 14


def find_bounds(prose: Prose) -> Iterator[Claim]:
    """Yield part ≤ whole for ``a/b``, for single parts of a total, for narrower labels, for windows."""
    for reading in prose.readings.values():
        yield from _ratios(prose, reading)
        yield from _parts(prose, reading)
        yield from _narrower(prose, reading)
    for window in find_windows(prose):
        numbers: dict[str, str | tuple[str, ...]] = {
            "smaller": window.start.isoformat(),
            "larger": window.end.isoformat(),
        }
        holds = window.start <= window.end
        yield Claim(
            kind=ClaimKind.LEQ,
            verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
            quote=window.quote,
            location=window.location,
            numbers=numbers,
            reason="" if holds else "window-ends-before-it-begins",
            help={} if holds else {"smaller": window.start_text, "larger": window.end_text},
        )


def _ratios(prose: Prose, reading: Reading) -> Iterator[Claim]:
    for over, under in zip(reading.mentions, reading.mentions[1:], strict=False):
        if over.role == "over" and under.role == "under":
            holds = over.amount <= under.amount
            firm = over.group in _CLOSED_GROUPS and not _is_exceeded(reading, over, under) and not under.odd
            yield _claim(prose, over, under, holds=holds, firm=firm)


def _is_exceeded(reading: Reading, over: Mention, under: Mention) -> bool:
    """Whether the text itself says that more was done than planned."""
    near = reading.cues_between(max(0, over.first - _GAP), under.last + _GAP)
    percent = any(
        mention.kind is MentionKind.PERCENT and mention.value > 100
        for mention in reading.mentions_from(under.last)
        if mention.first < under.last + _GAP
    )
    return percent or any(cue.tags & {"growth", "aim"} or "neutral" in cue.tags for cue in near)


def _parts(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """The first part named after "of which": not more than the number it is part of."""
    for cue in reading.cues:
        if "parts_some" not in cue.tags:
            continue
        part = next(iter(reading.mentions_from(cue.last)), None)
        whole = _before(reading, cue.first)
        if part is None or whole is None or part.first - cue.last > _GAP or cue.first - whole.last > _GAP:
            continue
        if not part.is_quantity or part.role == "under" or whole.role or not same_kind(part, whole):
            continue
        if part.sentence == whole.sentence and part.depth >= whole.depth and whole.unit == part.unit:
            firm = part.unit_is_near and whole.unit_is_near
            yield _claim(prose, part, whole, holds=part.amount <= whole.amount, firm=firm)


def _before(reading: Reading, first: int) -> Mention | None:
    last = None
    for mention in reading.mentions_from(max(0, first - 2 * _GAP)):
        if mention.first >= first:
            break
        last = mention if mention.is_quantity else last
    return last


def _narrower(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """A label that adds only a narrowing adverb to its neighbour's counts no more than that."""
    for wide, narrow in zip(reading.mentions, reading.mentions[1:], strict=False):
        if not (wide.is_quantity and narrow.is_quantity) or wide.sentence != narrow.sentence:
            continue
        if wide.role or narrow.role or "narrowing" not in narrow.tags or "narrowing" in wide.tags:
            continue
        one, other = _content(prose, wide), _content(prose, narrow)
        if one and one < other and same_kind(wide, narrow) and other - one <= _adverb(reading, narrow):
            yield _claim(prose, narrow, wide, holds=narrow.amount <= wide.amount, firm=True)


def _content(prose: Prose, mention: Mention) -> set[str]:
    return {word for word in mention.before if word not in prose.lexicon.stop}


def _adverb(reading: Reading, mention: Mention) -> set[str]:
    cues = reading.cues_between(max(0, mention.first - _GAP), mention.first)
    return {
        token.key
        for cue in cues
        if "narrowing" in cue.tags
        for token in reading.tokens[cue.first : cue.last]
    }


def _claim(prose: Prose, smaller: Mention, larger: Mention, *, holds: bool, firm: bool) -> Claim:
    verdict = ClaimVerdict.PASS if holds else ClaimVerdict.FAIL if firm else ClaimVerdict.UNDECIDED
    same_scale = smaller.scale == larger.scale
    numbers: dict[str, str | tuple[str, ...]] = {
        "smaller": number_of(smaller) if same_scale else str(smaller.amount),
        "larger": number_of(larger) if same_scale else str(larger.amount),
    }
    failed = verdict is ClaimVerdict.FAIL
    return make_claim(
        prose,
        ClaimKind.LEQ,
        verdict,
        (smaller, larger),
        numbers,
        reason="part-exceeds-whole" if failed else "",
        help={"smaller": smaller.text, "larger": larger.text} if failed else {},
    )

"""Bounds: a part is at most its whole, a window of dates begins before it ends."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from validator.claims.at_most import at_most
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.prose import Prose, same_kind
from validator.claims.window import Window, find_data_end, find_windows
from validator.text.mention import Mention, MentionKind, Reading
from validator.text.qualifier import HEDGED
from validator.text.ratio import UNEVEN
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSED_GROUPS = frozenset({"unit:place", "unit:procedure", "unit:household"})
"""Things of which there are no more than there are; of cases more may be resolved than came in."""
_GAP = 14
_SENTENCE = 60


def find_bounds(prose: Prose) -> Iterator[Claim]:
    """Yield part ≤ whole for ``a/b``, for single parts of a total, for narrower labels, for windows."""
    for reading in prose.readings.values():
        yield from _ratios(prose, reading)
        yield from _narrower(prose, reading)
        yield from _so_far(prose, reading)
    for window in find_windows(prose):
        yield _window_claim(window, "window-ends-before-it-begins")
    data_end = find_data_end(prose)
    if data_end is not None:
        yield _window_claim(data_end, "dated-before-data-end")


def _window_claim(window: Window, reason: str) -> Claim:
    holds = window.start <= window.end
    return Claim(
        kind=ClaimKind.LEQ,
        verdict=ClaimVerdict.PASS if holds else ClaimVerdict.FAIL,
        quote=window.quote,
        location=window.location,
        numbers={"smaller": window.start.isoformat(), "larger": window.end.isoformat()},
        reason="" if holds else reason,
        help={} if holds else {"smaller": window.start_text, "larger": window.end_text},
    )


def _ratios(prose: Prose, reading: Reading) -> Iterator[Claim]:
    for over, under in zip(reading.mentions, reading.mentions[1:], strict=False):
        if over.role == "over" and under.role == "under" and UNEVEN not in over.tags:
            firm = over.group in _CLOSED_GROUPS and not _is_exceeded(reading, over, under) and not under.odd
            firm = firm and HEDGED not in over.tags and _is_of_unit(prose, reading, over, under)
            yield at_most(prose, over, under, firm=firm)


def _is_of_unit(prose: Prose, reading: Reading, over: Mention, under: Mention) -> bool:
    """Whether no words behind ``a`` or ``b`` say that they count different things.

    ``80 procedures/6 groups`` are as many *in* six groups: another noun is another thing.
    """
    words = [token.key for token in reading.tokens[over.last : under.first - 1]]
    unit = [prose.lexicon.fold(word) for word in over.unit.split()]
    after = [token.key for token in reading.tokens[under.last : under.last + len(unit)]]
    next_one = reading.tokens[under.last] if under.last < len(reading.tokens) else None
    is_named = next_one is not None and next_one.kind is TokenKind.WORD
    if words and is_named and after != unit and after[0] not in prose.lexicon.stop:
        return False
    return not words or words[: len(unit)] == unit


def _is_exceeded(reading: Reading, over: Mention, under: Mention) -> bool:
    """Whether the text itself says that more was done than planned."""
    near = reading.cues_between(max(0, over.first - _SENTENCE), under.last + _SENTENCE)
    percent = any(
        mention.kind is MentionKind.PERCENT and mention.value > 100
        for mention in reading.mentions_between(under.last, under.last + _GAP)
    )
    spoken = (cue.tags for cue in near if reading.sentences[cue.first] == over.sentence)
    return percent or any(tags & {"growth", "aim", "surplus", "period_base"} for tags in spoken)


def _narrower(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """A label that adds only a narrowing adverb to its neighbour's counts no more than that."""
    for wide, narrow in zip(reading.mentions, reading.mentions[1:], strict=False):
        if not (wide.is_quantity and narrow.is_quantity) or wide.sentence != narrow.sentence:
            continue
        if wide.role or narrow.role or "narrowing" not in narrow.tags or "narrowing" in wide.tags:
            continue
        one, other = _content(prose, wide), _content(prose, narrow)
        if one and one < other and same_kind(wide, narrow) and other - one <= _adverb(reading, narrow):
            yield at_most(prose, narrow, wide, firm=True)


def _so_far(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """What the last period added is at most what there is so far."""
    quantities = [mention for mention in reading.mentions if mention.is_quantity and not mention.role]
    for added, total in itertools.pairwise(quantities):
        grows = added.sentence == total.sentence and added.amount <= total.amount
        if "so_far" in total.tags and same_kind(added, total) and grows:
            yield at_most(prose, added, total, firm=False)


def _content(prose: Prose, mention: Mention) -> set[str]:
    unit = {prose.lexicon.fold(word) for word in mention.unit.split()}
    return {word for word in mention.before if word not in prose.lexicon.stop} - unit


def _adverb(reading: Reading, mention: Mention) -> set[str]:
    cues = reading.cues_between(max(0, mention.first - _GAP), mention.first)
    return {
        token.key for cue in cues if "narrowing" in cue.tags for token in reading.tokens[cue.first : cue.last]
    }

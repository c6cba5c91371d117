"""Bounds: a part is at most its whole, a window of dates begins before it ends."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import number_of
from validator.claims.prose import Prose, make_claim, same_kind
from validator.claims.window import Window, find_data_end, find_windows
from validator.text.mention import Mention, MentionKind, Reading
from validator.text.qualifier import EARLIER, HEDGED, PLANNED
from validator.text.ratio import UNEVEN

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
        yield from _parts(prose, reading)
        yield from _narrower(prose, reading)
        yield from _so_far(prose, reading)
        yield from _present(prose, reading)
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
            holds = over.amount <= under.amount
            firm = over.group in _CLOSED_GROUPS and not _is_exceeded(reading, over, under) and not under.odd
            firm = firm and HEDGED not in over.tags and _is_of_unit(prose, reading, over, under)
            yield _claim(prose, over, under, holds=holds, firm=firm)


def _is_of_unit(prose: Prose, reading: Reading, over: Mention, under: Mention) -> bool:
    """Whether nothing between ``a`` and the stroke says that it counts something else than ``b``."""
    words = [token.key for token in reading.tokens[over.last : under.first - 1]]
    unit = [prose.lexicon.fold(word) for word in over.unit.split()]
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


def _parts(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """The first part named after "of which": not more than the number it is part of."""
    for cue in reading.cues:
        if "parts_some" not in cue.tags:
            continue
        part = next(iter(reading.mentions_from(cue.last)), None)
        if part is None or part.first - cue.last > _GAP or not part.is_quantity or part.role == "under":
            continue
        for nearness, whole in enumerate(_wholes(reading, cue.first)):
            if whole.role or not same_kind(part, whole) or part.sentence - whole.sentence > 1:
                continue
            holds = part.amount <= whole.amount
            firm = part.unit == whole.unit and part.unit_is_near and whole.unit_is_near
            firm = firm and nearness == 0 and part.sentence == whole.sentence
            firm = firm and not _is_part_itself(reading, whole, cue.first)
            firm = firm and not _may_be_of_another(reading, part, whole)
            if holds or firm:
                yield _claim(prose, part, whole, holds=holds, firm=firm)


def _may_be_of_another(reading: Reading, part: Mention, whole: Mention) -> bool:
    """Whether the number before "of which" is a guess or of another time, or another one may be the whole."""
    if (part.tags | whole.tags) & {HEDGED, PLANNED, EARLIER}:
        return True
    earlier = reading.mentions_between(whole.first - 3 * _GAP, whole.first)
    return any(m.is_quantity and same_kind(m, part) and part.amount <= m.amount for m in earlier)


def _is_part_itself(reading: Reading, whole: Mention, first: int) -> bool:
    """Whether the number before "of which" may be a part of an earlier total, which is then meant."""
    earlier = reading.cues_between(max(0, whole.first - 3 * _GAP), whole.first)
    listed = any(cue.tags & {"parts_some", "parts_all"} for cue in earlier)
    return listed or any(token.key == ";" for token in reading.tokens[whole.last : first])


def _wholes(reading: Reading, first: int) -> list[Mention]:
    """The quantities before a token, the nearest first."""
    found: list[Mention] = []
    for mention in reading.mentions_from(max(0, first - 3 * _GAP)):
        if mention.first >= first:
            break
        if mention.is_quantity:
            found.append(mention)
    return found[::-1][:2]


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


def _so_far(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """What the last period added is at most what there is so far."""
    quantities = [mention for mention in reading.mentions if mention.is_quantity and not mention.role]
    for added, total in itertools.pairwise(quantities):
        grows = added.sentence == total.sentence and added.amount <= total.amount
        if "so_far" in total.tags and same_kind(added, total) and grows:
            yield _claim(prose, added, total, holds=True, firm=False)


def _present(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """What there is of what was granted, in one sentence or in neighbouring rows.

    More than was granted is a fault only of posts, and only where no surplus is spoken of.
    """
    for granted in reading.mentions:
        if not granted.is_quantity or granted.role or "assigned" not in granted.tags:
            continue
        rows = [prose.readings.get(reading.index + step) for step in range(3)]
        nearby = (mention for row in rows if row for mention in row.mentions[:_GAP])
        filled = next((mention for mention in nearby if _fills(mention, granted)), None)
        if filled is not None:
            tags = filled.tags | granted.tags
            posts = all(mention.tags & {"posts", "after:posts"} for mention in (filled, granted))
            firm = posts and not tags & {"surplus", "after:surplus"} and not _tells_surplus(reading)
            yield _claim(prose, filled, granted, holds=filled.amount <= granted.amount, firm=firm)


def _fills(filled: Mention, granted: Mention) -> bool:
    return (
        filled.is_quantity
        and not filled.role
        and "present" in filled.tags
        and filled.unit == granted.unit
        and filled is not granted
    )


def _tells_surplus(reading: Reading) -> bool:
    return any("surplus" in cue.tags for cue in reading.cues[:60])


def _content(prose: Prose, mention: Mention) -> set[str]:
    unit = {prose.lexicon.fold(word) for word in mention.unit.split()}
    return {word for word in mention.before if word not in prose.lexicon.stop} - unit


def _adverb(reading: Reading, mention: Mention) -> set[str]:
    cues = reading.cues_between(max(0, mention.first - _GAP), mention.first)
    return {
        token.key for cue in cues if "narrowing" in cue.tags for token in reading.tokens[cue.first : cue.last]
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
        cure={"smaller": smaller.text, "larger": larger.text} if failed else {},
    )

"""Breakdowns inside a passage: a total and, after a word or a bracket, the parts of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.claims.addition import (
    Addition,
    all_runs,
    judge_addition,
    leaves_nothing,
    runs_of,
    sum_claim,
)
from validator.claims.claim import ClaimVerdict
from validator.claims.prose import Prose, same_kind
from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.claim import Claim
    from validator.text.mention import Cue, Mention, Reading

_MOST_PARTS = 40
_MOST_OPENINGS = 60
"""What has more of them is no sentence that anybody wrote."""
_NEAR_TOTAL = 45
_LEAD, _COLON = 9, 14
_LONGEST = 400


@record
class _Opening:
    """Where the parts of a total begin: token index, depth of brackets there, strength of the cue."""

    first: int
    depth: int
    strong: bool


def find_breakdowns(prose: Prose) -> Iterator[Claim]:
    """Yield the sums that breakdowns within one passage state."""
    for reading in prose.readings.values():
        openings: Counter[int] = Counter()
        for opening in _openings(reading):
            sentence = reading.sentences[min(opening.first, len(reading.sentences) - 1)]
            openings[sentence] += 1
            if openings[sentence] > _MOST_OPENINGS:
                continue
            for nearness, total in enumerate(_totals(reading, opening)):
                claims = list(_claims_of(prose, reading, total, opening))
                if nearness and not total.role:
                    # A total further off is meant only if it makes the sum true.
                    claims = [claim for claim in claims if claim.verdict is ClaimVerdict.PASS]
                yield from claims
                if any(claim.verdict is not ClaimVerdict.UNDECIDED for claim in claims) and not total.role:
                    break


def _openings(reading: Reading) -> Iterator[_Opening]:
    """Words that announce parts, and brackets right after a number."""
    for cue in reading.cues if reading.mentions else ():
        if cue.tags & {"parts_all", "parts_some"}:
            strong = "parts_all" in cue.tags
            yield _Opening(first=cue.last, depth=reading.depths[cue.first], strong=strong)
    yield from _unannounced(reading)
    for mention in reading.mentions:
        if mention.is_quantity and mention.role != "over" and (bracket := _bracket_after(reading, mention)):
            yield _Opening(first=bracket + 1, depth=mention.depth + 1, strong=True)


def _unannounced(reading: Reading) -> Iterator[_Opening]:
    """A colon soon after a number, and "of these N there are"."""
    for mention in reading.mentions:
        if not mention.is_quantity or mention.role:
            continue
        for index in range(mention.last, min(mention.last + _COLON, len(reading.tokens))):
            key = reading.tokens[index].key
            if key in {".", "(", ")"} or reading.tokens[index].kind is TokenKind.NUMBER:
                break
            if key == ":" and not reading.announces(index):
                yield _Opening(first=index + 1, depth=reading.depths[index], strong=False)
                break
        if "at:within" in mention.tags and "after:link" in mention.tags:
            yield _Opening(first=mention.last, depth=mention.depth, strong=False)


def _bracket_after(reading: Reading, mention: Mention) -> int | None:
    """The bracket that opens after the number and its unit, if no announcing word begins it."""
    for index in range(mention.last, min(mention.last + _LEAD, len(reading.tokens))):
        key = reading.tokens[index].key
        if key == "(":
            cues = reading.cues_between(index + 1, index + 2)
            announced = bool(cues) and bool(cues[0].tags & {"parts_all", "parts_some"})
            return None if announced else index
        if key in {",", ";", ".", ":", ")"}:
            return None
    return None


def _totals(reading: Reading, opening: _Opening) -> list[Mention]:
    """The numbers that may be the total: the nearest before, then one that is called a total."""
    before = [
        mention
        for mention in reading.mentions_between(opening.first - _NEAR_TOTAL, opening.first)
        if mention.is_quantity and mention.depth <= opening.depth
    ]
    if not before:
        return []
    nearest = before[-1]
    if nearest.role == "under":
        return [nearest] if len(before) < 2 else [before[-2], nearest]
    named = [mention for mention in reversed(before[:-1]) if "total" in mention.tags]
    return [nearest, *named[:1], *[m for m in before[:1] if m is not nearest and m not in named]]


def _claims_of(prose: Prose, reading: Reading, total: Mention, opening: _Opening) -> Iterator[Claim]:
    parts = _parts(reading, opening)
    if total.role:
        alike = [part for part in parts if part.role == total.role]
        plain = [part for part in parts if not part.role and same_kind(total, part)]
        yield from _ratio_sums(prose, total, alike or plain)
        return
    whole = [part for part in parts if part.role != "under" and _may_be_part(total, part)]
    top = _without_nested(reading, whole, opening)
    own = [part for part in whole if part.unit == total.unit and part.unit_is_near]
    for choice in (whole, *(other for other in (top, own) if other != whole)):
        runs = list(runs_of(total, choice))
        if runs:
            yield from (sum_claim(prose, total, run) for run in runs)
            return
    inner = list(all_runs(total, top))
    if inner:
        # A remark comes before the parts, or after them: what adds up is what is meant.
        yield from (sum_claim(prose, total, run) for run in inner)
        return
    clean = len(top) == len([p for p in parts if p.role != "under"]) or len(whole) == len(parts)
    promised = opening.strong or leaves_nothing(top)
    addition = Addition(
        total=total,
        parts=tuple(top),
        strong=opening.strong,
        clean=clean and _is_closed(reading, opening),
        open=not promised or _names_some(reading, opening),
    )
    claim = judge_addition(prose, addition)
    if claim is not None:
        yield claim


def _ratio_sums(prose: Prose, total: Mention, parts: list[Mention]) -> Iterator[Claim]:
    """Numerators add up to the numerator, bases to the base."""
    for run in runs_of(total, parts):
        yield sum_claim(prose, total, run)


def _may_be_part(total: Mention, part: Mention) -> bool:
    return part.kind is total.kind and (part.role == "" or same_kind(total, part))


def _parts(reading: Reading, opening: _Opening) -> list[Mention]:
    """The numbers at the level of the opening, up to the end of its sentence or bracket."""
    parts: list[Mention] = []
    bracketed: dict[int, Mention] = {}
    if opening.first >= len(reading.tokens):
        return parts
    sentence, end = reading.sentences[opening.first], _end_of_bracket(reading, opening)
    for mention in reading.mentions_from(opening.first):
        if mention.sentence != sentence or len(parts) + len(bracketed) == _MOST_PARTS:
            break
        if mention.first >= end:
            break
        if mention.depth == opening.depth and mention.is_quantity:
            parts.append(mention)
        elif mention.depth == opening.depth + 1 and mention.is_quantity and not parts:
            bracketed.setdefault(mention.bracket, mention)
    # "A (3), B (4), C (5)": the counts of an itemised list stand in brackets of their own.
    return parts or list(bracketed.values())


def _end_of_bracket(reading: Reading, opening: _Opening) -> int:
    """The token at which the bracket of the opening has ended; far off if it has none."""
    depths = reading.depths
    last = min(len(depths), opening.first + _LONGEST)
    return next((index for index in range(opening.first, last) if depths[index] < opening.depth), last)


def _without_nested(reading: Reading, parts: list[Mention], opening: _Opening) -> list[Mention]:
    """The parts without those that a second announcing word breaks down further."""
    kept: list[Mention] = []
    skipping_until = -1
    for index, part in enumerate(parts):
        start = parts[index - 1].last if index else opening.first
        nested = [cue for cue in reading.cues_between(start, part.first) if _nests(cue)]
        if nested and index:
            skipping_until = part.clause + 99
        if skipping_until >= 0 and any(token.key == ";" for token in reading.tokens[start : part.first]):
            skipping_until = -1
        if skipping_until < 0:
            kept.append(part)
    return kept


def _nests(cue: Cue) -> bool:
    return bool(cue.tags & {"parts_some", "parts_all", "remark"})


def _is_closed(reading: Reading, opening: _Opening) -> bool:
    """Whether the text after the opening holds nothing that makes the list a mere selection."""
    end = min(opening.first + 120, len(reading.tokens))
    return not any(
        cue.tags & {"traits", "remark", "stage_pending"}
        for cue in reading.cues_between(opening.first, end)
        if reading.sentences[cue.first] == reading.sentences[min(opening.first, end - 1)]
    )


def _names_some(reading: Reading, opening: _Opening) -> bool:
    """Whether words before the list or marks in it say that it goes on: "such as", "…"."""
    sentence = reading.sentences[min(opening.first, len(reading.sentences) - 1)]
    cues = reading.cues_between(max(0, opening.first - _LEAD), opening.first + _LONGEST)
    return any("open_list" in cue.tags and abs(reading.sentences[cue.first] - sentence) <= 1 for cue in cues)

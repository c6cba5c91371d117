"""Restatements: one quantity said in two places, and what contradicts a statement of none."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.day import Window, find_windows
from validator.claims.judge import number_of
from validator.claims.prose import Prose, make_claim, same_kind
from validator.text.mention import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = 10
_MOST_ALIKE = 12
_LABEL_LEAST = 3
_FAMILIES = ("state_", "stage_", "channel_", "level_")


def find_restatements(prose: Prose) -> Iterator[Claim]:
    """Yield what is said twice: equal, or with the same label and another number."""
    yield from _equal(prose)
    yield from _different(prose)
    yield from _windows(prose)


def _content(prose: Prose, mention: Mention) -> frozenset[str]:
    """The telling words around a number, its unit among them."""
    words = {word for word in (*mention.before, *mention.after[:5]) if word not in prose.lexicon.stop}
    return frozenset(words)


def _unit_words(prose: Prose, mention: Mention) -> set[str]:
    """The words of the unit: all that is counted in it has them in common."""
    return {prose.lexicon.fold(word) for word in mention.unit.split()}


def _equal(prose: Prose) -> Iterator[Claim]:
    """Equal numbers in two passages whose words overlap."""
    buckets: dict[object, list[Mention]] = defaultdict(list)
    for reading in prose.readings.values():
        for mention in reading.mentions:
            if mention.is_quantity or mention.kind is MentionKind.PERCENT:
                buckets[(mention.kind, mention.amount)].append(mention)
    for bucket in buckets.values():
        group = _alike(prose, bucket)
        if len(group) > 1:
            sure = [other for other in group[1:] if _tells_the_same(prose, group[0], other)]
            verdict = ClaimVerdict.PASS if sure else ClaimVerdict.UNDECIDED
            told = [group[0], *(sure or group[1:])]
            numbers: dict[str, str | tuple[str, ...]] = {"values": tuple(number_of(m) for m in told)}
            reason = "" if sure else "equal-by-chance"
            yield make_claim(
                prose,
                ClaimKind.RESTATEMENT,
                verdict,
                told,
                numbers,
                reason=reason,
                cure={"value": told[0].text},
            )


def _tells_the_same(prose: Prose, one: Mention, other: Mention) -> bool:
    """Whether most telling words of the shorter label, the unit left out, stand in the other."""
    here, there = (_content(prose, each) - _unit_words(prose, each) for each in (one, other))
    return bool(here & there) and 3 * len(here & there) >= 2 * min(len(here), len(there))


def _alike(prose: Prose, bucket: list[Mention]) -> list[Mention]:
    """The mentions of a bucket that share words with the first one, from other passages."""
    if len(bucket) == 1:
        return []
    near = bucket[: 2 * _MOST_ALIKE]
    contents = [_content(prose, mention) for mention in near]
    for position, first in enumerate(bucket[:_MOST_ALIKE]):
        words = contents[position]
        others = [
            other
            for other, others_words in zip(near[position + 1 :], contents[position + 1 :], strict=False)
            if _is_elsewhere(first, other)
            and same_kind(first, other)
            and _is_same(first, words, others_words)
            and not _names_another(first, other)
        ]
        if others:
            return [first, *others]
    return []


def _names_another(one: Mention, other: Mention) -> bool:
    """Whether the labels name two things of one family: on time and late, online and in person."""
    return any(
        (here := _members(one, family)) and (there := _members(other, family)) and not here & there
        for family in _FAMILIES
    )


def _members(mention: Mention, family: str) -> set[str]:
    tags = {tag.removeprefix("after:") for tag in mention.tags}
    return {tag for tag in tags if tag.startswith(family)}


def _is_elsewhere(one: Mention, other: Mention) -> bool:
    return one.passage != other.passage or one.sentence != other.sentence


def _is_same(mention: Mention, one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    if mention.group and mention.value >= _SMALL**2 and mention.value % 10:
        return True
    least = min(len(one), len(other))
    if mention.kind is MentionKind.PERCENT:
        return mention.decimals > 0 and (common >= 1 or mention.decimals > 1)
    if mention.value < _SMALL:
        return common >= 2 and common * 2 >= least
    return common >= 2 or (common >= 1 and (least <= 2 or mention.value >= _SMALL**2))


def _different(prose: Prose) -> Iterator[Claim]:
    """The same full label before two numbers; whether the scope is the same is not known."""
    buckets: dict[object, list[Mention]] = defaultdict(list)
    for reading in prose.readings.values():
        if reading.passage.in_table:
            continue
        for mention in reading.mentions:
            if (
                mention.is_quantity
                and not mention.role
                and "total" in mention.tags
                and "scope" not in mention.tags
            ):
                words = _content(prose, mention)
                if len(words) >= _LABEL_LEAST:
                    buckets[(mention.kind, mention.unit, words)].append(mention)
    for bucket in buckets.values():
        one = bucket[0]
        other = next((m for m in bucket[1:] if m.amount != one.amount and m.passage != one.passage), None)
        if other is not None:
            numbers: dict[str, str | tuple[str, ...]] = {"values": (number_of(one), number_of(other))}
            yield make_claim(prose, ClaimKind.RESTATEMENT, ClaimVerdict.UNDECIDED, (one, other), numbers)


def _windows(prose: Prose) -> Iterator[Claim]:
    """The window of the data, said twice."""
    windows = list(find_windows(prose))
    by_window: dict[tuple[str, str], list[Window]] = defaultdict(list)
    for window in windows:
        by_window[(window.start.isoformat(), window.end.isoformat())].append(window)
    for (start, end), group in by_window.items():
        if len(group) > 1:
            yield Claim(
                kind=ClaimKind.RESTATEMENT,
                verdict=ClaimVerdict.PASS,
                quote=group[1].quote,
                location=group[1].location,
                numbers={"values": (f"{start}..{end}",) * len(group)},
            )

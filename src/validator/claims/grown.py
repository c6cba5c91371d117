"""A rise or fall in per cent: what a figure was, what it is, and by what part it changed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import bounds, number_of, written
from validator.claims.prose import make_claim
from validator.model.record import record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.structure import Text
    from validator.text.mention import Mention
    from validator.text.token import Exact

_HUNDRED = 100
UP, DOWN = "up", "down"


@record
class Change:
    """A figure, what it was, and which way the words say it went; ``sure`` if one sentence says all."""

    now: Mention
    before: Mention
    way: str
    sure: bool


def way_of(roles: frozenset[str]) -> str:
    """Which way words of these roles say that a figure went; empty if none or both."""
    return UP if UP in roles else DOWN if DOWN in roles else ""


def sum_of_change(
    before: Mention, now: Mention, by: Mention, way: str
) -> tuple[Mention, tuple[Mention, Mention]]:
    """A total and its parts: what there is of what was and the rise, what was of what is and the fall."""
    return (now, (before, by)) if way == UP else (before, (now, by))


def is_sort(one: Mention, other: Mention) -> bool:
    """Whether two figures are counted alike, as far as their units say."""
    if one.kind is not other.kind:
        return False
    return not (one.unit_is_near and other.unit_is_near) or one.group == other.group


def grown_by_share(text: Text, change: Change, stated: Mention) -> Claim:
    """Judge a rise or fall in per cent: the digits as written, and the way it went."""
    verdict = judge_growth(change, stated)
    if verdict is ClaimVerdict.FAIL and not change.sure:
        verdict = ClaimVerdict.UNDECIDED
    return growth_claim(text, change, stated, verdict)


def judge_growth(change: Change, stated: Mention) -> ClaimVerdict:
    """Whether a figure rose or fell by so many per cent: pass, truncated or fail."""
    low_now, high_now = bounds(change.now)
    low, high = bounds(change.before)
    if low <= 0:
        return ClaimVerdict.FAIL
    half = Fraction(stated.step, 2)
    least, most = Fraction(low_now, high) - 1, Fraction(high_now, low) - 1
    if change.way == DOWN:
        least, most = -most, -least
    least, most = least * _HUNDRED, most * _HUNDRED
    if stated.value - half <= most and least <= stated.value + half:
        return ClaimVerdict.PASS
    cut = stated.value <= most and least < stated.value + stated.step
    return ClaimVerdict.TRUNCATED if cut else ClaimVerdict.FAIL


def growth_claim(text: Text, change: Change, stated: Mention, verdict: ClaimVerdict) -> Claim:
    """Word a rise or fall in per cent."""
    now, before = change.now, change.before
    same, scale, decimals = _scale_of(now, before)
    gap = Fraction(now.amount - before.amount)
    shown = written(Fraction(abs(gap), 10**scale), decimals)
    was = number_of(before) if same else str(before.amount)
    exact = Fraction(gap * _HUNDRED, before.amount) if before.amount else Fraction(0)
    return _told(text, change, stated, verdict, (shown, was), before.text, exact)


def _scale_of(one: Mention, other: Mention) -> tuple[bool, int, int]:
    """Whether two figures are written in one scale, that scale, and the decimals of both."""
    same = one.scale == other.scale
    return (same, one.scale, max(one.decimals, other.decimals)) if same else (same, 0, 0)


def _told(
    text: Text,
    change: Change,
    stated: Mention,
    verdict: ClaimVerdict,
    fraction: tuple[str, str],
    before: str,
    exact: Fraction,
) -> Claim:
    """Make the claim of a change in per cent: what was stated, of which fraction, and what is right."""
    differs = verdict in (ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED)
    right = written(Fraction(round(exact * 100), 100), 2).replace(".", ",")
    cure = {"now": change.now.text, "before": before, "stated": stated.text, "right": right}
    return make_claim(
        text.prose,
        ClaimKind.PERCENT,
        verdict,
        (change.now, change.before, stated),
        {"numerator": fraction[0], "denominator": fraction[1], "stated": number_of(stated)},
        reason="change-differs" if differs else "",
        cure=cure if differs else {},
        roles=("now", "before", "share"),
    )


def grown_by_both(
    text: Text,
    change: Change,
    stated: Mention,
    *,
    is_change: bool,
    may_be_before: bool = False,
    was_now: bool = False,
) -> Iterator[Claim]:
    """Judge ``N, up by C, or p %``: C (here ``before``) is so many per cent of what N was.

    ``is_change``: the percentage is said to be of the change; else it may be a share of N.
    ``may_be_before``: N may itself be what there was; then nothing fails that is right so. ``was_now``:
    so the words say.
    """
    now, by = change.now, change.before
    was = now.amount - by.amount if change.way == UP else now.amount + by.amount
    if was <= 0 or not now.amount:
        return
    half = Fraction(stated.step, 2)
    # Money and what is measured is rounded, and so is what is made of it.
    is_rounded = now.kind is MentionKind.MONEY or now.decimals
    slack = Fraction(_HUNDRED * (now.step + by.step), was) if is_rounded else Fraction(0)
    exact, of_now = (Fraction(_HUNDRED * by.amount, each) for each in (was, now.amount))
    is_of_now = abs(of_now - stated.value) <= half + slack
    verdict = ClaimVerdict.PASS
    if abs(exact - stated.value) > half + slack and not (is_of_now and may_be_before):
        told = change.sure and (is_change or not is_of_now)
        verdict = ClaimVerdict.FAIL if told else ClaimVerdict.UNDECIDED
        if stated.value <= exact < stated.value + stated.step:
            verdict = ClaimVerdict.TRUNCATED
    yield _both_claim(
        text, change, stated, verdict, now.amount if may_be_before and (is_of_now or was_now) else was
    )


def _both_claim(text: Text, change: Change, stated: Mention, verdict: ClaimVerdict, was: Exact) -> Claim:
    now, by = change.now, change.before
    same, scale, decimals = _scale_of(now, by)
    before = written(Fraction(was, 10**scale), decimals)
    fraction = (number_of(by) if same else str(by.amount), before)
    exact = Fraction(_HUNDRED * by.amount, was)
    return _told(text, change, stated, verdict, fraction, before.replace(".", ","), exact)

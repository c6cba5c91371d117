"""Exact verdicts on what written digits can mean; no constant is guessed.

A percentage, money or a measured quantity stands for every value that rounds to it, a count for
itself alone.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.text.mention import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.token import Exact

_HUNDRED = 100
_FINEST = 12
_EXACT_GROUPS = frozenset({"unit:score", "unit:person", "unit:case"})


def written(value: Exact, decimals: int) -> str:
    """Write a value that has that many decimals as a decimal string with a point."""
    if decimals <= 0:
        return str(value.numerator // value.denominator)
    digits = abs(value.numerator) * 10**decimals // value.denominator
    whole, rest = divmod(digits, 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{decimals}d}"


def number_of(mention: Mention) -> str:
    """The number of a mention as written, with a decimal point."""
    return written(mention.value, mention.decimals)


def amount_of(mention: Mention) -> str:
    """The amount of a mention in base units, with a decimal point."""
    return written(mention.amount, max(0, mention.decimals - mention.scale))


def bounds(mention: Mention) -> tuple[Exact, Exact]:
    """The least and the greatest value, in base units, that the written digits stand for."""
    amount = mention.amount
    if mention.kind is MentionKind.COUNT and not mention.decimals and not mention.scale:
        return amount.numerator, amount.numerator
    if not _is_rounded(mention):
        # Integers are many times faster than fractions, and most numbers are whole.
        plain = amount.numerator if amount.denominator == 1 else amount
        return plain, plain
    half = _half_of_last_place(mention.scale - mention.decimals)
    return amount - half, amount + half


@lru_cache(maxsize=256)
def _half_of_last_place(power: int) -> Exact:
    return 5 * 10 ** (power - 1) if power > 0 else Fraction(1, 2 * 10**-power)


def _is_rounded(mention: Mention) -> bool:
    kind = mention.kind
    if kind is MentionKind.MONEY or kind is MentionKind.PERCENT or kind is MentionKind.POINTS:
        return True
    return bool(mention.scale) or (mention.decimals > 0 and mention.group not in _EXACT_GROUPS)


def judge_share(part: Mention, whole: Mention, stated: Mention) -> ClaimVerdict:
    """Whether *stated* per cent of *whole* is *part*: pass, truncated or fail."""
    low_part, high_part = bounds(part)
    low_whole, high_whole = bounds(whole)
    if low_whole <= 0:
        return ClaimVerdict.UNDECIDED
    # Everything is multiplied out to twice a unit of the last place, so that whole numbers stay whole.
    factor = 10**stated.decimals
    written_twice = 2 * stated.value.numerator * factor // stated.value.denominator
    low, high = 2 * _HUNDRED * factor * low_part, 2 * _HUNDRED * factor * high_part
    if (written_twice - 1) * low_whole <= high and low <= (written_twice + 1) * high_whole:
        return ClaimVerdict.PASS
    if written_twice * low_whole <= high and low < (written_twice + 2) * high_whole:
        return ClaimVerdict.TRUNCATED
    return ClaimVerdict.FAIL


def adds_up(total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether some values within the written digits add up."""
    return overlap(bounds(total), sum_bounds(parts))


def sum_bounds(parts: Sequence[Mention]) -> tuple[Exact, Exact]:
    """The least and the greatest value that the written digits of all parts stand for together."""
    low: Exact = 0
    high: Exact = 0
    for part in parts:
        least, most = bounds(part)
        low, high = low + least, high + most
    return low, high


def overlap(one: tuple[Exact, Exact], other: tuple[Exact, Exact]) -> bool:
    """Whether two ranges have a value in common."""
    return other[0] <= one[1] and one[0] <= other[1]


def sum_gap(total: Mention, parts: Sequence[Mention]) -> tuple[Fraction, Fraction]:
    """By how much parts miss their total as written, and at the least, whatever was rounded; base units."""
    least, most = bounds(total)
    low, high = sum_bounds(parts)
    made: Exact = sum(part.amount for part in parts)
    least_gap = max(Fraction(0), Fraction(low - most), Fraction(least - high))
    return abs(Fraction(made - total.amount)), least_gap


def share_gap(part: Mention, whole: Mention, stated: Mention) -> tuple[Fraction, Fraction]:
    """By how many points a percentage is not the right one as written, and at the least."""
    exact = Fraction(_HUNDRED * part.amount, whole.amount)
    (low_part, high_part), (low_whole, high_whole) = bounds(part), bounds(whole)
    low, high = Fraction(_HUNDRED * low_part, high_whole), Fraction(_HUNDRED * high_part, low_whole)
    half = Fraction(stated.step, 2)
    least = max(Fraction(0), low - (stated.value + half), (stated.value - half) - high)
    return abs(exact - stated.value), least


def shown(value: Exact, decimals: int) -> str:
    """Write a difference with a decimal comma, without idle zeros, and never as 0 where it is none."""
    exact = Fraction(value)
    while decimals < _FINEST and exact and not round(exact * 10**decimals):
        decimals += 1
    text = written(Fraction(round(exact * 10**decimals), 10**decimals), decimals)
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def share_of(part: Mention, whole: Mention, decimals: int) -> str:
    """The right percentage, rounded half up to that many decimals."""
    factor = 10**decimals
    twice = Fraction(_HUNDRED * part.amount, whole.amount) * factor * 2
    return written(Fraction((twice + 1) // 2, factor), decimals)


def parts_giving(part: Mention, whole: Mention, stated: Mention) -> tuple[Fraction, Fraction] | None:
    """The least and greatest numerator, written as finely as *part*, that is *stated* per cent of *whole*.

    None if there is no such number: of 7 things none are 50 per cent.
    """
    half = Fraction(stated.step, 2)
    low_whole, high_whole = bounds(whole)
    low = Fraction((stated.value - half) * low_whole, _HUNDRED * part.step)
    high = Fraction((stated.value + half) * high_whole, _HUNDRED * part.step)
    least, most = -(-low.numerator // low.denominator), high.numerator // high.denominator
    factor = 10**part.decimals
    return (Fraction(least, factor), Fraction(most, factor)) if least <= most else None

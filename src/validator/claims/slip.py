"""Whether one slip of the pen explains why figures do not agree.

Figures of prose are tied by words, and words can be misread. A true relation that does not agree was
written down with a slip: a digit lost, doubled, changed or swapped with its neighbour, zeros lost, or
a figure of about the same size. Figures that no such slip in one of them would mend are more likely
to be of different things, so nobody is accused; they are undecided and named. However large the gap
is does not matter: ``1.250`` for ``12.500`` is one lost digit.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HUNDRED = 100
_CLOSE = Fraction(1, 100)
_FEW, _FEW_POINTS = 5, 5
"""Figures this near to agreeing were meant to – a hundredth, a few things, a few points: one was counted
or worked out a little differently, or of a base a little different."""
_DIGITS = "0123456789"
_FRACTION = re.compile(r"\d\s?/\s?\d")
_MOST_DIGITS = 15
_MOST_FIGURES = 24
_LONG, _PAIR = 3, 2


def unless_no_slip(claim: Claim) -> Claim:
    """Return a sum or a share of prose as undecided if no slip in one figure would make it agree.

    Printed tables, written equations and fractions say themselves what belongs together; lists announced
    as all there is do too and are not asked about here.
    """
    is_written = "=" in claim.quote or (claim.kind is ClaimKind.PERCENT and _FRACTION.search(claim.quote))
    is_said = claim.location.table is not None or is_written
    if is_said or claim.verdict is not ClaimVerdict.FAIL:
        return claim
    numbers = claim.numbers
    if claim.kind is ClaimKind.SUM and claim.reason in {"", "parts-differ-from-total", "balance-differs"}:
        figures = [str(numbers["total"]), *map(str, numbers["parts"])]
        is_slip = _is_close_sum(figures) or _is_slip_in_sum(figures)
    elif claim.kind is ClaimKind.PERCENT and claim.reason == "share-differs":
        figures = [str(numbers[key]) for key in ("numerator", "denominator", "stated")]
        is_slip = _is_close_share(figures) or _is_slip_in_share(figures)
    elif claim.reason == "change-differs":
        figures = [str(numbers[key]) for key in ("numerator", "denominator", "stated")]
        is_slip = _is_slip_in_change(*figures)
    elif claim.kind is ClaimKind.RESTATEMENT and claim.reason == "said-twice-differs":
        one, *others = map(str, numbers["values"])
        is_slip = all(_is_slip_of(one, other) for other in others)
    else:
        return claim
    return claim if is_slip else evolve(claim, verdict=ClaimVerdict.UNDECIDED, reason="")


def of_one_share(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield claims; a fraction whose own percentage agrees is not held against another one as well."""
    every = tuple(claims)
    agreeing: dict[object, list[Claim]] = {}
    for each in every:
        if each.kind is ClaimKind.PERCENT and each.verdict is ClaimVerdict.PASS:
            agreeing.setdefault(_fraction(each), []).append(each)
    for each in every:
        is_other = (
            each.kind is ClaimKind.PERCENT
            and each.verdict is ClaimVerdict.FAIL
            and any(len(each.used & one.used) >= _PAIR for one in agreeing.get(_fraction(each), ()))
        )
        yield evolve(each, verdict=ClaimVerdict.UNDECIDED, reason="") if is_other else each


def _fraction(claim: Claim) -> tuple[object, object]:
    return claim.numbers["numerator"], claim.numbers["denominator"]


def slips_of(figure: str) -> Iterator[int]:
    """Yield what a decimal string may have been meant to be, one slip apart, in units of its last place."""
    digits = figure.replace(".", "")
    if not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return
    for at in range(len(digits)):
        for digit in _DIGITS:
            yield int(digits[:at] + digit + digits[at + 1 :])
        yield int(digits[:at] + digits[at + 1 :] or "0")
    yield from map(int, with_one_more(digits))
    yield from map(int, with_two_swapped(digits))
    for zeros in ("00", "000"):
        yield int(digits + zeros)
        if digits.endswith(zeros):
            yield int(digits[: -len(zeros)] or "0")


def with_one_more(digits: str) -> Iterator[str]:
    """Yield digits with each other digit at each place: one may have been lost."""
    for at in range(len(digits) + 1):
        for digit in _DIGITS:
            yield digits[:at] + digit + digits[at:]


def with_two_swapped(digits: str) -> Iterator[str]:
    """Yield digits with each two neighbours in the other order."""
    for at, (one, other) in enumerate(pairwise(digits)):
        yield digits[:at] + other + one + digits[at + 2 :]


def places_of(figure: str) -> int:
    """How many decimals a decimal string has."""
    return len(figure.partition(".")[2])


def _on_one_scale(figures: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each figure, its value as a whole number on the finest scale of all, and that of its last place."""
    finest = max(map(places_of, figures))
    return [(each, int(Fraction(each) * 10**finest), 10 ** (finest - places_of(each))) for each in figures]


def _is_slip_in_sum(figures: Sequence[str]) -> bool:
    """Whether a slip in one figure would make the parts add up to the total, the first of them.

    Figures with decimals may be off by half a unit of the last place, whole ones are exact.
    """
    scaled = _on_one_scale(figures)
    slack = sum(step for figure, _, step in scaled if places_of(figure))
    gap = scaled[0][1] - sum(value for _, value, _ in scaled[1:])
    for place, (figure, value, step) in enumerate(scaled[:_MOST_FIGURES]):
        sign = -1 if place else 1
        if any(2 * abs(gap + sign * (slip * step - value)) <= slack for slip in slips_of(figure)):
            return True
    return False


def _is_slip_in_share(figures: Sequence[str]) -> bool:
    """Whether a slip in one of three would make part, whole and percentage agree, rounded or cut off."""
    (part, part_value, part_step), (whole, whole_value, whole_step) = _on_one_scale(figures[:2])
    ((stated, stated_value, _),) = _on_one_scale(figures[2:])
    factor = _HUNDRED * 10 ** places_of(stated)

    def agrees(one: int, all_of_it: int, share: int) -> bool:
        return all_of_it > 0 and abs(factor * one - share * all_of_it) <= all_of_it

    return (
        any(agrees(slip * part_step, whole_value, stated_value) for slip in slips_of(part))
        or any(agrees(part_value, slip * whole_step, stated_value) for slip in slips_of(whole))
        or any(agrees(part_value, whole_value, slip) for slip in slips_of(stated))
    )


def _is_slip_in_change(gap: str, before: str, stated: str) -> bool:
    """Whether a slip in one of four would make a gap so many per cent of what was before.

    Of figures of one or two digits almost any other is a slip away: those may be changed, not longer or
    shorter.
    """
    (_, gap_value, gap_step), (_, before_value, before_step) = _on_one_scale((gap, before))
    ((_, share_value, _),) = _on_one_scale((stated,))
    factor = _HUNDRED * 10 ** places_of(stated)

    def agrees(one: int, other: int, share: int) -> bool:
        return other > 0 and abs(factor * abs(one) - share * other) <= other

    nows = (before_value + gap_value, before_value - gap_value)
    shown = [str(Fraction(now, gap_step).numerator) for now in nows if now > 0]
    befores = [slip * before_step for slip in _slips_of_length(before)]
    return (
        (
            before_value > 0
            and abs(Fraction(_HUNDRED * gap_value, before_value) - Fraction(stated)) <= _FEW_POINTS
        )
        or any(agrees(gap_value, before_value, slip) for slip in slips_of(stated))
        or any(agrees(slip * gap_step, before_value, share_value) for slip in _slips_of_length(gap))
        or any(agrees(now - slip, slip, share_value) for slip in befores for now in nows)
        or any(
            agrees(slip * gap_step - before_value, before_value, share_value)
            for now in shown
            for slip in _slips_of_length(now)
        )
    )


def _slips_of_length(figure: str) -> Iterator[int]:
    """Yield slips of a figure; of a short one only those of its length."""
    length = len(figure.replace(".", ""))
    if length >= _LONG:
        yield from slips_of(figure)
        return
    yield from (each for each in slips_of(figure) if len(str(each)) == length)


def _is_slip_of(one: str, other: str) -> bool:
    """Whether one figure is another with a slip, rounded perhaps, or about as large."""
    (_, value, _), (_, meant, _) = _on_one_scale((one, other))
    if abs(value - meant) <= max(Fraction(_FEW), abs(value) * _CLOSE):
        return True
    slack = max(_rounded(one), _rounded(other))
    return any(
        abs(slip * step - fixed) <= slack
        for (figure, _, step), fixed in zip(_on_one_scale((one, other)), (meant, value), strict=True)
        for slip in slips_of(figure)
    )


def _rounded(figure: str) -> int:
    """By how much a figure that ends in several zeros may be off: half of its last other place.

    Of two other digits almost any figure is a slip away.
    """
    told = figure.rstrip("0")
    zeros = len(figure) - len(told)
    is_told = zeros == _PAIR or (zeros > _PAIR and len(told) >= _LONG)
    return 10**zeros // 2 if is_told and "." not in figure else 0


def _is_close_sum(figures: Sequence[str]) -> bool:
    total = Fraction(figures[0])
    return abs(total - sum(map(Fraction, figures[1:]))) <= max(Fraction(_FEW), total * _CLOSE)


def _is_close_share(figures: Sequence[str]) -> bool:
    part, whole, stated = map(Fraction, figures)
    # "All of it" is not written with a slip: it is said of what was not all.
    is_all = stated == _HUNDRED and part < whole
    return is_all or (whole > 0 and abs(Fraction(_HUNDRED * part, whole) - stated) <= _FEW_POINTS)

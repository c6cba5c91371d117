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
    from collections.abc import Callable, Iterator, Sequence

_HUNDRED = 100
_CLOSE = Fraction(1, 100)
_FEW, _FEW_POINTS = 5, 5
"""Figures this near to agreeing were meant to – a hundredth, a few things, a few points: one was counted
or worked out a little differently, or of a base a little different."""
_DIGITS = "0123456789"
_FRACTION = re.compile(r"\d\s?/\s?\d")
_MOST_DIGITS = 15
_MOST_FIGURES = 24


def unless_no_slip(claim: Claim) -> Claim:
    """Return a sum or a share of prose as undecided if no slip in one figure would make it agree.

    Printed tables, written equations and fractions, and lists announced as all there is say themselves
    what belongs together.
    """
    is_written = "=" in claim.quote or (claim.kind is ClaimKind.PERCENT and _FRACTION.search(claim.quote))
    is_said = claim.is_announced or claim.location.table is not None or is_written
    if is_said or claim.verdict is not ClaimVerdict.FAIL:
        return claim
    numbers = claim.numbers
    if claim.kind is ClaimKind.SUM and claim.reason in {"", "parts-differ-from-total", "balance-differs"}:
        figures = [str(numbers["total"]), *map(str, numbers["parts"])]
        agrees, is_close = _is_sum, _is_close_sum(figures)
    elif claim.kind is ClaimKind.PERCENT and claim.reason == "share-differs":
        figures = [str(numbers[key]) for key in ("numerator", "denominator", "stated")]
        agrees, is_close = _is_share, _is_close_share(figures)
    else:
        return claim
    if is_close or _is_one_slip(figures, agrees):
        return claim
    return evolve(claim, verdict=ClaimVerdict.UNDECIDED, reason="")


def _is_one_slip(figures: Sequence[str], agrees: Callable[[Sequence[str]], bool]) -> bool:
    """Whether some figure, written with one slip, makes all agree."""
    return any(
        agrees([*figures[:place], other, *figures[place + 1 :]])
        for place, figure in enumerate(figures[:_MOST_FIGURES])
        for other in slips_of(figure)
    )


def slips_of(figure: str) -> Iterator[str]:
    """Yield what a decimal string may have been meant to be, one slip apart."""
    whole, point, rest = figure.partition(".")
    digits, places = whole + rest, len(rest)
    if not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return
    for at in range(len(digits)):
        for digit in _DIGITS:
            yield _written(digits[:at] + digit + digits[at + 1 :], places, point)
        yield _written(digits[:at] + digits[at + 1 :], places, point)
    for at in range(len(digits) + 1):
        for digit in _DIGITS:
            yield _written(digits[:at] + digit + digits[at:], places, point)
    for at, (one, other) in enumerate(pairwise(digits)):
        yield _written(digits[:at] + other + one + digits[at + 2 :], places, point)
    for zeros in ("00", "000"):
        yield _written(digits + zeros, places, point)
        if digits.endswith(zeros):
            yield _written(digits[: -len(zeros)], places, point)


def _written(digits: str, places: int, point: str) -> str:
    digits = digits.rjust(places + 1, "0")
    return f"{digits[:-places]}{point}{digits[-places:]}" if places else digits


def _half(figure: str) -> Fraction:
    """Half a unit of the last place of a figure with decimals; whole figures are exact."""
    places = len(figure.partition(".")[2])
    return Fraction(1, 2 * 10**places) if places else Fraction(0)


def _is_sum(figures: Sequence[str]) -> bool:
    gap = abs(Fraction(figures[0]) - sum(map(Fraction, figures[1:])))
    return gap <= sum(map(_half, figures))


def _is_share(figures: Sequence[str]) -> bool:
    part, whole, stated = map(Fraction, figures)
    # A percentage that was cut off is as good as a rounded one here.
    return whole > 0 and abs(_HUNDRED * part / whole - stated) <= 2 * (_half(figures[2]) or Fraction(1, 2))


def _is_close_sum(figures: Sequence[str]) -> bool:
    total = Fraction(figures[0])
    return abs(total - sum(map(Fraction, figures[1:]))) <= max(Fraction(_FEW), total * _CLOSE)


def _is_close_share(figures: Sequence[str]) -> bool:
    part, whole, stated = map(Fraction, figures)
    # "All of it" is not written with a slip: it is said of what was not all.
    is_all = stated == _HUNDRED and part < whole
    return is_all or (whole > 0 and abs(_HUNDRED * part / whole - stated) <= _FEW_POINTS)

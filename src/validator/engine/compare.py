"""``left operator right`` for numbers that are not quite known → the outcomes that are possible.

A comparison holds for a completion if *some* rounding of the written values satisfies it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.exact.interval import Interval
from validator.exact.truth import FALSE, TRUE, UNDEFINED, Truth
from validator.lang.operator import COMPARISONS
from validator.model.quantity import size

if TYPE_CHECKING:
    from validator.exact.linear import Linear
    from validator.model.quantity import Number


def compare(difference: Linear, operator: str, slack: Number = 0) -> Truth:
    """Return the outcomes of ``difference operator 0``, for ``=`` within *slack*."""
    constant = difference.constant
    if not difference.terms:
        return _known(constant, operator, slack) | (UNDEFINED if difference.partial else 0)
    if operator in (">", "≥"):
        difference, operator = difference.scaled(-1), "<" if operator == ">" else "≤"
        constant = difference.constant
    # K is what rounding can make of the known part; a completion u satisfies the comparison with
    # equality if -u lies in K.
    around = difference.spread(missing=False).plus(Interval(constant, constant))
    free = difference.spread(missing=True)
    if operator == "=":
        around = around.plus(Interval(-slack, slack))
        truth = _equality(around.scaled(-1), free, difference.grid())
    elif operator == "≠":
        truth = TRUE if not around.is_point else _unequal(around, free, difference.grid())
    else:
        truth = _below(around, free, strict=operator == "<")
    return truth | (UNDEFINED if difference.partial else 0)


def _known(value: Number, operator: str, slack: Number) -> Truth:
    holds = size(value) <= slack if operator == "=" else COMPARISONS[operator].holds(value, 0)
    return TRUE if holds else FALSE


def _equality(target: Interval, free: Interval, grid: Number | None) -> Truth:
    return (TRUE if _meets(target, free, grid) else 0) | (0 if _covers(target, free) else FALSE)


def _unequal(around: Interval, free: Interval, grid: Number | None) -> Truth:
    equal = _equality(around.scaled(-1), free, grid)
    return (TRUE if equal & FALSE else 0) | (FALSE if equal & TRUE else 0)


def _meets(target: Interval, free: Interval, grid: Number | None) -> bool:
    """Whether a completion lies in *target*; on a grid only its points count."""
    low, low_open = _greater(target, free)
    high, high_open = _lesser(target, free)
    if low is None or high is None:
        return True
    if low > high or (low == high and (low_open or high_open)):
        return False
    if grid is None:
        return True
    first = low // grid + 1 if low_open else -(-low // grid)
    last = -(-high // grid) - 1 if high_open else high // grid
    return first <= last


def _greater(one: Interval, other: Interval) -> tuple[Number | None, bool]:
    if one.low is None:
        return other.low, other.low_open
    if other.low is None or one.low > other.low:
        return one.low, one.low_open
    if one.low == other.low:
        return one.low, one.low_open or other.low_open
    return other.low, other.low_open


def _lesser(one: Interval, other: Interval) -> tuple[Number | None, bool]:
    if one.high is None:
        return other.high, other.high_open
    if other.high is None or one.high < other.high:
        return one.high, one.high_open
    if one.high == other.high:
        return one.high, one.high_open or other.high_open
    return other.high, other.high_open


def _covers(target: Interval, free: Interval) -> bool:
    """Whether every completion lies in *target*."""
    return _end_inside(free.low, target.low, target.low_open, 1) and _end_inside(
        free.high, target.high, target.high_open, -1
    )


def _end_inside(end: Number | None, limit: Number | None, limit_open: bool, direction: int) -> bool:  # noqa: FBT001
    if limit is None:
        return True
    if end is None:
        return False
    beyond = (end - limit) * direction
    return beyond > 0 or (beyond == 0 and not limit_open)


def _below(around: Interval, free: Interval, *, strict: bool) -> Truth:
    """Return the outcomes of K + u ≤ 0 (or < 0)."""
    if around.low is None:
        return TRUE
    limit = -around.low
    exclusive = strict or around.low_open
    some = free.low is None or free.low < limit or (free.low == limit and not exclusive)
    every = free.high is not None and (free.high < limit or (free.high == limit and not exclusive))
    return (TRUE if some else 0) | (0 if every else FALSE)

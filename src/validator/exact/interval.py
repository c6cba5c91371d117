"""Exact intervals of rationals with open, closed or infinite ends (an infinite end is None)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.quantity import reciprocal
from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.quantity import Number


@record(kw_only=False)
class Interval:
    """All rationals from ``low`` to ``high``."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether the interval holds one number only."""
        return self.low is not None and self.low == self.high

    def holds_zero(self) -> bool:
        """Whether 0 lies in the interval (an open end at 0 does not count)."""
        above = self.low is None or self.low < 0 or (self.low == 0 and not self.low_open)
        below = self.high is None or self.high > 0 or (self.high == 0 and not self.high_open)
        return above and below

    @property
    def least_distance(self) -> Number:
        """How far from 0 the nearest of the numbers is."""
        if self.low is not None and self.low > 0:
            return self.low
        return -self.high if self.high is not None and self.high < 0 else 0

    def scaled(self, factor: Number) -> Interval:
        """Return the interval times *factor*."""
        if factor == 0:
            return POINT_ZERO
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor > 0:
            return Interval(low, high, self.low_open, self.high_open)
        return Interval(high, low, self.high_open, self.low_open)

    def plus(self, other: Interval) -> Interval:
        """Return all sums of a number of each."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def times(self, other: Interval) -> Interval:
        """Return an interval around all products; open ends are taken as closed."""
        corners: list[Number | None] = []
        low_unbounded = high_unbounded = False
        for one, one_sign in ((self.low, -1), (self.high, 1)):
            for two, two_sign in ((other.low, -1), (other.high, 1)):
                sign = _product_sign(one, one_sign, two, two_sign)
                if one is not None and two is not None:
                    corners.append(one * two)
                elif sign == 0:
                    corners.append(0)
                elif sign < 0:
                    low_unbounded = True
                else:
                    high_unbounded = True
        finite = [corner for corner in corners if corner is not None]
        return Interval(
            None if low_unbounded or not finite else min(finite),
            None if high_unbounded or not finite else max(finite),
        )

    def inverse(self, smallest: Number | None) -> Interval:
        """Return an interval around 1/x for the x ≠ 0 in the interval.

        *smallest* is the least absolute value that x can have if it is not 0 (1 for a count).
        """
        negative = self.low is None or self.low < 0
        positive = self.high is None or self.high > 0
        if not negative and not positive:
            return EVERYTHING
        if negative and positive:
            limit = None if smallest is None else reciprocal(smallest)
            return Interval(None if limit is None else -limit, limit)
        if positive:
            return Interval(
                0 if self.high is None else reciprocal(self.high), _reciprocal_near(self.low, smallest)
            )
        inverted = self.scaled(-1).inverse(smallest)
        return inverted.scaled(-1)


def _product_sign(one: Number | None, one_sign: int, two: Number | None, two_sign: int) -> int:
    left = one_sign if one is None else (one > 0) - (one < 0)
    right = two_sign if two is None else (two > 0) - (two < 0)
    return left * right


def _reciprocal_near(end: Number | None, smallest: Number | None) -> Number | None:
    nearest = smallest if end is None or end <= 0 else end
    return None if nearest is None else reciprocal(nearest)


POINT_ZERO = Interval(0, 0)
EVERYTHING = Interval(None, None)

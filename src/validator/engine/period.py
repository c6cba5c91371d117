"""When two periods are the same, one follows the other, or one is the shorter part of the other.

The window of a period is set by the superior unit and differs by a few weeks (15/12–14/12, 1/1–31/12:
see the ministry's letter 581/BNV-CCHC), so which months it covers is told by its middle and its length.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.given import kind_of_days

if TYPE_CHECKING:
    from validator.model.report import Period

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
_CUMULATIVE = frozenset({"quarter", "half_year", "nine_months", "year"})
_LONGEST_GAP = timedelta(days=45)


@record(kw_only=False)
class PeriodKey:
    """A period whatever its exact days: kind, year, and which one of the year (1, 2, … of its kind)."""

    kind: str
    year: int
    part: int

    @property
    def first_month(self) -> int:
        """The month it begins with, counted through all years."""
        return self.last_month - _MONTHS[self.kind]

    @property
    def last_month(self) -> int:
        """The month after which it ends, counted through all years: the first one of what follows."""
        return self.year * 12 + self.part * _MONTHS[self.kind]


def period_key(period: Period) -> PeriodKey | None:
    """Return which period it is, None if its days do not tell; its days count more than its name."""
    if period.start is None or period.end is None or period.start > period.end:
        return None
    kind = kind_of_days(period.start, period.end) or period.kind
    if kind not in _MONTHS:
        return None
    middle = period.start + (period.end - period.start) / 2
    months = _MONTHS[kind]
    # Nine months are always the first nine of a year.
    part = 1 if 12 % months else (middle.month - 1) // months + 1
    return PeriodKey(kind, middle.year, part)


def follows(later: Period, earlier: Period) -> bool:
    """Whether *later* is the period right after *earlier*; an older one is no evidence of anything."""
    one, other = period_key(later), period_key(earlier)
    if one is not None and other is not None:
        return one.first_month == other.last_month
    if None in (later.start, later.end, earlier.start, earlier.end):
        return False
    gap = later.start - earlier.end  # type: ignore[operator]
    shorter = min(later.end - later.start, earlier.end - earlier.start)  # type: ignore[operator]
    return timedelta(0) <= gap <= min(_LONGEST_GAP, shorter / 2)


def extends(longer: Period, shorter: Period) -> bool:
    """Whether *longer* counts from the month of *shorter* and goes on, as cumulative reports of a year do."""
    one, other = period_key(longer), period_key(shorter)
    if one is None or other is None or not {one.kind, other.kind} <= _CUMULATIVE:
        return False
    return one.first_month == other.first_month and one.last_month > other.last_month

"""When two periods are the same, one follows the other, or one is the shorter part of the other.

The window of a period is set by the superior unit and differs by a few weeks (15/12–14/12, 1/1–31/12:
see the ministry's letter 581/BNV-CCHC), so windows are told apart by their middle, not by their ends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.given import kind_of_days

if TYPE_CHECKING:
    from datetime import date

    from validator.model.report import Period

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
_CUMULATIVE = frozenset({"quarter", "half_year", "nine_months", "year"})
_MOST_APART = timedelta(days=45)
"""Windows of one period begin or end at most this far apart."""
_LONGEST_GAP = timedelta(days=45)
"""A report that ended longer ago than this was not followed by the one that begins now."""


@record(kw_only=False)
class PeriodKey:
    """A period whatever its exact days: kind, year, and which one of the year (1, 2, … of its kind)."""

    kind: str
    year: int
    part: int

    @property
    def text(self) -> str:
        """A short name that is safe in file names: ``2024-half_year-1``."""
        return f"{self.year}-{self.kind}-{self.part}"


def period_key(period: Period) -> PeriodKey | None:
    """Return which period it is, None if kind and days do not tell."""
    if period.start is None or period.end is None or period.start > period.end:
        return None
    kind = period.kind if period.kind in _MONTHS else kind_of_days(period.start, period.end)
    if kind is None:
        return None
    middle = period.start + (period.end - period.start) / 2
    months = _MONTHS[kind]
    # Nine months are always the first nine of a year.
    part = 1 if 12 % months else (middle.month - 1) // months + 1
    return PeriodKey(kind, middle.year, part)


def follows(later: Period, earlier: Period) -> bool:
    """Whether *later* begins where *earlier* ended, give or take the habits of units."""
    if later.start is None or earlier.end is None:
        return False
    return earlier.end <= later.start <= earlier.end + _LONGEST_GAP


def extends(longer: Period, shorter: Period) -> bool:
    """Whether *longer* counts from the day of *shorter* and goes on, as cumulative reports of a year do."""
    if None in (longer.start, longer.end, shorter.start, shorter.end):
        return False
    keys = period_key(longer), period_key(shorter)
    if not all(key and key.kind in _CUMULATIVE for key in keys):
        return False
    return _near(longer.start, shorter.start) and _ends_later(longer, shorter)


def _ends_later(longer: Period, shorter: Period) -> bool:
    return longer.end is not None and shorter.end is not None and longer.end > shorter.end + _MOST_APART


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _MOST_APART

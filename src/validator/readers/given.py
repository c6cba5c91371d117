"""What the caller knows of a report better than its file: form, unit, period, OCR, what it may cost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.model.report import Period

if TYPE_CHECKING:
    from validator.model.limits import Limits
    from validator.model.report import Unit

# Compiled when a period is given, which it seldom is.
_YEAR = r"([12][0-9]{3})"
_PART = r"([12][0-9]{3})-(?:Q([1-4])|H([12])|([0-9]{1,2})|([0-9]{1,2})M)"
_DAYS = r"([0-9-]{8,10})\.\.([0-9-]{8,10})"
_KINDS = {1: "month", 3: "quarter", 6: "half_year", 9: "nine_months", 12: "year"}
_YEAR_DAYS = 366


@record
class Given:
    """Form, unit and period to take instead of what the file says; None where it is to be asked.

    ``limits`` are what reading one file may cost, those of the environment where there are none.
    """

    form: str | None = None
    unit: Unit | None = None
    period: Period | None = None
    ocr: bool = False
    limits: Limits | None = None


def given_period(text: str) -> Period:
    """Return the period that *text* names: 2023, 2023-Q3, 2023-H1, 2023-9M, 2023-11, or ``day..day``."""
    try:
        return _period(text.strip())
    except ValueError as fault:
        place = Location()
        raise ValidatorError(Problem(code="cli/bad-period", location=place, args={"text": text})) from fault


def _period(text: str) -> Period:
    if found := re.fullmatch(_YEAR, text):
        return _months(int(found[1]), 1, 12)
    if found := re.fullmatch(_DAYS, text):
        start, end = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        if start > end:
            raise ValueError(text)
        return Period(kind=kind_of_days(start, end), start=start, end=end)
    found = re.fullmatch(_PART, text, re.IGNORECASE)
    if found is None:
        raise ValueError(text)
    year = int(found[1])
    if found[2]:
        return _months(year, 3 * int(found[2]) - 2, 3)
    if found[3]:
        return _months(year, 6 * int(found[3]) - 5, 6)
    return _months(year, 1, int(found[5])) if found[5] else _months(year, int(found[4]), 1)


def _months(year: int, first: int, count: int) -> Period:
    from calendar import monthrange  # which loads the names of days in all languages

    last = first + count - 1
    start, end = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    return Period(kind=_KINDS.get(count), start=start, end=end)


def kind_of_days(start: date, end: date) -> str | None:
    """Return the kind of a window of days that may begin in the middle of a month."""
    months = (end - start + timedelta(days=16)).days // 30
    return _KINDS.get(min(12, months)) if (end - start).days <= _YEAR_DAYS else None

"""The period of a report: that of its title, not of a plan, of a covering letter or of the text below."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from validator.model.document import Table
from validator.model.record import record
from validator.model.report import Period
from validator.readers.given import kind_of_days
from validator.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Block, Document
    from validator.readers.notation import Notation

_MONTHS = {"quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TITLE_LINES = 6
_YEAR = re.compile(r"\b([12][0-9]{3})\b")


@record(kw_only=False)
class _Named:
    """A period as named: its kind, the number of the quarter or month (0 if it has none), its year."""

    kind: str
    number: int
    year: int


def read_period(head: Sequence[Block], document: Document, known: Recognition, notation: Notation) -> Period:
    """Return the period of the title, with the days of the data where the head gives them."""
    lines = [folded(each.text) for each in head]
    title = title_lines(lines, known)
    titles = [[folded(each.title)] for each in document.blocks if isinstance(each, Table) and each.title]
    for each in (title, *titles):
        if (named := _of_title(each, known)) is not None:
            return _with_days(named, lines, known, notation)
    for line in _speaking(lines, known):
        if (named := _named(line, line, known)) is not None:
            return _with_days(named, lines, known, notation)
    return Period()


def named_periods(lines: Sequence[str], known: Recognition) -> tuple[Period, ...]:
    """Return the periods that folded *lines* name before they come to what is planned, by the calendar."""
    now, whole = _before_plan(lines, known)
    found: list[tuple[tuple[int, int], Period]] = []
    for span, named in _all_named(now, whole, known):
        if not any(start < span[1] and span[0] < end for (start, end), _ in found):
            found.append((span, _calendar(named)))
    return tuple(period for _, period in found)


def window_of(lines: Sequence[str], known: Recognition, notation: Notation) -> tuple[date, date] | None:
    """Return the first and the last day of the data as folded *lines* of a head give them."""
    text = " ".join(line for line in lines if not known.dateline.search(line))
    for pattern in known.window:
        if window := pattern.search(text):
            start, end = (notation.parse_date(each) for each in window.groups()[:2])
            if start and end and start <= end:
                return start, end
    return None


def title_lines(lines: Sequence[str], known: Recognition) -> list[str]:
    """Return the lines of the title: from the word for a report on, up to where running text begins."""
    start = next(
        (n for word in known.titles for n, line in enumerate(lines) if line.startswith(word)), len(lines)
    )
    found: list[str] = []
    for line in lines[start : start + _TITLE_LINES]:
        if _is_aside(line, known):
            continue
        is_first = all(each in known.titles for each in found)
        if line.endswith((".", ":", ";")) and not is_first:
            break
        found.append(line)
    return found


def _is_aside(line: str, known: Recognition) -> bool:
    """Whether a line addresses somebody, is a dateline, gives grounds or says what it is attached to."""
    return line.lstrip("( ").startswith((*known.addressed, *known.grounds)) or bool(
        known.dateline.search(line) or known.covering.search(line)
    )


def _before_plan(lines: Sequence[str], known: Recognition) -> tuple[str, str]:
    """Return the lines as one text without whole days, up to what is planned and all of it."""
    whole = known.whole_day.sub(" ", " ".join(lines))
    plan = known.outlook.search(whole)
    return (whole[: plan.start()] if plan else whole), whole


def _of_title(lines: Sequence[str], known: Recognition) -> _Named | None:
    """Return the period that a title names before it comes to what is planned."""
    now, whole = _before_plan(lines, known)
    return _named(now, whole, known) or (_named(whole, whole, known) if len(now) < len(whole) else None)


def _named(text: str, whole: str, known: Recognition) -> _Named | None:
    """Return the period that *text* names; a year that it leaves out stands in the *whole* line."""
    return next((named for _, named in _all_named(text, whole, known)), None)


def _all_named(text: str, whole: str, known: Recognition) -> Iterator[tuple[tuple[int, int], _Named]]:
    for each in known.periods:
        for found in each.pattern.finditer(text):
            *number, year = found.groups()
            told = int(year) if year else _year_of(each.kind, number, found, whole, known)
            if told:
                yield found.span(), _Named(each.kind, _number(number), told)


def _number(groups: Sequence[str]) -> int:
    return (_ROMAN.get(groups[0]) or int(groups[0])) if groups else 0


def _year_of(
    kind: str, number: Sequence[str], found: re.Match[str], whole: str, known: Recognition
) -> int | None:
    """Return the year named after *found*: of the plan for a period that comes before, the year before."""
    year = _YEAR.search(whole, found.end())
    if year is None:
        return None
    pattern = next(each.pattern for each in known.periods if each.kind == kind and each.pattern is found.re)
    later = pattern.search(whole, found.end())
    turned = later is not None and bool(number) and _number(later.groups()[:-1]) <= _number(number)
    return int(year[1]) - turned


def _speaking(lines: Sequence[str], known: Recognition) -> Iterator[str]:
    """Yield the other lines that may say of when the report is: no running text, no dateline, no grounds."""
    for line in lines:
        ends = line.endswith((".", ";")) and not line.startswith(known.closing)
        if not ends and not _is_aside(line, known):
            yield known.whole_day.sub(" ", line)


def _with_days(named: _Named, lines: Sequence[str], known: Recognition, notation: Notation) -> Period:
    window = window_of(lines, known, notation)
    if window is None:
        return _calendar(named)
    # A title may name the year of a plan; the days of the data say how long the period is.
    start, end = window
    return Period(kind=kind_of_days(start, end) or named.kind, start=start, end=end)


def _calendar(named: _Named) -> Period:
    first, last = _month_range(named)
    days = monthrange(named.year, last)[1]
    return Period(kind=named.kind, start=date(named.year, first, 1), end=date(named.year, last, days))


def _month_range(named: _Named) -> tuple[int, int]:
    if named.kind == "quarter":
        return 3 * named.number - 2, 3 * named.number
    if named.kind == "month":
        month = min(12, max(1, named.number))
        return month, month
    return 1, _MONTHS.get(named.kind, 12)

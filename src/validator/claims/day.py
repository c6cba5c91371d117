"""Dates in running text: single days, written out or in figures, and windows from one to another."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import TYPE_CHECKING

from validator.claims.short_day import ShortDay, short_days_of
from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims.prose import Prose
    from validator.model.location import Location
    from validator.text.mention import Cue, Reading
    from validator.text.token import Token

_NUMBERS = re.compile("[0-9]+")
_WINDOW_TOKENS = 6
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DAY_DIGITS = 2
_HEAD = 16
_DATELINE = 120


@record
class Day:
    """A day as written: ``value`` is None if the calendar lacks it."""

    value: date | None
    text: str
    first: int
    last: int
    start: int
    end: int
    numbers: tuple[int, int, int] = (0, 0, 0)


@record
class Window:
    """Data from one day to another, both in the calendar."""

    start: date
    end: date
    start_text: str
    end_text: str
    quote: str
    location: Location
    passage: int


def days_of(reading: Reading, months: Mapping[str, int]) -> Iterator[Day]:
    """All the full dates of a passage; *months* are those that have names, by their folded names."""
    for position, token in enumerate(reading.tokens):
        if months and token.key in months and (named := _by_name(reading, position, months)):
            yield named
            continue
        if token.kind is TokenKind.DATE:
            yield _day(reading, position, position + 1, _NUMBERS.findall(token.text))
        elif token.kind is TokenKind.NUMBER and (parts := _written_out(reading, position)):
            yield _day(reading, position, position + 5, parts)


def _written_out(reading: Reading, position: int) -> list[str] | None:
    """The parts of "day 30 month 4 year 2024", from the number of the day on."""
    tokens = reading.tokens[position : position + 5]
    if len(tokens) < 5 or any(tokens[index].kind is not TokenKind.NUMBER for index in (2, 4)):
        return None
    texts = [tokens[index].text for index in (0, 2, 4)]
    if not all(text.isdigit() and len(text) <= 4 for text in texts) or len(texts[2]) != 4:
        return None
    return (
        texts
        if _is(reading, position + 1, "month_word") and _is(reading, position + 3, "year_word")
        else None
    )


def _by_name(reading: Reading, position: int, months: Mapping[str, int]) -> Day | None:
    """The day that a month's name, its day and its year make: "July 1, 2025" or "1 July 2025"."""
    tokens = reading.tokens
    if not tokens[position].text[:1].isupper():
        return None
    month = months[tokens[position].key]
    after = [at for at in range(position + 1, min(position + 4, len(tokens))) if tokens[at].key != ","]
    year = next((at for at in after if _YEAR.fullmatch(tokens[at].text)), None)
    if year is None:
        return None
    before = position - 1 >= 0 and _is_day(tokens[position - 1])
    if before and year == position + 1:
        return _day(
            reading, position - 1, year + 1, [tokens[position - 1].text, str(month), tokens[year].text]
        )
    if after and year != after[0] and _is_day(tokens[after[0]]):
        return _day(reading, position, year + 1, [tokens[after[0]].text, str(month), tokens[year].text])
    return None


def _is_day(token: Token) -> bool:
    return token.kind is TokenKind.NUMBER and token.text.isdigit() and len(token.text) <= _DAY_DIGITS


def _is(reading: Reading, position: int, tag: str) -> bool:
    return any(tag in cue.tags for cue in reading.cues_between(position, position + 1))


def _day(reading: Reading, first: int, last: int, parts: list[str]) -> Day:
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    numbers = [int(part) for part in parts]
    day, month, year = reversed(numbers) if len(parts[0]) == 4 else numbers
    try:
        value = date(year, month, day)
    except ValueError:
        value = None
    return Day(
        value=value,
        text=reading.quote(start, end),
        first=first,
        last=last,
        start=start,
        end=end,
        numbers=(day, month, year),
    )


def find_windows(prose: Prose) -> Iterator[Window]:
    """Yield every "from one day to another" of the document; the first one may leave out its year."""
    for reading in prose.readings.values():
        days = prose.days_of(reading)
        for one, other in itertools.pairwise(days):
            if one.value is not None and other.value is not None and _is_window(reading, one, other):
                yield _window(reading, one.value, one, other)
        for short in short_days_of(reading, prose.months) if days else ():
            following = next((day for day in days if day.first >= short.last), None)
            if following is None or following.value is None or not _is_window(reading, short, following):
                continue
            start = short.before(following.value)
            if start is not None:
                yield _window(reading, start, short, following)


def _is_window(reading: Reading, one: Day | ShortDay, other: Day) -> bool:
    """Whether words say that something goes from one day to another."""
    return (
        other.first - one.last <= _WINDOW_TOKENS
        and _tagged(reading.cues_between(max(0, one.first - 4), one.first), "from_word")
        and _tagged(reading.cues_between(one.last, other.first), "to_word")
    )


def _window(reading: Reading, start: date, one: Day | ShortDay, other: Day) -> Window:
    return Window(
        start=start,
        end=other.value or start,
        start_text=reading.quote(one.start, one.end),
        end_text=other.text,
        quote=reading.quote(one.start, other.end),
        location=reading.passage.place(one.start, other.end),
        passage=reading.index,
    )


def _tagged(cues: tuple[Cue, ...], tag: str) -> bool:
    return any(tag in cue.tags for cue in cues)


def find_data_end(prose: Prose) -> Window | None:
    """From the last day of the data to the day of the report, if the head of the document has both."""
    ends = [
        window
        for window in find_windows(prose)
        if window.passage < _HEAD or _tagged(prose.readings[window.passage].cues, "data_until")
    ]
    day = find_dateline(prose)
    if not ends or day is None or day.value is None:
        return None
    latest = ends[0]
    return Window(
        start=latest.end,
        end=day.value,
        start_text=latest.end_text,
        end_text=day.text,
        quote=latest.quote,
        location=latest.location,
        passage=latest.passage,
    )


def find_dateline(prose: Prose) -> Day | None:
    """The day of the report: the only date of a short line of the head, at its end; best one written out."""
    found = list(_datelines(prose))
    return next((day for day in found if day.last - day.first > 1), found[0] if found else None)


def _datelines(prose: Prose) -> Iterator[Day]:
    for reading in prose.readings.values():
        if reading.index >= _HEAD:
            return
        days = prose.days_of(reading)
        if len(days) != 1 or days[0].value is None or len(reading.passage.text) > _DATELINE:
            continue
        day = days[0]
        is_last = len(reading.tokens) - day.last <= 1
        is_cited = any(token.kind is TokenKind.SYMBOL for token in reading.tokens[: day.first])
        before = reading.cues_between(0, day.first)
        spans = _tagged(before, "from_word") or _tagged(before, "to_word")
        if is_last and (day.last - day.first > 1 or not (is_cited or spans)):
            yield day

"""Dates in running text: single days, written out or in figures, and windows from one to another."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.prose import Prose
    from validator.model.location import Location
    from validator.text.mention import Cue, Reading

_NUMBERS = re.compile("[0-9]+")
_WINDOW_TOKENS = 6
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


def days_of(reading: Reading) -> Iterator[Day]:
    """All the full dates of a passage."""
    for position, token in enumerate(reading.tokens):
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
    return Day(value=value, text=reading.quote(start, end), first=first, last=last, start=start, end=end)


def find_windows(prose: Prose) -> Iterator[Window]:
    """Yield every "from one day to another" of the document."""
    for reading in prose.readings.values():
        days = prose.days_of(reading)
        for one, other in itertools.pairwise(days):
            if one.value is None or other.value is None or other.first - one.last > _WINDOW_TOKENS:
                continue
            if _tagged(reading.cues_between(max(0, one.first - 4), one.first), "from_word") and _tagged(
                reading.cues_between(one.last, other.first), "to_word"
            ):
                yield Window(
                    start=one.value,
                    end=other.value,
                    start_text=one.text,
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
    for reading in prose.readings.values():
        if reading.index >= _HEAD:
            return None
        days = prose.days_of(reading)
        if len(days) != 1 or days[0].value is None or len(reading.passage.text) > _DATELINE:
            continue
        day = days[0]
        is_dateline = day.last - day.first > 1 and len(reading.tokens) - day.last <= 1
        if is_dateline and ends and day.value is not None:
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
    return None

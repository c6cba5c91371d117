"""Windows from one day to another, and the day of the report itself."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from validator.claims.day import short_days_of
from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from validator.claims.day import Day, ShortDay
    from validator.claims.prose import Prose
    from validator.model.location import Location
    from validator.text.mention import Cue, Reading

_WINDOW_TOKENS = 6
_HEAD = 16
_DATELINE = 120


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

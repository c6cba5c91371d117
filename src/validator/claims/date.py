"""Dates that cannot be: days the calendar lacks, a report dated before its own data end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.day import Day, days_of, find_windows
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.mention import Reading
    from validator.claims.prose import Prose

_HEAD = 14
_DATELINE = 120


def find_dates(prose: Prose) -> Iterator[Claim]:
    """Yield a failed claim for every date that cannot be."""
    for reading in prose.readings.values():
        for day in days_of(reading):
            if day.value is None:
                yield _claim(reading, day, "no-such-day", {"date": day.text})
    yield from _dated_too_early(prose)


def _dated_too_early(prose: Prose) -> Iterator[Claim]:
    """The dateline at the head of a report stands before the last day of its data."""
    windows = list(find_windows(prose))
    if not windows:
        return
    latest = max(windows, key=lambda window: window.end)
    for reading in prose.readings.values():
        if reading.index >= _HEAD:
            return
        days = list(days_of(reading))
        if len(days) != 1 or days[0].value is None or len(reading.passage.text) > _DATELINE:
            continue
        day = days[0]
        written_out = day.last - day.first > 1
        last_words = len(reading.tokens) - day.last <= 1
        if written_out and last_words and day.value is not None and day.value < latest.end:
            yield _claim(reading, day, "dated-before-data-end", {"date": day.text, "end": latest.end_text})


def _claim(reading: Reading, day: Day, reason: str, help_args: dict[str, str]) -> Claim:
    return Claim(
        kind=ClaimKind.DATE,
        verdict=ClaimVerdict.FAIL,
        quote=reading.quote(max(0, day.start - 60), day.end),
        location=reading.passage.place(day.start, day.end),
        numbers={"text": day.text},
        reason=reason,
        help=help_args,
    )

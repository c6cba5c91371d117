"""Dates that cannot be: days that the calendar lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.day import Day
    from validator.claims.mention import Reading
    from validator.claims.prose import Prose


def find_dates(prose: Prose) -> Iterator[Claim]:
    """Yield a failed claim for every date that cannot be."""
    for reading in prose.readings.values():
        for day in prose.days_of(reading):
            if day.value is None:
                yield _claim(reading, day, "no-such-day", {"date": day.text})


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

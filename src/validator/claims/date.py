"""Dates that cannot be: days that the calendar lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.day import ShortDay, short_days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.day import Day
    from validator.claims.prose import Prose
    from validator.text.mention import Reading


def find_dates(prose: Prose) -> Iterator[Claim]:
    """Yield a failed claim for every date that cannot be."""
    for reading in prose.readings.values():
        for day in prose.days_of(reading):
            if prose.lexicon.point and "/" in day.text:
                continue  # Day and month may stand either way.
            if day.value is None and _is_surely_a_day(reading, day):
                yield _claim(reading, day, "/".join(map(str, day.numbers)))
        yield from _short(prose, reading)


def _short(prose: Prose, reading: Reading) -> Iterator[Claim]:
    """Days without a year that no year has: 31/4."""
    full = {at for day in prose.days_of(reading) for at in range(day.first, day.last)}
    for short in short_days_of(reading, prose.months):
        if not short.is_possible and short.first not in full:
            yield _claim(reading, short, f"{short.day}/{short.month}")


def _is_surely_a_day(reading: Reading, day: Day) -> bool:
    """Whether figures are a date and no numbering: strokes between them, or a word for a day before."""
    before = reading.cues_between(max(0, day.first - 2), day.first)
    if day.last - day.first > 1 or any("day_word" in cue.tags for cue in before):
        return True
    return set(re.findall(r"[^\d\s]", day.text)) == {"/"} and not _is_numbered(reading, day)


def _is_numbered(reading: Reading, day: Day) -> bool:
    """Whether a word for a number or for a document stands right before: the figures are its number."""
    near = reading.cues_between(max(0, day.first - 4), day.first)
    tags = {tag for cue in near if cue.last == day.first for tag in cue.tags}
    return "number_word" in tags or "letter" in tags or any(tag.startswith("type:") for tag in tags)


def _claim(reading: Reading, day: Day | ShortDay, numbers: str) -> Claim:
    place = reading.passage.place(day.start, day.end)
    text = reading.quote(day.start, day.end)
    return Claim(
        kind=ClaimKind.DATE,
        verdict=ClaimVerdict.FAIL,
        quote=reading.quote(max(0, day.start - 60), day.end),
        location=place,
        figures=(place,),
        numbers={"text": text if all(part in text for part in numbers.split("/")) else numbers},
        reason="no-such-day",
        help={"date": text},
    )

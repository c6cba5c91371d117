"""Dates that cannot be: days that the calendar lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict

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
                yield _claim(reading, day, "no-such-day", {"date": day.text})


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


def _claim(reading: Reading, day: Day, reason: str, help_args: dict[str, str]) -> Claim:
    place = reading.passage.place(day.start, day.end)
    return Claim(
        kind=ClaimKind.DATE,
        verdict=ClaimVerdict.FAIL,
        quote=reading.quote(max(0, day.start - 60), day.end),
        location=place,
        figures=(place,),
        numbers={"text": day.text},
        reason=reason,
        help=help_args,
    )

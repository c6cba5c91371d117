"""Days without a year: "from 16/4 to 15/5/2023" takes its year from its end, "31/4" is no day in any year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.text.mention import Reading

_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")
_DAY_WORDS = frozenset({"day_word", "from_word", "to_word"})
_LEAP = 2024
_MONTHS = 12
_LONGEST = 31


@record
class ShortDay:
    """A day and a month as written, in the tokens from ``first`` up to ``last``."""

    day: int
    month: int
    first: int
    last: int
    start: int
    end: int

    @property
    def is_possible(self) -> bool:
        """Whether some year has the day."""
        return 1 <= self.day <= monthrange(_LEAP, self.month)[1]

    def before(self, end: date) -> date | None:
        """The day in the year of *end*, or in the year before if it would be later than *end*."""
        year = end.year - ((self.month, self.day) > (end.month, end.day))
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def short_days_of(reading: Reading, months: Mapping[str, int]) -> Iterator[ShortDay]:
    """The days without a year of a passage, each behind a word for a day or beside a month's name."""
    for cue in reading.cues:
        if cue.tags & _DAY_WORDS and (found := _in_figures(reading, cue.last, months)):
            yield found


def _in_figures(reading: Reading, at: int, months: Mapping[str, int]) -> ShortDay | None:
    tokens = reading.tokens
    near = [token.key or token.text for token in tokens[at : at + 4]]
    if len(near) > 1 and near[0] in months and near[1].isdigit():
        return _made(reading, at, at + 2, near[1], str(months[near[0]]))
    if not near or tokens[at].kind is not TokenKind.NUMBER or months:
        return None
    dotted = _DOTTED.fullmatch(tokens[at].text)
    if dotted is not None:
        return _made(reading, at, at + 1, dotted[1], dotted[2])
    is_stroke = len(near) > 2 and near[1] == "/" and near[0].isdigit() and near[2].isdigit()
    if is_stroke and (len(near) == 3 or near[3] != "/"):
        return _made(reading, at, at + 3, near[0], near[2])
    return None


def _made(reading: Reading, first: int, last: int, day: str, month: str) -> ShortDay | None:
    if not (1 <= int(month) <= _MONTHS and 1 <= int(day) <= _LONGEST):
        return None
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return ShortDay(day=int(day), month=int(month), first=first, last=last, start=start, end=end)

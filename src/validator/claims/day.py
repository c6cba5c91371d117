"""Days in running text, written out or in figures, with their year or without it.

"From 16/4 to 15/5/2023" takes its year from its end; "31/4" is no day in any year.
"""

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
    from validator.text.token import Token

_NUMBERS = re.compile("[0-9]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DAY_DIGITS = 2
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")
_DAY_WORDS = frozenset({"day_word", "from_word", "to_word"})
_LEAP = 2024
_MONTHS = 12
_LONGEST = 31


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


def days_of(reading: Reading, months: Mapping[str, int]) -> Iterator[Day]:
    """All the full dates of a passage; *months* are those that have names, by their folded names."""
    tokens = reading.tokens
    # What has no key is a number, a date or a symbol.
    for position in [at for at, token in enumerate(tokens) if not token.key or token.key in months]:
        token = tokens[position]
        if token.key in months and (named := _by_name(reading, position, months)):
            yield named
            continue
        if token.kind is TokenKind.DATE:
            yield _day(reading, position, position + 1, _NUMBERS.findall(token.text))
        elif token.kind is TokenKind.NUMBER and (parts := _written_out(reading, position)):
            yield _day(reading, position, position + 5, parts)


def _written_out(reading: Reading, position: int) -> list[str] | None:
    """The parts of "day 30 month 4 year 2024", from the number of the day on."""
    tokens = reading.tokens
    if position + 4 >= len(tokens) or tokens[position + 4].kind is not TokenKind.NUMBER:
        return None
    if tokens[position + 2].kind is not TokenKind.NUMBER:
        return None
    texts = [tokens[position + index].text for index in (0, 2, 4)]
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

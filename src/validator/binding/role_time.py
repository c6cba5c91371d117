"""Whether the words before a figure give it to another time than that of the report."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.recognition import Recognition
    from validator.model.report import Period
    from validator.text.token import Token
    from validator.text.vocabulary import Lexicon

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DATE = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?((?:19|20)[0-9]{2})")
_MONTH = re.compile(r"([0-9]{1,2})\s?/\s?((?:19|20)[0-9]{2})")
_DAYS, _DAYS_OF_LONG, _LONG = 20, 31, 150
"""How near a day is to the beginning or the end of a period, for those of half a year or longer a month."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = 12
_LENGTHS = {"quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}


@record
class OwnTime:
    """The period of a report, to which its figures belong."""

    start: date | None
    end: date | None
    kind: str
    quarter: tuple[str, ...]
    month: tuple[str, ...]
    day: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    """Words for the whole of a period of another kind: "in the month"."""
    begun: date | None = None
    """The day on which units of its level began their work, which is the first of their data."""
    year: tuple[str, ...] = ()
    """Those for a year, which say nothing of what is set for a year (*is_yearly*)."""

    def is_other(self, tokens: Sequence[Token], *, is_yearly: bool = False) -> bool:
        """Whether a year, a quarter, a month or a day among *tokens* is not that of the report."""
        if self.start is None or self.end is None:
            return False
        return any(self._names_other(tokens, place) for place in range(len(tokens))) or any(
            self._is_at(tokens, place, words)
            for words in self.others
            if not (is_yearly and words == self.year)
            for place in range(len(tokens))
        )

    def _is_at(self, tokens: Sequence[Token], place: int, words: tuple[str, ...]) -> bool:
        end = place + len(words)
        if tuple(each.key for each in tokens[place:end]) != words:
            return False
        # "in the quarter III": the number tells which.
        return end == len(tokens) or not (
            tokens[end].kind is TokenKind.NUMBER or tokens[end].text.lower() in _ROMAN
        )

    def _names_other(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        before = tokens[place - 1].key if place else ""
        if token.kind is TokenKind.DATE:
            return self._is_other_day(token.text)
        if token.kind is TokenKind.MONTH:
            return not self._ends_in(token.text)
        if token.kind is TokenKind.YEARS:
            return True
        if token.kind is TokenKind.NUMBER and _YEAR.fullmatch(token.text):
            return int(token.text) != self.end.year if self.end else False
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        if token.kind is TokenKind.NUMBER and after in self.month and token.text.isdigit():
            return int(token.text) != _LENGTHS.get(self.kind)
        if before in self.quarter:
            number = _ROMAN.get(token.text.lower()) or (int(token.text) if token.text.isdigit() else 0)
            return bool(number) and not self._is_quarter(number)
        if before in self.month and token.kind is TokenKind.NUMBER and token.text.isdigit():
            days = place > 2 and tokens[place - 3].key in self.day
            return not days and 0 < int(token.text) <= _MONTHS and not self._is_month(int(token.text))
        return False

    def _is_quarter(self, number: int) -> bool:
        return self.kind == "quarter" and self.end is not None and (self.end.month + 2) // 3 == number

    def _is_month(self, number: int) -> bool:
        return self.kind == "month" and self.end is not None and self.end.month == number

    def _is_other_day(self, text: str) -> bool:
        found = _DATE.search(text)
        if found is None or self.start is None or self.end is None:
            return True
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return True
        if day == self.begun and self.start <= day <= self.end:
            return False
        most = _DAYS_OF_LONG if (self.end - self.start).days > _LONG else _DAYS
        near = (abs((day - each).days) <= most for each in (self.start, self.end))
        return not any(near)

    def _ends_in(self, text: str) -> bool:
        found = _MONTH.search(text)
        return (
            found is not None
            and self.end is not None
            and (int(found[1]), int(found[2])) == (self.end.month, self.end.year)
        )


def own_time(period: Period, lexicon: Lexicon, known: Recognition, level: str | None = None) -> OwnTime:
    """Return the time that the figures of a report of *period* by a unit of some level are of."""
    fold = lexicon.fold
    return OwnTime(
        start=period.start,
        begun=known.begun.get(level or ""),
        end=period.end,
        kind=period.kind or "",
        quarter=tuple(map(fold, known.quarter_word)),
        month=tuple(map(fold, known.month_word)),
        day=tuple(map(fold, known.day_word)),
        others=tuple(
            tuple(map(fold, words.split())) for kind, words in known.own_words.items() if kind != period.kind
        ),
        year=tuple(map(fold, known.own_words.get("year", "").split())),
    )

"""Stretches of time that a sentence names: a quarter, a month, nine months, a year, up to a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.identity_word import IdentityWords
    from validator.text.token import Token

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBERS = re.compile("[0-9]+")
_YEAR_REACH = 4
_LEAST_YEAR = 1900


@record(kw_only=False)
class Stretch:
    """A stretch of time: its kind, its number (or how many months it has), its year, 0 where not named."""

    kind: str
    number: int
    year: int = 0

    def may_be(self, other: Stretch) -> bool:
        """Whether both are the same, as far as they say."""
        same_year = self.year == other.year or not self.year or not other.year
        return (self.kind, self.number) == (other.kind, other.number) and same_year


def find_stretches(tokens: Sequence[Token], words: IdentityWords) -> Iterator[tuple[int, Stretch]]:
    """Yield the stretches that tokens name, with the place where each is named."""
    months, stretch = words.months, words.stretch
    for at, token in enumerate(tokens):
        key = token.key
        if not key:
            if token.kind is TokenKind.MONTH:
                month, year = map(int, _NUMBERS.findall(token.text))
                yield at, Stretch("month", month, year)
            elif token.kind is TokenKind.DATE:
                yield at, Stretch(" ".join(_NUMBERS.findall(token.text)), 0)
        elif key in months and token.text[:1].isupper():
            yield at, Stretch("month", months[key], _year_after(tokens, at + 1))
        elif key in stretch and (found := _named(tokens, at, stretch[key], words)):
            yield at, found


def _named(tokens: Sequence[Token], at: int, kind: str, words: IdentityWords) -> Stretch | None:
    after = _number(tokens, at + 1, words)
    if kind == "year":
        is_year = after is not None and after >= _LEAST_YEAR and not _is_named_with_more(tokens, at, words)
        return Stretch(kind, 0, after or 0) if is_year else None
    if after is not None and after < _LEAST_YEAR and tokens[at + 1].numeral is not None:
        return Stretch(kind, after, _year_after(tokens, at + 2))
    if after is not None and kind == "quarter" and after < _LEAST_YEAR:
        return Stretch(kind, after, _year_after(tokens, at + 2))
    before = _number(tokens, at - 1, words) if at else None
    if before is None or before >= _LEAST_YEAR:
        return None
    year = _year_after(tokens, at + 1)
    if kind != "month":
        return Stretch(kind, before, year)
    if any(token.key in words.ending for token in tokens[at + 1 : at + 3]):
        return Stretch("last months", before, year)
    return Stretch("quarter", 1, year) if before == 3 else Stretch("months", before, year)


def _is_named_with_more(tokens: Sequence[Token], at: int, words: IdentityWords) -> bool:
    """Whether a year goes with a quarter or month named right before."""
    near = tokens[max(0, at - _YEAR_REACH) : at]
    return any(words.stretch.get(token.key) not in (None, "year") for token in near)


def _number(tokens: Sequence[Token], at: int, words: IdentityWords) -> int | None:
    if not 0 <= at < len(tokens):
        return None
    token = tokens[at]
    if token.kind is TokenKind.NUMBER and token.text.isdigit() and len(token.text) <= len("2000"):
        return int(token.text)
    return words.numbers.get(token.key) if token.key else None


def _year_after(tokens: Sequence[Token], at: int) -> int:
    """The year that is named within a few tokens, with no other figure before it."""
    for token in tokens[at : at + _YEAR_REACH]:
        if token.kind is TokenKind.NUMBER:
            return int(token.text) if _YEAR.fullmatch(token.text) else 0
        if token.kind is TokenKind.MARK and token.key not in {"/", "-", ","}:
            return 0
    return 0

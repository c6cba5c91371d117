"""Text → tokens: words, exact numbers as written, dates, months, document symbols, marks.

One pass of one pattern without nested repetition; every token knows its place in the text.
"""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.vocabulary import Lexicon

LONGEST_NUMBER = 25
"""Longest run of digits and separators that is read as a number."""


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    YEARS = "years"
    SYMBOL = "symbol"
    MARK = "mark"


@record(kw_only=False)
class Numeral:
    """A number as written, before any scale word: value and count of decimals."""

    value: Fraction
    decimals: int
    odd: bool = False


@record(kw_only=False)
class Token:
    """A piece of text; ``key`` is a word's folded form, a mark itself, else empty."""

    kind: TokenKind
    text: str
    start: int
    end: int
    key: str
    numeral: Numeral | None = None


_CODE = r"[A-ZĐƯ][A-ZĐƯy][A-Za-zĐđƯư]{0,8}[0-9]{0,2}"
_MORE_CODE = (
    r"(?:[-–&./][A-ZĐƯ][A-Za-zĐđƯưÂâ]{0,10}[0-9]{0,2}"
    r"|\s?[-–]\s?(?:[A-ZĐ]{2,6}|TTg)(?![a-z]))"
)
_PATTERN = re.compile(
    rf"""
    (?P<date>(?<![0-9/.,])(?:[0-9]{{1,2}}\s?[/.-]\s?[0-9]{{1,2}}\s?[/.-]\s?(?:19|20)[0-9]{{2}}
        |(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9]))
    |(?P<symbol>(?<![0-9/.,])[0-9]{{1,6}}[a-z]?(?:\s?/\s?(?:19|20)[0-9]{{2}})?\s?[/–-]\s?{_CODE}{_MORE_CODE}{{0,4}})
    |(?P<years>(?<![0-9/.,])(?:19|20)[0-9]{{2}}\s?[-–]\s?(?:19|20)[0-9]{{2}}(?![0-9/.,]))
    |(?P<month>(?<![0-9/.,])[0-9]{{1,2}}\s?/\s?(?:19|20)[0-9]{{2}}(?![0-9/.,]))
    |(?P<number>[0-9](?:[0-9.,]*[0-9])?)
    |(?P<word>[^\W\d_]\w*)
    |(?P<line>\n\s*)
    |(?P<blank>[^\S\n]+|[*_$\\#`~]+)
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Scanning puts these for letters, at the beginning of a word as well.
_MISREAD_MARKS = str.maketrans({"¢": "c", "@": "o", "&": "e"})
_MISREAD_ONE = re.compile(r"(?<![\w.,/])1(?=[^\W\d_]|[46](?=[^\W\d_]))")
_MISREAD_DIGIT = re.compile(
    r"(?<![\w.,/])[0-9](?=[^\W\d_]{1,6}(?!\w))(?![dđhm](?!\w))(?!T{2})(?![0-9]?[a-z]?/)"
)
_GROUPED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_PLAIN = re.compile(r"([0-9]+)(?:,([0-9]+))?")
_POINTED = re.compile(r"([0-9]+)\.([0-9]{1,2})")


def tokenise(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Split *text* into tokens; blanks and marks of Markdown or LaTeX are left out."""
    return tuple(_tokens(text, lexicon))


def _tokens(text: str, lexicon: Lexicon) -> Iterator[Token]:
    fold = lexicon.fold
    if lexicon.degraded:
        text = _MISREAD_DIGIT.sub("o", _MISREAD_ONE.sub("l", text.translate(_MISREAD_MARKS)))
    for found in _PATTERN.finditer(text):
        group = found.lastgroup or "mark"
        piece, start, end = found[0], found.start(), found.end()
        if group == "word":
            yield Token(TokenKind.WORD, piece, start, end, fold(piece))
        elif group == "mark":
            yield Token(TokenKind.MARK, piece, start, end, piece)
        elif group == "line":
            yield Token(TokenKind.MARK, piece, start, end, ";")
        elif group == "number":
            yield Token(TokenKind.NUMBER, piece, start, end, "", read_numeral(piece))
        elif group != "blank":
            yield Token(TokenKind(group), piece, start, end, "")


def read_numeral(text: str) -> Numeral | None:
    """Read a number as written; None if its separators do not agree.

    ``odd`` is set where a reader may doubt: ``12.5`` with a point, ``1,034`` with three decimals.
    """
    if len(text) > LONGEST_NUMBER:
        return None
    if found := _GROUPED.fullmatch(text):
        return _numeral(found[1].replace(".", ""), found[2] or "")
    if found := _PLAIN.fullmatch(text):
        decimals = found[2] or ""
        return _numeral(found[1], decimals, odd=len(decimals) == 3 and len(found[1]) <= 3)
    if found := _POINTED.fullmatch(text):
        return _numeral(found[1], found[2], odd=True)
    return None


def _numeral(whole: str, decimals: str, *, odd: bool = False) -> Numeral:
    return Numeral(Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals), odd)

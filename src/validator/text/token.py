"""Text → tokens: words, exact numbers as written, dates, months, document symbols, marks.

One pass of one pattern without nested repetition; every token knows its place in the text.
"""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from validator.model.record import record
from validator.readers.notation import HARD_BLANKS, NOTE_LETTERS, SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.text.vocabulary import Lexicon

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


Exact = int | Fraction
"""Whole numbers are integers, which are many times faster than fractions: divide by `Fraction` alone."""


@record(kw_only=False)
class Numeral:
    """A number as written, before any scale word: value and count of decimals."""

    value: Exact
    decimals: int
    odd: bool = False


class Token(NamedTuple):
    """A piece of text; ``key`` is a word's folded form, a mark itself, else empty.

    A tuple, for there are as many as words.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    key: str
    numeral: Numeral | None = None


_CODE = r"[A-Z\u0110\u01af][A-Z\u0110\u01afy][A-Za-z\u0110\u0111\u01af\u01b0]{0,8}[0-9]{0,2}"
_MORE_CODE = (
    r"(?:[-–&./][A-Z\u0110\u01af][A-Za-z\u0110\u0111\u01af\u01b0\u00c2\u00e2]{0,10}[0-9]{0,2}"
    r"|\s?[-–]\s?(?:[A-Z\u0110]{2,6}|TTg)(?![a-z]))"
)
# Words come first because most tokens are words; what separates tokens belongs to the match. A letter
# that is typed for a digit stays with its number, which then cannot be read.
_PATTERN = re.compile(
    rf"""
    (?:[^\S\n]|[*_$\\#`{SUPERSCRIPTS}{NOTE_LETTERS}]|~~)*
    (?:(?P<word>[^\W\d_][^\W{SUPERSCRIPTS}{NOTE_LETTERS}]*(?:(?:(?<=\bm)|(?<=\b[cdkm]m))[²³])?)
    |(?P<date>(?<![0-9/.,])(?:[0-9]{{1,2}}\s?[/.-]\s?[0-9]{{1,2}}\s?[/.-]\s?(?:19|20)[0-9]{{2}}
        |(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9]|\.(?:[0-9]|[A-Z][0-9])
        |-(?![0-9]{{1,2}}[/.-])[0-9A-Z]|\s?/\s?[^\W_]))
    |(?P<symbol>(?<![0-9/.,])[0-9]{{1,6}}(?:[./-][0-9]{{1,2}})?[a-z]?(?:\s?/\s?(?:19|20)[0-9]{{2}})?\s?[/–-]\s?
        {_CODE}{_MORE_CODE}{{0,4}})
    |(?P<years>(?<![0-9/.,])(?:19|20)[0-9]{{2}}\s?[-–]\s?(?:19|20)[0-9]{{2}}(?![0-9/]|[.,][0-9]))
    |(?P<month>(?<![0-9/.,])[0-9]{{1,2}}\s?/\s?(?:19|20)[0-9]{{2}}(?![0-9/.,]))
    |(?P<number>[1-9][0-9]{{0,2}}(?:[{HARD_BLANKS}][0-9]{{3}})+(?:,[0-9]+)?(?![0-9.,]*[0-9])
        |[0-9](?:[0-9.,]*[0-9])?(?:[lIoO](?!\w))?)
    |(?P<line>\n\s*)
    |(?P<mark>[^\s])
    |(?P<rest>\Z))
    """,
    re.VERBOSE,
)
_WORD, _LINE, _MARK, _REST = (_PATTERN.groupindex[name] for name in ("word", "line", "mark", "rest"))
_KINDS = {_PATTERN.groupindex[kind.value]: kind for kind in TokenKind if kind.value in _PATTERN.groupindex}
# Scanning puts these for letters, at the beginning of a word as well.
_MISREAD_MARKS = str.maketrans({"¢": "c", "@": "o", "&": "e"})
_MISREAD_ONE = re.compile(r"(?<![\w.,/])1(?=[^\W\d_]|[46](?=[^\W\d_]))")
_MISREAD_DIGIT = re.compile(
    r"(?<![\w.,/])[0-9](?=[^\W\d_]{1,6}(?!\w))(?![d\u0111hm](?!\w))(?!T{2})(?![0-9]?[a-z]?/)"
)
_BLANKS = re.compile(f"[{HARD_BLANKS}]")
_GROUPED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_PLAIN = re.compile(r"([0-9]+)(?:,([0-9]+))?")
_POINTED = re.compile(r"([0-9]+)\.([0-9]{1,2})")


def tokenise(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Split *text* into tokens; blanks and marks of Markdown or LaTeX are left out."""
    if lexicon.degraded:
        text = _MISREAD_DIGIT.sub("o", _MISREAD_ONE.sub("l", text.translate(_MISREAD_MARKS)))
    fold, make = lexicon.fold, tuple.__new__
    tokens: list[Token] = []
    add = tokens.append
    word, mark = TokenKind.WORD, TokenKind.MARK
    for found in _PATTERN.finditer(text):
        group = found.lastindex or _MARK
        piece, end = found[group], found.end()
        # The tuple is made directly: this loop runs once a word.
        if group == _WORD:
            add(make(Token, (word, piece, end - len(piece), end, fold(piece), None)))
            continue
        start = end - len(piece)
        if group == _MARK:
            add(make(Token, (mark, piece, start, end, piece, None)))
        elif group == _LINE:
            add(make(Token, (mark, piece, start, end, ";", None)))
        elif group == _REST:
            # What separates tokens and separates nothing: its last sign is a mark, if it has one.
            if piece := found[0].rstrip()[-1:]:
                start = found.start() + len(found[0].rstrip()) - 1
                add(make(Token, (mark, piece, start, start + 1, piece, None)))
        else:
            kind = _KINDS[group]
            numeral = read_numeral(piece, point=lexicon.point) if kind is TokenKind.NUMBER else None
            add(make(Token, (kind, piece, start, end, "", numeral)))
    return tuple(tokens)


_TURNED = str.maketrans(",.", ".,")


def read_numeral(text: str, *, point: bool = False) -> Numeral | None:
    """Read a number as written; None if its separators do not agree.

    *point*: decimals follow a point and commas group digits.
    ``odd`` is set where a reader may doubt: ``12.5`` with a point, ``1,034`` with three decimals.
    """
    if len(text) > LONGEST_NUMBER:
        return None
    if text.isdecimal():
        return Numeral(int(text), 0)
    text = _BLANKS.sub(".", text)
    if point:
        text = text.translate(_TURNED)
    if found := _GROUPED.fullmatch(text):
        return _numeral(found[1].replace(".", ""), found[2] or "")
    if found := _PLAIN.fullmatch(text):
        decimals = found[2] or ""
        return _numeral(found[1], decimals, odd=len(decimals) == 3 and len(found[1]) <= 3 and not point)
    if found := _POINTED.fullmatch(text):
        return _numeral(found[1], found[2], odd=True)
    return None


def _numeral(whole: str, decimals: str, *, odd: bool = False) -> Numeral:
    return Numeral(exact(int(whole + decimals), 10 ** len(decimals)), len(decimals), odd)


def exact(value: Exact, divisor: int = 1) -> Exact:
    """The quotient, whole if it can be."""
    if divisor == 1 and isinstance(value, int):
        return value
    made = Fraction(value, divisor)
    return made.numerator if made.denominator == 1 else made


def words_at(tokens: Sequence[Token], places: Iterable[int]) -> tuple[str, ...]:
    """The folded words among the tokens at some places, in that order."""
    return tuple([tokens[place].key for place in places if tokens[place].kind is TokenKind.WORD])


def past_words(tokens: Sequence[Token], place: int) -> int:
    """The place after a short bracket of words alone, such as a number written out; else *place*."""
    if place >= len(tokens) or tokens[place].key != "(":
        return place
    end = place + 1
    while end < len(tokens) and tokens[end].kind is TokenKind.WORD:
        end += 1
    is_short = end - place <= _BRACKET_WORDS and end < len(tokens) and tokens[end].key == ")"
    return end + 1 if is_short else place


_BRACKET_WORDS = 9

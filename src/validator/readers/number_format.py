"""Spreadsheet number formats: what a stored value looks like on the page, exactly.

Numbers are shown in the notation of the documents: decimal comma, groups parted by dots. A format
decides on decimals, groups, percent and dates, never on the value itself: what it shows by words, a
dash or nothing is written as the number that it is, and a negative number always has its sign.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: "#,##0;-#,##0;-",
    42: "#,##0;-#,##0;-",
    43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-",
    45: "mm:ss",
    46: "h:mm:ss",
    47: "mm:ss",
}
# Spreadsheets keep fifteen digits; what a file stores beyond is noise of binary arithmetic.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP, traps=[InvalidOperation])
_MOST_DIGITS = 40
_MOST_DECIMALS = 30
"""Most digits that Excel lets a format ask for."""
_LONGEST_CODE = 255
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*") | \\(?P<escaped>.) | \[(?P<elapsed>h{1,2}|m{1,2}|s{1,2})\]
    | \[(?P<condition>[<>=]{1,2}-?[0-9.]{1,20})\] | \[[^\]]*\] | _. | \*.
    | (?P<date>yyyy|yyy|yy|y|m{1,5}|d{1,4}|h{1,2}|s{1,2}|AM/PM|A/P)
    | (?P<science>E[+-]0+) | (?P<general>General) | (?P<number>[0#?.,/]+) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LEAP_DAY_1900 = 60
"""The 29 February 1900, which Excel counts and shows though the calendar lacks it."""
_SECONDS_OF = {"h": 3600, "m": 60, "s": 1}
_SIGNS = frozenset("()-−– ")


@record(kw_only=False)
class _Token:
    kind: str
    text: str


@record(kw_only=False)
class _Moment:
    """A day and time as Excel shows it, which need not be in the calendar."""

    year: int
    month: int
    day: int
    seconds: int
    total: int


def number_of(stored: str) -> Decimal | None:
    """Return the number that a file stores, or None where it is none or out of any range."""
    try:
        value = _FIFTEEN.create_decimal(stored.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS else None


def shown(stored: str, code: str, *, from_1904: bool = False) -> str:
    """Return how the number written *stored* in the file looks in the format *code*."""
    value = number_of(stored)
    if value is None:
        return stored
    tokens = _section_for(value, _sections(code if len(code) <= _LONGEST_CODE else "General"))
    kinds = {token.kind for token in tokens}
    if kinds & {"date", "elapsed"}:
        return _date(value, tokens, from_1904=from_1904)
    numeric = "".join(token.text for token in tokens if token.kind == "number")
    if "general" in kinds or "science" in kinds or "/" in numeric or not numeric:
        return _plain(value)
    return _number(value, tokens, numeric)


def _plain(value: Decimal) -> str:
    """Return a number without format: its digits, no zeros behind them."""
    text = f"{value.normalize():f}" if value else "0"
    return text.replace(".", ",")


def _section_for(value: Decimal, sections: tuple[tuple[_Token, ...], ...]) -> tuple[_Token, ...]:
    """Return the part of a format that is for numbers such as *value*."""
    conditions = [[token.text for token in section if token.kind == "condition"] for section in sections]
    if any(conditions):
        for section, asked in zip(sections, conditions, strict=True):
            if not asked or _holds(value, asked[0]):
                return section
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _holds(value: Decimal, condition: str) -> bool:
    """Whether a condition such as ``>=1000`` holds."""
    sign = condition.rstrip("-.0123456789")
    try:
        bound = Decimal(condition[len(sign) :])
    except InvalidOperation:
        return False
    holding = {"<": value < bound, ">": value > bound, "=": value == bound}
    return value != bound if sign == "<>" else any(holding[each] for each in sign)


def _number(value: Decimal, tokens: tuple[_Token, ...], numeric: str) -> str:
    """Return *value* with the sign, decimals, groups, percent sign and words of its format."""
    percents = sum(token.kind == "percent" for token in tokens)
    whole, _, decimals = numeric.partition(".")
    scaled = len(whole) - len(whole.rstrip(","))
    exact = abs(value).scaleb(2 * percents - 3 * scaled)
    fixed, most = decimals.count("0"), sum(decimals.count(sign) for sign in "0#?")
    digits = _rounded(exact, min(fixed, _MOST_DECIMALS), min(most, _MOST_DECIMALS))
    before, _, after = digits.partition(".")
    before = before.lstrip("0").rjust(min(whole.count("0"), _MOST_DECIMALS), "0")
    if "," in whole.rstrip(","):
        before = f"{int(before or '0'):,}".replace(",", ".") if before else ""
    text = f"{before or '0'},{after}" if after else before or "0"
    parts: list[str] = []
    placed = False
    for token in tokens:
        if token.kind == "number":
            parts.append("" if placed else text)
            placed = True
        elif token.kind != "condition" and not (value <= 0 and set(token.text) <= _SIGNS):
            # Words in a format stand apart from the number, as a blank has them in writing.
            parts.append(f" {token.text}" if placed and token.text[:1].isalpha() else token.text)
    return ("-" if value < 0 else "") + " ".join("".join(parts).split())


def _rounded(value: Decimal, fixed: int, most: int) -> str:
    """Return the digits of *value* with at least *fixed* and at most *most* decimals."""
    exact = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, Context(prec=2 * _MOST_DIGITS))
    digits = f"{exact:f}"
    while "." in digits and digits.endswith("0") and len(digits.partition(".")[2]) > fixed:
        digits = digits[:-1]
    return digits


def _date(value: Decimal, tokens: tuple[_Token, ...], *, from_1904: bool) -> str:
    """Return a day or time counted in days from the first day of the calendar."""
    moment = _moment(value, from_1904=from_1904)
    if moment is None:
        return _plain(value)
    parts: list[str] = []
    pieces = [token for token in tokens if token.kind in {"date", "elapsed"}]
    seen = 0
    for token in tokens:
        if token.kind not in {"date", "elapsed"}:
            parts.append("" if token.kind == "condition" or set(token.text) & set("0#?") else token.text)
            continue
        before = pieces[seen - 1].text[0] if seen else ""
        after = pieces[seen + 1].text[0] if seen + 1 < len(pieces) else ""
        minutes = token.text[0] == "m" and (before == "h" or after == "s")
        if token.kind == "elapsed":
            parts.append(str(moment.total // _SECONDS_OF[token.text[0]]))
        else:
            parts.append(_piece(moment, token.text, minutes=minutes))
        seen += 1
    return "".join(parts).strip()


def _moment(value: Decimal, *, from_1904: bool) -> _Moment | None:
    """Return the moment that a number of days is, None where Excel shows none."""
    total = int((value * 86400).to_integral_value(ROUND_HALF_UP))
    days, seconds = divmod(total, 86400)
    if days < 0:
        return None
    if not from_1904 and days in {0, _LEAP_DAY_1900}:
        month, day = (1, 0) if days == 0 else (2, 29)
        return _Moment(1900, month, day, seconds, total)
    days += not from_1904 and days < _LEAP_DAY_1900
    try:
        found = _FIRST_DAYS[from_1904] + timedelta(days=days)
    except OverflowError:
        return None
    return _Moment(found.year, found.month, found.day, seconds, total)


def _piece(moment: _Moment, text: str, *, minutes: bool) -> str:
    """Return one piece of a date in the width that its format asks for."""
    width = 2 if len(text) == 2 else 1
    match text[0]:
        case "y":
            return f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
        case "m":
            found = moment.seconds // 60 % 60 if minutes else moment.month
            return f"{found:0{2 if len(text) > 1 else 1}d}"
        case "d":
            return f"{moment.day:0{width}d}"
        case "h":
            return f"{moment.seconds // 3600:0{width}d}"
        case "s":
            return f"{moment.seconds % 60:0{width}d}"
        case _:
            return ""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """Part a format code into its sections and their tokens."""
    sections: list[list[_Token]] = [[]]
    for token in _tokens(code):
        if token.kind == "other" and token.text == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(map(tuple, sections))


def _tokens(code: str) -> Iterator[_Token]:
    """Yield the tokens of a format code that show something."""
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind is None:
            continue
        text = match.group(kind)
        if kind == "quoted":
            yield _Token("literal", text[1:-1])
        elif kind == "escaped":
            yield _Token("literal", text)
        elif kind in {"date", "elapsed"}:
            yield _Token(kind, text.lower())
        elif kind == "other" and text == "%":
            yield _Token("percent", text)
        elif kind == "other" and text == "@":
            yield _Token("general", text)
        else:
            yield _Token(kind, text)


def day_of(text: str) -> str:
    """Return an ISO date as it is written in the documents, other text unchanged."""
    try:
        return f"{date.fromisoformat(text[:10]):%d/%m/%Y}"
    except ValueError:
        return text

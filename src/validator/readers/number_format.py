"""Spreadsheet number formats: what a stored value looks like on the page, exactly.

Numbers are shown in the notation of the documents: decimal comma, groups parted by dots.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
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
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_MOST_DIGITS = 40
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*") | \\(?P<escaped>.) | \[[^\]]*\] | _. | \*.
    | (?P<date>yyyy|yyy|yy|y|m{1,5}|d{1,4}|h{1,2}|s{1,2}|AM/PM|A/P)
    | (?P<science>E[+-]0+) | (?P<general>General) | (?P<number>[0#?.,/]+) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001


@record(kw_only=False)
class _Token:
    kind: str
    text: str


def shown(stored: str, code: str, *, from_1904: bool = False) -> str:
    """Return how the number written *stored* in the file looks in the format *code*."""
    try:
        value = _FIFTEEN.create_decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        return stored
    sections = _sections(code)
    tokens = _section_for(value, sections)
    if any(token.kind == "date" for token in tokens):
        return _date(value, tokens, from_1904=from_1904)
    kinds = {token.kind for token in tokens}
    numeric = "".join(token.text for token in tokens if token.kind == "number")
    if "general" in kinds or "science" in kinds or "/" in numeric:
        return _plain(value)
    if not numeric:
        literal = "".join(token.text for token in tokens if token.kind != "text")
        return literal if tokens else _plain(value)
    negative = value < 0 and len(sections) == 1
    return ("-" if negative else "") + _number(abs(value), tokens, numeric)


def _plain(value: Decimal) -> str:
    """Return a number without format: its digits, no zeros behind them."""
    text = f"{value.normalize():f}" if value else "0"
    return text.replace(".", ",")


def _section_for(value: Decimal, sections: tuple[tuple[_Token, ...], ...]) -> tuple[_Token, ...]:
    """Return the part of a format that is for numbers such as *value*."""
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _number(value: Decimal, tokens: tuple[_Token, ...], numeric: str) -> str:
    """Return *value* with the decimals, groups, percent sign and words of its format."""
    percents = sum(token.kind == "percent" for token in tokens)
    value = value.scaleb(2 * percents)
    whole, _, decimals = numeric.partition(".")
    scaled = len(whole) - len(whole.rstrip(","))
    value = value.scaleb(-3 * scaled)
    fixed, most = decimals.count("0"), sum(decimals.count(sign) for sign in "0#?")
    digits = _rounded(value, fixed, most)
    before, _, after = digits.partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        before = f"{int(before or '0'):,}".replace(",", ".") if before else ""
    text = f"{before},{after}" if after else before
    parts: list[str] = []
    placed = False
    for token in tokens:
        if token.kind == "number":
            parts.append("" if placed else text)
            placed = True
        else:
            parts.append(token.text)
    return "".join(parts).strip()


def _rounded(value: Decimal, fixed: int, most: int) -> str:
    """Return the digits of *value* with at least *fixed* and at most *most* decimals."""
    exact = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, Context(prec=2 * _MOST_DIGITS))
    digits = f"{exact:f}"
    while "." in digits and digits.endswith("0") and len(digits.partition(".")[2]) > fixed:
        digits = digits[:-1]
    return digits


def _date(value: Decimal, tokens: tuple[_Token, ...], *, from_1904: bool) -> str:
    """Return a day or time counted in days from the first day of the calendar."""
    seconds = int((value * 86400).to_integral_value(ROUND_HALF_UP))
    try:
        moment = _FIRST_DAYS[from_1904] + timedelta(seconds=seconds)
    except OverflowError:
        return _plain(value)
    parts: list[str] = []
    pieces = [token for token in tokens if token.kind == "date"]
    seen = 0
    for token in tokens:
        if token.kind != "date":
            parts.append("" if set(token.text) & set("0#?") else token.text)
            continue
        before = pieces[seen - 1].text[0] if seen else ""
        after = pieces[seen + 1].text[0] if seen + 1 < len(pieces) else ""
        minutes = token.text[0] == "m" and (before == "h" or after == "s")
        parts.append(_piece(moment, token.text, minutes=minutes))
        seen += 1
    return "".join(parts).strip()


def _piece(moment: datetime, text: str, *, minutes: bool) -> str:
    """Return one piece of a date in the width that its format asks for."""
    width = 2 if len(text) == 2 else 1
    match text[0]:
        case "y":
            return f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
        case "m":
            return f"{moment.minute if minutes else moment.month:0{2 if len(text) > 1 else 1}d}"
        case "d":
            return f"{moment.day:0{width}d}"
        case "h":
            return f"{moment.hour:0{width}d}"
        case "s":
            return f"{moment.second:0{width}d}"
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
        elif kind == "date":
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

"""A figure as Excel holds it: exact, with its decimals as written, else as text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.record import record
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from validator.model.field import FieldDef
    from validator.model.quantity import Number

_MOST_DIGITS = 15  # Excel holds no more of a number
_MOST_DECIMALS = 12


@record(kw_only=False)
class Shown:
    """A number as a program writes it, and the format that shows it as written."""

    number: str
    format: str


def shown(value: Number, step: Number, field: FieldDef) -> Shown | None:
    """Return how Excel holds *value*, None if it would not hold it exactly.

    A share is held as a part of one and shown in per cent; money in the unit of `unit_of`.
    """
    # Units state the same small numbers again and again.
    return _shown(value.numerator, value.denominator, step.numerator, step.denominator, field.type)


@lru_cache(maxsize=65536)
def _shown(above: int, below: int, step: int, step_below: int, kind: FieldType) -> Shown | None:
    is_share = kind is FieldType.PERCENT
    factor = 10 ** _scale()[1] if kind is FieldType.MONEY else 1
    number = plain_number(Fraction(above, below * factor))
    if number is None:
        return None
    written = _decimals(Fraction(step * (100 if is_share else 1), step_below * factor))
    decimals = max(written, _needed(number, is_share=is_share))
    return Shown(number, _format(decimals, is_share=is_share))


def unit_of(field: FieldDef) -> str:
    """Return the unit that the numbers of a column are in, as its head names it."""
    if field.type is FieldType.PERCENT:
        return "%"
    if field.type is not FieldType.MONEY:
        return field.unit or ""
    return f"{_scale()[0]} {field.unit or ''}".strip()


@lru_cache(maxsize=1)
def _scale() -> tuple[str, int]:
    """Return the word and the power of ten that money is reckoned in: the second least, millions."""
    scales = load_notation().data.scales
    power = sorted(set(scales.values()))[1]
    return next(word for word, each in scales.items() if each == power), power


def plain_number(value: Fraction) -> str | None:
    """Return a number as a program writes it, None for one of too many digits or of no end."""
    if value.denominator == 1:
        text = str(value.numerator)
        return text if len(text.strip("-").rstrip("0")) <= _MOST_DIGITS else None
    below = value.denominator
    while below % 10 == 0:
        below //= 10
    while below % 2 == 0:
        below //= 2
    while below % 5 == 0:
        below //= 5
    if below != 1:
        return None
    found = Decimal(value.numerator) / Decimal(value.denominator)
    is_exact = Fraction(found) == value and len(found.normalize().as_tuple().digits) <= _MOST_DIGITS
    return f"{found.normalize():f}" if is_exact else None


def _decimals(step: Fraction) -> int:
    """Return how many decimals were written."""
    decimals = 0
    while (step * 10**decimals).denominator != 1 and decimals < _MOST_DECIMALS:
        decimals += 1
    return decimals


def _needed(number: str, *, is_share: bool) -> int:
    places = len(number.partition(".")[2])
    return max(0, places - 2) if is_share else places


@lru_cache(maxsize=64)
def _format(decimals: int, *, is_share: bool) -> str:
    tail = "." + "0" * decimals if decimals else ""
    return f"0{tail}%" if is_share else f"#,##0{tail}"

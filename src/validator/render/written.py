"""A value as a report file writes it, such that reading it gives the same value again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.quantity import Quantity
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from validator.model.field import FieldDef
    from validator.model.report import Cell

_HIGHEST_SCALE = 9
_MOST_DECIMALS = 30


def written_value(cell: Cell, definition: FieldDef) -> str:
    """Return the text of a cell's value: the raw text where it says the same, else the value anew."""
    value = cell.value
    raw = " ".join(cell.raw.split())
    if value is None:
        return raw
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return raw if load_notation().parse_date(raw) == value else value.isoformat()
    if isinstance(value, Quantity):
        return raw if _says(raw, definition, value) else _quantity(value, definition)
    return str(value)


def _says(raw: str, definition: FieldDef, value: Quantity) -> bool:
    found = load_notation().parse(raw, definition.type, unit=definition.unit)
    return found is not None and (found.value, found.step) == (value.value, value.step)


def _quantity(value: Quantity, definition: FieldDef) -> str:
    """Write a value anew, with the decimals that its step says were written."""
    if definition.type is FieldType.PERCENT:
        return _digits(value.value * 100, value.step * 100) + "%"
    if definition.type is not FieldType.MONEY:
        return _digits(value.value, value.step)
    data = load_notation().data
    scale = _scale(value.step)
    word = next((word for word, power in data.scales.items() if power == scale), "") if scale else ""
    coin = definition.unit if definition.unit in data.currency else min(data.currency, key=len)
    factor = Fraction(10**scale)
    return " ".join(filter(None, [_digits(value.value / factor, value.step / factor), word, coin]))


def _scale(step: Fraction) -> int:
    """Return the power of ten of the largest scale word that *step* leaves whole, or may part."""
    if step.denominator != 1:
        return 0
    zeros = len(str(step.numerator)) - len(str(step.numerator).rstrip("0"))
    return min(_HIGHEST_SCALE, -(-zeros // 3) * 3)


def _digits(value: Fraction, step: Fraction) -> str:
    """Return *value* with as many decimals as *step* has, in the country's notation."""
    decimals = 0
    while (step * 10**decimals).denominator != 1 and decimals < _MOST_DECIMALS:
        decimals += 1
    whole = abs(value) * 10**decimals
    text = str(whole.numerator // whole.denominator).rjust(decimals + 1, "0")
    sign = "-" if value < 0 else ""
    if not decimals:
        return sign + text
    return f"{sign}{text[:-decimals]}{load_notation().data.decimal}{text[-decimals:]}"

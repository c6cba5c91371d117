"""Computed numbers in the way the numbers beside them are written."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.lang.types import Measure, Type
from validator.model.quantity import Quantity, size
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from validator.model.field import FieldDef
    from validator.model.quantity import Number
    from validator.model.report import Cell

# Reports are written with a decimal comma and group points in every language they are explained in.
_DECIMAL = ","
_GROUP = "."
_MOST_DECIMALS = 6
_FINEST = 100
_DECIMALS = re.compile(r",[0-9]+")


@record
class Style:
    """How the numbers of one comparison are written.

    ``scale`` and ``money`` are the factor and the words of the amounts (10⁹ and the words for billions).
    ``finer`` decimals are added where different numbers would be written alike.
    """

    grouped: bool = False
    percent: bool = False
    percent_decimals: int = 2
    decimals: int = 0
    scale: Fraction = Fraction(1)
    money: str = ""
    money_decimals: int = 0
    finer: int = 0


def number_text(value: Number, kind: Type, style: Style) -> tuple[str, bool]:
    """Return *value* in words and whether it is exact as written."""
    if kind.measure is Measure.MONEY:
        text, exact = _decimal(value / style.scale, style.money_decimals + style.finer, grouped=style.grouped)
        return f"{text} {style.money}".rstrip(), exact
    if style.percent and kind.measure in (Measure.RATIO, Measure.LITERAL):
        text, exact = _decimal(value * 100, style.percent_decimals + style.finer, grouped=False)
        return f"{text}%", exact
    decimals = 0 if kind.measure is Measure.COUNT else max(style.decimals, _enough(value))
    return _decimal(value, decimals + style.finer, grouped=style.grouped)


def telling(one: Number, other: Number, kind: Type, style: Style) -> Style:
    """Return *style* with as many decimals more as it takes to write two different numbers differently."""
    while one != other and style.finer < _FINEST and _alike(one, other, kind, style):
        style = evolve(style, finer=style.finer + 1)
    return style


def _alike(one: Number, other: Number, kind: Type, style: Style) -> bool:
    first, second = (number_text(each, kind, style)[0] for each in (one, other))
    # 80 and 80,00 look different, and tell nothing.
    return _shortest(first) == _shortest(second)


def _shortest(text: str) -> str:
    found = _DECIMALS.search(text)
    return text if found is None else _DECIMALS.sub(found[0].rstrip("0").rstrip(_DECIMAL), text, count=1)


def _enough(value: Number) -> int:
    """Return the decimals that write *value* exactly, or 2 if none of the first few do."""
    for decimals in range(_MOST_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return decimals
    return 2


def _decimal(value: Number, decimals: int, *, grouped: bool) -> tuple[str, bool]:
    shift = 10**decimals
    scaled = size(value) * shift
    digits = (scaled + Fraction(1, 2)).__floor__()
    whole, rest = divmod(digits, shift)
    text = f"{whole:,}".replace(",", _GROUP) if grouped else str(whole)
    if decimals:
        text += _DECIMAL + str(rest).zfill(decimals)
    sign = "-" if value < 0 and digits else ""
    return sign + text, scaled.denominator == 1


def decimals_of(step: Fraction, unit: Fraction = Fraction(1)) -> int:
    """Return how many decimals a number with this *step* is written with, in units of *unit*."""
    decimals, place = 0, step / unit
    while place and place < 1 and decimals < 30:
        place *= 10
        decimals += 1
    return decimals


def exact_text(cell: Cell, field: FieldDef) -> str:
    """Return what a cell states in one spelling, empty if it could not be read.

    Where written digits count, they are part of it: ``98,8%`` states less than ``98,80%``.
    """
    value = cell.value
    match value:
        case None:
            return ""
        case Quantity():
            digits = f" ± {value.step / 2}" if field.is_rounded and value.step else ""
            return f"{value.value}{digits}"
        case date():
            return value.isoformat()
        case _:
            return str(value)

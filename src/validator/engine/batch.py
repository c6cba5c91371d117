"""Verdicts for many reports held as plain Python values, without places and explanations."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from validator.engine.context import Context
from validator.engine.run import run_rule
from validator.engine.screen import compile_screen
from validator.model.field import FieldDef, FieldType
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Cell, Report
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.packs.pack import RulePack

PlainValue = int | Decimal | Fraction | str | bool | None
_NOWHERE = Location()
_SCALES = tuple(100 * 10**decimals for decimals in range(19))


class Batch:
    """Runs one pack over plain values: a mapping of field paths to numbers.

    An int or a `Fraction` is exact; a `Decimal` keeps its written digits, in percentage points for
    a percent field (``Decimal("98.8")`` is 98,8 %); a text is read in Vietnamese notation; a
    missing field or None is unknown. Binary floats are refused: they have lost the digits.
    """

    def __init__(self, pack: RulePack) -> None:
        self.pack = pack
        self._screen = compile_screen(pack.rules)
        self._ids = tuple(rule.id for rule in pack.rules)
        fields = pack.form.fields
        self._percents = tuple(path for path, field in fields.items() if field.type is FieldType.PERCENT)

    def verdicts(self, values: Mapping[str, PlainValue]) -> list[Verdict]:
        """Return the verdict of every rule of the pack, in its order."""
        plain: dict[str, Any] = dict(values)
        for path in self._percents:
            percent = plain.get(path)
            if type(percent) is Decimal:
                plain[path] = _digits(percent)
        found = self._screen(plain)
        if None not in found:
            return cast("list[Verdict]", found)
        context = Context(report=self.report(values))
        return [
            run_rule(rule, context).verdict if verdict is None else verdict
            for rule, verdict in zip(self.pack.rules, found, strict=True)
        ]

    def failing(self, values: Mapping[str, PlainValue]) -> list[str]:
        """Return the ids of the rules that fail."""
        verdicts = self.verdicts(values)
        if Verdict.FAIL not in verdicts:
            return []
        return [name for name, each in zip(self._ids, verdicts, strict=True) if each is Verdict.FAIL]

    def report(self, values: Mapping[str, PlainValue]) -> Report:
        """Return plain values as a report."""
        fields = self.pack.form.fields
        cells = {
            path: (Cell(path=path, value=_value(value, fields[path]), raw=str(value), location=_NOWHERE),)
            for path, value in values.items()
            if value is not None and path in fields
        }
        return Report(form=self.pack.form.name, cells=cells)


def _digits(percent: Decimal) -> tuple[int, int] | Decimal:
    """Return 98.8 as 988 of 1000: the digits, and what they are to be divided by."""
    whole, _, decimals = str(percent).partition(".")
    try:
        return int(whole + decimals), _SCALES[len(decimals)]
    except (ValueError, IndexError):
        return percent


def _value(value: PlainValue, field: FieldDef) -> Quantity | str | bool | None:
    match value:
        case bool():
            return value
        case int() | Fraction():
            return Quantity(Fraction(value))
        case Decimal():
            if not value.is_finite():
                return None
            exponent = value.as_tuple().exponent
            unit = Fraction(1, 100) if field.type is FieldType.PERCENT else Fraction(1)
            step = Fraction(10) ** exponent if isinstance(exponent, int) else Fraction(0)
            return Quantity(Fraction(value) * unit, step * unit)
        case str() if field.type.is_numeric:
            from validator.readers.notation import load_notation

            return load_notation().parse(value, field.type, unit=field.unit)
        case str():
            return value
        case None:
            return None
        case _:
            raise TypeError(value)

"""Verdicts for many reports held as plain Python values, without places and explanations."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from validator.engine.context import Context
from validator.engine.run import run_rule
from validator.engine.screen import compile_screen, screen_value
from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.report import Cell, Report
from validator.model.suggestion import nearest
from validator.model.verdict import Verdict
from validator.readers.plain_value import exact_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from validator.packs.pack import RulePack
    from validator.readers.plain_value import PlainValue

_NOWHERE = Location()
_SCALES = tuple(100 * 10**decimals for decimals in range(19))
# Looked up once: the members of an enumeration are slow to get, beside what a rule takes here.
_FAIL = Verdict.FAIL
_WHOLE = frozenset({int, type(None)})


class Batch:
    """Runs one pack over plain values: a mapping of field paths to numbers.

    An int or a `Fraction` is exact, and in a percent field 1 is 100 % and 98 is 9800 %; a `Decimal` keeps
    its written digits, in percentage points for a percent field (``Decimal("98.8")`` is 98,8 %); a text
    is read in Vietnamese notation; a missing field or None is unknown. What cannot be a value of its
    field – a binary float, which has lost digits, a truth value for a number, an infinity, a path that
    the form does not have – raises `ValidatorError` (see `exact_value`).
    """

    def __init__(self, pack: RulePack) -> None:
        self.pack = pack
        self._screen = compile_screen(pack.rules)
        self._ids = tuple(rule.id for rule in pack.rules)
        self._fields = fields = pack.form.fields
        self._known = frozenset(fields)
        self._percents = tuple(path for path, field in fields.items() if field.type is FieldType.PERCENT)
        self._words = tuple(path for path, field in fields.items() if not field.type.is_numeric)

    def verdicts(self, values: Mapping[str, PlainValue]) -> list[Verdict]:
        """Return the verdict of every rule of the pack, in its order."""
        found = self._screen(self._exact(values))
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
        if _FAIL not in verdicts:
            return []
        return [name for name, each in zip(self._ids, verdicts, strict=True) if each is _FAIL]

    def report(self, values: Mapping[str, PlainValue]) -> Report:
        """Return plain values as a report."""
        self._refuse_unknown(values)
        cells = {path: (self._cell(path, value),) for path, value in values.items() if value is not None}
        return Report(form=self.pack.form.name, cells=cells)

    def _cell(self, path: str, value: PlainValue) -> Cell:
        exact = exact_value(value, self._fields[path])
        return Cell(path=path, value=exact, raw=str(value), location=_NOWHERE)

    def _exact(self, values: Mapping[str, PlainValue]) -> dict[str, Any]:
        """Return *values* as the screen takes them; all of them are looked at, whole numbers at once."""
        rest: dict[str, Any] = dict(values)
        if not self._known.issuperset(rest):
            self._refuse_unknown(values)
        found: dict[str, Any] = {}
        for path in self._percents:
            percent = rest.pop(path, None)
            digits = _digits(str(percent)) if type(percent) is Decimal else None
            found[path] = self._screened(path, percent) if digits is None else digits
        for path in self._words:
            found[path] = self._screened(path, rest.pop(path, None))
        if not _are_natural(rest.values()):
            rest = {path: self._screened(path, value) for path, value in rest.items()}
        rest.update(found)
        return rest

    def _screened(self, path: str, value: PlainValue) -> Any:
        if value is None:
            return None
        field = self._fields[path]
        return screen_value(exact_value(value, field), field)

    def _refuse_unknown(self, values: Mapping[str, PlainValue]) -> None:
        for path in values:
            if path not in self._fields:
                near = nearest(path, self._fields)
                code = "type/unknown-field-near" if near else "type/unknown-field"
                args = {"name": path, "near": near}
                raise ValidatorError(Problem(code=code, location=Location(pointer=path), args=args))


def _are_natural(values: Collection[Any]) -> bool:
    """Whether each value is a whole number from 0 or None, and no truth value."""
    if not _WHOLE.issuperset(map(type, values)):
        return False
    try:
        return bool(min(values, default=0) >= 0)
    except TypeError:
        return bool(min(filter(None, values), default=0) >= 0)


@lru_cache(maxsize=4096)
def _digits(percent: str) -> tuple[int, int] | None:
    """Return 98.8 as 988 of 1000: the digits, and what they are to be divided by; None if not written so."""
    whole, _, decimals = percent.partition(".")
    try:
        return int(whole + decimals), _SCALES[len(decimals)]
    except (ValueError, IndexError):
        return None

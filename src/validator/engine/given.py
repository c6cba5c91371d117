"""Values that a program gives by field, made exact: for whole numbers to settle, or as a report."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.engine.settle import plain
from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.report import Cell, Report
from validator.model.suggestion import nearest
from validator.readers.plain_value import exact_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.model.field import Form
    from validator.readers.plain_value import PlainValue

_NOWHERE = Location()
_SCALES = tuple(100 * 10**decimals for decimals in range(19))
_WHOLE = frozenset({int})


class Given:
    """Makes the values of one form exact, and refuses what is none."""

    def __init__(self, form: Form) -> None:
        self._form = form.name
        self._fields = form.fields
        self._known = frozenset(form.fields)
        self._percents = tuple(path for path, each in form.fields.items() if each.type is FieldType.PERCENT)
        self._words = tuple(path for path, each in form.fields.items() if not each.type.is_numeric)

    def report(self, values: Mapping[str, PlainValue]) -> Report:
        """Return *values* as a report."""
        self._refuse_unknown(values)
        cells = {path: (self._cell(path, value),) for path, value in values.items() if value is not None}
        return Report(form=self._form, cells=cells)

    def _cell(self, path: str, value: PlainValue) -> Cell:
        exact = exact_value(value, self._fields[path])
        return Cell(path=path, value=exact, raw=str(value), location=_NOWHERE)

    def plain(self, values: Mapping[str, PlainValue]) -> dict[str, Any]:
        """Return *values* as a `Settler` takes them; all of them are looked at, whole numbers at once."""
        rest: dict[str, Any] = dict(values)
        if not self._known.issuperset(rest):
            self._refuse_unknown(values)
        found: dict[str, Any] = {}
        for path in self._percents:
            percent = rest.pop(path, None)
            if type(percent) is Decimal and (digits := _digits(str(percent))) is not None:
                found[path] = digits
            elif percent is not None:
                found |= self._exact(path, percent)
        for path in self._words:
            found |= self._exact(path, rest.pop(path, None))
        if not _WHOLE.issuperset(map(type, rest.values())) or min(rest.values(), default=0) < 0:
            for path in tuple(rest):
                found |= self._exact(path, rest.pop(path))
        rest |= found
        return rest

    def _exact(self, path: str, value: PlainValue) -> dict[str, Any]:
        """Return one value by its path, nothing if it is blank."""
        field = self._fields[path]
        exact = exact_value(value, field)
        return {} if exact is None else {path: plain(exact, field)}

    def _refuse_unknown(self, names: Iterable[str]) -> None:
        for path in names:
            if path not in self._fields:
                near = nearest(path, self._fields)
                code = "type/unknown-field-near" if near else "type/unknown-field"
                args = {"name": path, "near": near}
                raise ValidatorError(Problem(code=code, location=Location(pointer=path), args=args))


@lru_cache(maxsize=4096)
def _digits(percent: str) -> tuple[int, int] | None:
    """Return 98.8 as 988 of 1000: the digits, and what they are to be divided by; None if not written so."""
    whole, _, decimals = percent.partition(".")
    try:
        return int(whole + decimals), _SCALES[len(decimals)]
    except (ValueError, IndexError):
        return None

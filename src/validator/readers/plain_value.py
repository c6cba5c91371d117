"""Values that a program hands over → values of their fields' types: the one rule for every entry.

Nothing that has lost digits is taken: a binary float is refused, with what to give in its place.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.readers.notation import HIGHEST_EXPONENT, LONGEST, load_notation
from validator.readers.tree import ScalarNode
from validator.readers.value import Fault, read_value, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.field import FieldDef, Form
    from validator.model.report import Cell, Report, Row, Scalar

PlainValue = int | Decimal | Fraction | str | date | bool | None
_NUMBERS = "int, Decimal, Fraction, str"
_WANTED = {
    FieldType.BOOLEAN: "bool, str",
    FieldType.DATE: "date, str",
    FieldType.TEXT: "str",
    FieldType.CHOICE: "str",
}


def exact_value(value: object, definition: FieldDef) -> Scalar | None:
    """Return *value* as the field has it; None stays None, which is unknown.

    An int or a `Fraction` is exact and in base units (in a percent field 1 is 100 % and 98 is 9800 %); a
    `Decimal` keeps its written digits, in percentage points for a percent field; a text is read as one in
    a report is. Raises `ValidatorError` for a binary float, a truth value for a number, an infinity, a
    text that cannot be read and whatever else is no value of the field's type.
    """
    if value is None:
        return None
    if isinstance(value, str):
        node = ScalarNode(text=value, quoted=True, line=1, column=1)
        found = read_value(node, definition, load_notation())
        if isinstance(found, Fault):
            raise _refusal(found.code, value, definition, found.args)
        return found
    if definition.type.is_numeric:
        number = _number(value, definition)
        if definition.type is FieldType.COUNT and (number.value.denominator != 1 or number.value < 0):
            cure = "@negative-count" if number.value < 0 else "@point-in-count"
            raise _refusal("not-a-count", value, definition, {"cure": cure})
        return number
    if isinstance(value, bool) and definition.type is FieldType.BOOLEAN:
        return value
    if isinstance(value, date) and not isinstance(value, datetime) and definition.type is FieldType.DATE:
        return value
    raise _wrong_kind(value, definition)


def exact_report(report: Report, form: Form) -> Report:
    """Return a report that a program has made with the values that its fields can have.

    Raises `ValidatorError` as `exact_value` does.
    """
    cells = {
        path: tuple(_exact_cell(cell, form.fields[path]) for cell in found) if path in form.fields else found
        for path, found in report.cells.items()
    }
    tables = {
        name: tuple(_exact_row(row, form.tables[name].columns) for row in rows)
        if name in form.tables
        else rows
        for name, rows in report.tables.items()
    }
    return evolve(report, cells=cells, tables=tables)


def doubtful_percents(report: Report, form: Form) -> Iterator[Problem]:
    """Yield a warning for each int over 1 in a percent field: 98 is 9800 %, and seldom meant so."""
    fields = form.fields
    cells = [(fields[path], cell) for path, found in report.cells.items() if path in fields for cell in found]
    for name, rows in report.tables.items():
        columns = form.tables[name].columns if name in form.tables else {}
        cells += [
            (columns[each], cell) for row in rows for each, cell in row.cells.items() if each in columns
        ]
    for field, cell in cells:
        if field.type is FieldType.PERCENT and type(cell.value) is int and cell.value > 1:
            args = {"path": field.path, "raw": cell.value, "percent": 100 * cell.value}
            place = cell.location
            yield Problem(code="read/whole-percent", location=place, severity=Severity.WARNING, args=args)


def _exact_row(row: Row, columns: Mapping[str, FieldDef]) -> Row:
    cells = {
        name: _exact_cell(cell, columns[name]) if name in columns else cell
        for name, cell in row.cells.items()
    }
    return evolve(row, cells=cells)


def _exact_cell(cell: Cell, definition: FieldDef) -> Cell:
    # A text was read already: a report holds the words of a choice, not what a clerk wrote for them.
    if isinstance(cell.value, str) and definition.type in (FieldType.TEXT, FieldType.CHOICE):
        return cell
    value = exact_value(cell.value, definition)
    return cell if value is cell.value else evolve(cell, value=value)


def _number(value: object, definition: FieldDef) -> Quantity:
    match value:
        case bool():
            raise _wrong_kind(value, definition)
        case Quantity():
            return _exact_quantity(value, definition)
        case int() | Fraction():
            return Quantity(Fraction(value))
        case Decimal():
            return _of_decimal(value, definition)
        case _:
            raise _wrong_kind(value, definition)


def _exact_quantity(value: Quantity, definition: FieldDef) -> Quantity:
    for part in (value.value, value.step):
        if type(part) not in (Fraction, int):
            raise _wrong_kind(part, definition)
    if type(value.value) is type(value.step) is Fraction:
        return value
    return Quantity(Fraction(value.value), Fraction(value.step), value.unit)


def _of_decimal(value: Decimal, definition: FieldDef) -> Quantity:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise _refusal("number-not-finite", value, definition)
    if abs(exponent) > HIGHEST_EXPONENT or len(value.as_tuple().digits) > LONGEST:
        raise _refusal("number-too-long", value, definition)
    unit = Fraction(1, 100) if definition.type is FieldType.PERCENT else Fraction(1)
    return Quantity(Fraction(value) * unit, Fraction(10) ** exponent * unit)


def _wrong_kind(value: object, definition: FieldDef) -> ValidatorError:
    code = "binary-float" if isinstance(value, float) else "wrong-kind-of-value"
    wanted = _WANTED.get(definition.type, _NUMBERS)
    return _refusal(code, value, definition, {"kind": type(value).__name__, "wanted": wanted})


def _refusal(
    code: str, value: object, definition: FieldDef, args: Mapping[str, object] | None = None
) -> ValidatorError:
    told = {"path": definition.path, "raw": shown(str(value)), **(args or {})}
    place = Location(pointer=definition.path)
    return ValidatorError(Problem(code=f"read/{code}", location=place, args=told))

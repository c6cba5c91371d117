"""The sums over units: exact, each with what it was added up from and who is lacking."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.exact.truth import FALSE, TRUE
from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.record import evolve, record
from validator.model.report import Cell, Row
from validator.model.rollup import Lacking, LeftOut, Rolled, Source
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.field import FieldDef, TableDef
    from validator.model.report import Report
    from validator.reviewing.rollup_plan import Addition

_HALF = Fraction(1, 2)
_WORDS = frozenset({FieldType.TEXT, FieldType.CHOICE})


@record
class TableSum:
    """The rows of a table of the superior, how each figure came about, and the columns left out."""

    rows: tuple[Row, ...]
    figures: dict[str, Rolled]
    left_out: tuple[LeftOut, ...] = ()


def add_up(
    addition: Addition, field: FieldDef, members: Sequence[Report], absent: Sequence[Lacking]
) -> tuple[Cell, Rolled] | None:
    """Return the sum of a field over the units that state it, None if none does."""
    sources: list[Source] = []
    lacking = list(absent)
    for member in members:
        belongs = _belongs(addition, member)
        if not belongs & TRUE:
            continue
        cell = next(iter(member.cells.get(addition.origin, ())), None)
        if belongs & FALSE:
            lacking.append(Lacking(unit=member.unit, reason="condition-unknown"))
        elif cell is not None and isinstance(cell.value, Quantity):
            sources.append(Source(unit=member.unit, cell=cell))
        else:
            lacking.append(Lacking(unit=member.unit, reason=_why_lacking(cell, member)))
    if not sources:
        return None
    cell = Cell(path=field.path, value=_sum(sources, field), raw="", location=Location(pointer=field.path))
    how = Rolled(
        origin=addition.origin,
        total=_total(sources),
        sources=tuple(sources),
        lacking=tuple(lacking),
        rule=addition.rule,
    )
    return cell, how


def _why_lacking(cell: Cell | None, report: Report) -> str:
    """Return whether a report does not state a figure, or it was only not read there."""
    if cell is not None:
        return "not-stated" if load_notation().is_nothing(cell.raw) else "unreadable"
    return "not-stated" if report.is_whole else "unreadable"


def _belongs(addition: Addition, report: Report) -> int:
    """Return whether a unit meets the condition of the rule that adds it up."""
    if addition.condition is None:
        return TRUE
    return Evaluator(Context(report=report)).truth(addition.condition, {addition.variable: report})


def _sum(sources: Sequence[Source], field: FieldDef) -> Quantity:
    """Return the exact sum; of rounded figures only the digits that all of them have."""
    found = [each.cell.value for each in sources if isinstance(each.cell.value, Quantity)]
    total = _total(sources)
    steps = [each.step for each in found if each.step]
    if not field.is_rounded or not steps:
        return Quantity(total, min(steps, default=Fraction(0)))
    coarsest = max(found, key=lambda each: each.step)
    step = coarsest.step
    return Quantity((total / step + _HALF).__floor__() * step, step, coarsest.unit)


def _total(sources: Iterable[Source]) -> Fraction:
    values = (each.cell.value for each in sources)
    return sum((each.value for each in values if isinstance(each, Quantity)), Fraction(0))


def add_table(table: TableDef, members: Sequence[Report], absent: Sequence[Lacking]) -> TableSum:
    """Return the rows of all units put together by their texts, with counts and money added up."""
    columns = {name: field for name, field in table.columns.items() if field.is_additive}
    words = [name for name, field in table.columns.items() if field.type in _WORDS]
    named: dict[tuple[str, ...], list[tuple[Report, Row]]] = {}
    nameless = False
    for member in members:
        for row in member.tables.get(table.name, ()):
            key = tuple(_text(row, column).casefold() for column in words)
            nameless = nameless or not any(key)
            if any(key):
                named.setdefault(key, []).append((member, row))
    rows: list[Row] = []
    figures: dict[str, Rolled] = {}
    for pairs in named.values() if columns else ():
        row, how = _row(table, pairs, words, columns, members)
        if not how:
            continue
        rows.append(row)
        late = tuple(absent)
        figures |= {
            f"{table.name}[{len(rows)}].{name}": evolve(each, lacking=(*late, *each.lacking))
            for name, each in how.items()
        }
    return TableSum(
        rows=tuple(rows), figures=figures, left_out=tuple(_left_out(table, members, rows, nameless=nameless))
    )


def _left_out(
    table: TableDef, members: Sequence[Report], rows: Sequence[Row], *, nameless: bool
) -> Iterable[LeftOut]:
    used = {column for member in members for row in member.tables.get(table.name, ()) for column in row.cells}
    if nameless and any(field.is_additive for field in table.columns.values()):
        yield LeftOut(path=table.name, reason="rows-without-name")
    elif used and not rows:
        yield LeftOut(path=table.name, reason="not-additive")
    for name, field in table.columns.items() if rows else ():
        if name in used and not field.is_additive and field.type not in _WORDS:
            yield LeftOut(path=f"{table.name}.{name}", reason="not-additive")


def _row(
    table: TableDef,
    pairs: Sequence[tuple[Report, Row]],
    words: Sequence[str],
    columns: dict[str, FieldDef],
    members: Sequence[Report],
) -> tuple[Row, dict[str, Rolled]]:
    first = pairs[0][1]
    cells = {name: first.cells[name] for name in words if name in first.cells}
    how: dict[str, Rolled] = {}
    for name, field in columns.items():
        sources = [
            Source(unit=member.unit, cell=row.cells[name])
            for member, row in pairs
            if name in row.cells and isinstance(row.cells[name].value, Quantity)
        ]
        if not sources:
            continue
        path = f"{table.name}.{name}"
        cells[name] = Cell(path=path, value=_sum(sources, field), raw="", location=Location(pointer=path))
        told = [each.unit for each in sources]
        lacking = [
            Lacking(unit=each.unit, reason=_why_lacking(None, each))
            for each in members
            if each.unit not in told
        ]
        how[name] = Rolled(origin=path, total=_total(sources), sources=tuple(sources), lacking=tuple(lacking))
    ordered = {name: cells[name] for name in table.columns if name in cells}
    return Row(cells=ordered, location=Location()), how


def _text(row: Row, column: str) -> str:
    cell = row.cells.get(column)
    return " ".join(str(cell.value).split()) if cell is not None and cell.value is not None else ""

"""Shares worked out from the sums, by the rules that state them: never averaged."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.exact.linear import Undefined
from validator.exact.truth import TRUE
from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Cell
from validator.model.rollup import LeftOut, Rolled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.engine.context import Bindings
    from validator.lang.ir import ColumnRef, FieldRef
    from validator.model.field import Form
    from validator.model.report import Report
    from validator.reviewing.rollup_plan import Share

_STEP = Fraction(1, 10_000)
"""Two decimals of a percentage."""
_HALF = Fraction(1, 2)


class _Recorder(Evaluator):
    """An evaluator that notes which fields it took values from."""

    def __init__(self, report: Report) -> None:
        super().__init__(Context(report=report))
        self.used: dict[str, None] = {}

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:  # type: ignore[explicit-override]
        """Return the statement that counts, and note its field."""
        found = super().cell(node, bindings)
        if found is not None:
            self.used[node.field.path] = None
        return found


def work_out(
    report: Report, figures: Mapping[str, Rolled], ways: Iterable[Share]
) -> tuple[dict[str, tuple[Cell, Rolled]], dict[str, str]]:
    """Return the shares that the sums of *report* give, and why others could not be worked out.

    Of several ways the first whose parts are all there counts. The parts must have been added up
    over the same units: a share of sums over different units is a share of nothing.
    """
    found: dict[str, tuple[Cell, Rolled]] = {}
    why: dict[str, str] = {}
    for way in ways:
        if way.path in found:
            continue
        made = _value(report, figures, way)
        if isinstance(made, str):
            why[way.path] = max(made, why.get(way.path, ""), key=_TELLING.index)
        else:
            found[way.path] = made
            why.pop(way.path, None)
    return found, why


_TELLING = ("", "parts-missing", "parts-of-other-units")


def _value(report: Report, figures: Mapping[str, Rolled], way: Share) -> tuple[Cell, Rolled] | str:
    found = share_of(report, way)
    if found is None or any(path not in figures for path in found[1]):
        return "parts-missing"
    cell, parts = found
    if len({_units(figures[path]) for path in parts}) > 1:
        return "parts-of-other-units"
    lacking = figures[parts[0]].lacking
    return cell, Rolled(parts=parts, rule=way.rule.full_id, lacking=lacking)


def share_of(report: Report, way: Share) -> tuple[Cell, tuple[str, ...]] | None:
    """Return the share that a rule gives for the figures of *report*, with its parts; None if one lacks."""
    guard = way.rule.guard
    if guard is not None and Evaluator(Context(report=report)).truth(guard, {}) != TRUE:
        return None
    recorder = _Recorder(report)
    try:
        number = recorder.number(way.body, {})
    except Undefined:
        return None
    if recorder.missing or number.has_missing or number.partial or not recorder.used:
        return None
    rounded = (number.constant / _STEP + _HALF).__floor__() * _STEP
    place = Location(pointer=way.path)
    cell = Cell(path=way.path, value=Quantity(rounded, _STEP, "%"), raw="", location=place)
    return cell, tuple(recorder.used)


def _units(rolled: Rolled) -> frozenset[tuple[str | None, str | None]]:
    return frozenset((each.unit.id, each.unit.name) for each in rolled.sources)


def left_out_shares(
    form: Form, stated: Iterable[str], found: Mapping[str, object], why: Mapping[str, str]
) -> Iterable[LeftOut]:
    """Yield the shares that units state and that were not worked out."""
    known = set(stated)
    for path, field in form.fields.items():
        if field.type is FieldType.PERCENT and path in known and path not in found:
            excepted = "not-additive" if field.rollup == "none" else ""
            yield LeftOut(path=path, reason=excepted or why.get(path) or "no-rule")

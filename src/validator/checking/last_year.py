"""What a report says of the same period of last year, held against what last year's report said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.number import exact_text
from validator.diagnostics.problem import explain_problem
from validator.model.diagnostic import Label
from validator.model.field import FieldType
from validator.model.problem import Problem
from validator.model.quantity import Quantity
from validator.model.record import evolve, record
from validator.model.verdict import Severity, Verdict
from validator.model.words import by_language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.claims.last_year import LastYear
    from validator.model.diagnostic import Diagnostic
    from validator.model.field import FieldDef
    from validator.model.report import Cell, Report
    from validator.packs.pack import RulePack

DIFFERS, UNKNOWN = "claims/last-year-differs", "claims/last-year-unknown"
_HUNDRED = 100


@record
class Against:
    """A figure of last year with the field it is of, and what last year's report has there, if anything.

    ``holds`` is None where there is nothing to hold it against.
    """

    told: LastYear
    definition: FieldDef
    cells: tuple[Cell, ...] = ()
    holds: bool | None = None


def held_against(
    found: Iterable[LastYear], report: Report, filed: tuple[Report, ...], packs: Iterable[RulePack]
) -> Iterator[Against]:
    """Yield the figures of last year, held against the versions of last year's report.

    *filed* are its versions, empty if the archive has none. Which field a figure is of is known by the
    figure beside it, which is bound to one.
    """
    forms = {pack.form.name: pack.form for pack in packs}
    form = forms.get(report.form or "")
    for each in found:
        paths = {cell.path for cell in _cells_at(report, each)}
        if form is None or len(paths) != 1 or not _is_of_last_year(each, report):
            continue
        definition = form.fields.get(next(iter(paths)))
        if definition is None or (definition.type is FieldType.PERCENT) is not each.is_percent:
            continue
        known = tuple(
            cell
            for version in filed
            for cell in version.cells.get(definition.path, ())
            if isinstance(cell.value, Quantity)
        )
        agreeing = tuple(cell for cell in known if _agrees(each, cell, definition))
        holds = bool(agreeing) if known else None
        yield Against(told=each, definition=definition, cells=(agreeing or known)[:1], holds=holds)


def last_year_findings(found: Iterable[Against]) -> Iterator[Diagnostic]:
    """Yield the figures that last year's report does not bear out, and those it cannot be asked about."""
    for each in found:
        if not each.holds:
            yield _told(UNKNOWN if each.holds is None else DIFFERS, each.told, each.cells, each.definition)


def _cells_at(report: Report, told: LastYear) -> Iterator[Cell]:
    for cells in report.cells.values():
        for cell in cells:
            if any(cell.location.overlaps(now) for now in told.now):
                yield cell


def _is_of_last_year(told: LastYear, report: Report) -> bool:
    """Whether the words mean the period that last year's report is of."""
    if told.by_year and report.period.kind != "year":
        return False
    end = report.period.end
    return end is not None and told.year in {0, end.year - 1}


def _agrees(told: LastYear, cell: Cell, definition: FieldDef) -> bool:
    """Whether two figures are one, the coarser of them rounded or cut off."""
    quantity = cell.value
    if not isinstance(quantity, Quantity):
        return False
    scale = _HUNDRED if told.is_percent else 1
    away = quantity.value * scale - told.amount
    coarse = max(told.step if told.is_rounded else 0, quantity.step * scale if definition.is_rounded else 0)
    return away == 0 or -coarse < away < coarse


def _told(code: str, told: LastYear, cells: tuple[Cell, ...], definition: FieldDef) -> Diagnostic:
    differs = code == DIFFERS
    problem = Problem(
        code=code,
        location=told.then,
        severity=Severity.WARNING if differs else Severity.INFO,
        args={
            "said": told.text,
            "quote": told.quote,
            **({"filed": cells[-1].raw.strip()} if differs else {}),
        },
    )
    words = by_language(definition.label, definition.path)
    said = Label(
        path=definition.path,
        label=say("joined/last-year-said", {"field": words}),
        raw=told.text,
        location=told.then,
    )
    filed = [
        Label(
            path=definition.path,
            label=say("joined/last-year-filed", {"field": words}),
            raw=" ".join(cell.raw.split()),
            location=cell.location,
            value=exact_text(cell, definition),
        )
        for cell in cells[-1:]
    ]
    shown = explain_problem(problem, verdict=Verdict.FAIL if differs else Verdict.UNDECIDED)
    return evolve(shown, fields=(said, *filed))

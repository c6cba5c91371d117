"""What binding one part of a document gives: cells, rows of tables, problems and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.reach import Reach
from validator.model.record import evolve, field, record
from validator.model.report import Cell
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.binding.written import Written
    from validator.model.field import FieldDef
    from validator.model.location import Location
    from validator.model.report import Row

_AROUND = 60


@record
class Found:
    """What one part holds; ``texts`` are the values as a report file writes them, by cell."""

    cells: tuple[Cell, ...] = ()
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    reach: Reach = field(default_factory=Reach)


def cell_of(
    definition: FieldDef, raw: str, written: Written, location: Location, *, text: str, confidence: str
) -> Cell:
    """Return the cell of one statement."""
    return Cell(
        path=definition.path,
        value=written.value,
        raw=raw,
        location=evolve(location, pointer=definition.path),
        text=text,
        confidence=confidence,
    )


def fault_of(definition: FieldDef, raw: str, written: Written, location: Location) -> Problem | None:
    """Return the problem of a value that cannot be read."""
    fault = written.fault
    if fault is None:
        return None
    args = {"raw": raw, **fault.args, "path": definition.path}
    severity = Severity.WARNING if fault.code == "unit-missing" else Severity.ERROR
    return Problem(code=f"read/{fault.code}", location=location, severity=severity, args=args)


def excerpt(text: str, start: int, end: int) -> str:
    """Return *text* around a number, cut at words, on one line."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = text[first:start]
    if first and " " in before:
        before = "…" + before[before.index(" ") + 1 :]
    after = text[end:last]
    if last < len(text) and " " in after:
        after = after[: after.rindex(" ")] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())

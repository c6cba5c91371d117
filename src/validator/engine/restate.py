"""One field, several statements: which of them cannot both be true."""

from __future__ import annotations

from fractions import Fraction

from validator.engine.result import Restatement
from validator.model.field import FieldDef
from validator.model.quantity import Quantity
from validator.model.report import Cell, Report
from validator.model.verdict import Severity
from validator.packs.pack import RulePack

_HALF = Fraction(1, 2)


def restatements(pack: RulePack, report: Report) -> tuple[Restatement, ...]:
    """Return the statements that differ from the first one of their field."""
    found: list[Restatement] = []
    for path, cells in report.cells.items():
        field = pack.form.fields.get(path)
        if field is None or len(cells) < 2:
            continue
        readable = [cell for cell in cells if cell.value is not None]
        seen: list[Cell] = readable[:1]
        for cell in readable[1:]:
            reason = None if any(_differ(field, one, cell) is None for one in seen[1:]) else (
                _differ(field, seen[0], cell)
            )
            if reason is not None:
                seen.append(cell)
                severity = _severity(pack.restated, reason)
                found.append(
                    Restatement(field=field, first=seen[0], other=cell, reason=reason, severity=severity)
                )
    return tuple(found)


def _severity(severity: Severity, reason: str) -> Severity:
    return Severity.WARNING if reason and severity is Severity.ERROR else severity


def _differ(field: FieldDef, first: Cell, other: Cell) -> str | None:
    """Return None if both can be true, else the reason code (empty, or ``truncated``)."""
    one, two = first.value, other.value
    if not isinstance(one, Quantity) or not isinstance(two, Quantity):
        same = _folded(one) == _folded(two)
        return None if same else ""
    if not field.is_rounded:
        return None if one.value == two.value else ""
    distance = abs(one.value - two.value)
    if distance <= (one.step + two.step) * _HALF:
        return None
    coarse, fine = (one, two) if one.step >= two.step else (two, one)
    if fine.value != coarse.value and 0 <= fine.value - coarse.value < coarse.step:
        return "truncated"
    return ""


def _folded(value: object) -> object:
    return value.casefold().strip() if isinstance(value, str) else value

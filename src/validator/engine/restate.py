"""One field, several statements: which of them cannot both be true."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.result import Restatement
from validator.model.quantity import Quantity
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from validator.model.field import FieldDef
    from validator.model.report import Cell, Report
    from validator.packs.pack import RulePack

_HALF = Fraction(1, 2)


def restatements(pack: RulePack, report: Report) -> tuple[Restatement, ...]:
    """Return the statements that differ from the first one of their field, each once."""
    found: list[Restatement] = []
    for path, cells in report.cells.items():
        field = pack.form.fields.get(path)
        readable = tuple(cell for cell in cells if cell.value is not None)
        if field is not None and len(readable) > 1:
            found.extend(_of_field(field, readable, pack.restated))
    return tuple(found)


def _of_field(field: FieldDef, cells: tuple[Cell, ...], severity: Severity) -> list[Restatement]:
    first = cells[0]
    groups: list[tuple[str, list[Cell]]] = []
    for cell in cells[1:]:
        reason = _differ(field, first, cell)
        if reason is None:
            continue
        for known, group in groups:
            if known == reason and _differ(field, group[0], cell) is None:
                group.append(cell)
                break
        else:
            groups.append((reason, [cell]))
    return [
        Restatement(
            field=field,
            first=first,
            other=group[0],
            also=tuple(group[1:]),
            reason=reason,
            severity=_severity(severity, reason),
        )
        for reason, group in groups
    ]


def _severity(severity: Severity, reason: str) -> Severity:
    return Severity.WARNING if reason and severity is Severity.ERROR else severity


def _differ(field: FieldDef, first: Cell, other: Cell) -> str | None:
    """Return None if both can be true, else the reason code (empty, or ``truncated``)."""
    one, two = first.value, other.value
    if not isinstance(one, Quantity) or not isinstance(two, Quantity):
        same = _folded(one) == _folded(two)
        return None if same else ""
    distance = abs(one.value - two.value)
    if distance <= (_spread(field, one) + _spread(field, two)) * _HALF:
        return None
    if not field.is_rounded:
        return ""
    coarse, fine = (one, two) if one.step >= two.step else (two, one)
    beyond = (fine.value - coarse.value) * (-1 if coarse.value < 0 else 1)
    return "truncated" if 0 < beyond < coarse.step else ""


def _spread(field: FieldDef, value: Quantity) -> Fraction:
    """The step that a number is known to; an exact one written in thousands is rounded."""
    return value.step if field.is_rounded or value.step > 1 else Fraction(0)


def _folded(value: object) -> object:
    return value.casefold().strip() if isinstance(value, str) else value

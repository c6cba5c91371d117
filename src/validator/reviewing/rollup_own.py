"""The superior's own report against the sums over its units: exact, with the room that rounding leaves."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.rollup import OwnFigure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.field import Form
    from validator.model.report import Cell, Report
    from validator.model.rollup import Rolled

_HALF = Fraction(1, 2)


def differences(
    own: Report, computed: Report, figures: Mapping[str, Rolled], form: Form
) -> Iterator[OwnFigure]:
    """Yield the figures of *own* that differ from the computed ones however all of them were rounded."""
    for path, cells in computed.cells.items():
        # The narrative may be right and the table not, or the other way round: each is held against the sum.
        seen: set[Fraction] = set()
        for stated in own.cells.get(path, ()):
            if isinstance(stated.value, Quantity) and stated.value.value not in seen:
                seen.add(stated.value.value)
                found = _difference(path, stated, cells[0], figures[path], form)
                if found is not None:
                    yield found


def _difference(path: str, stated: Cell, computed: Cell, how: Rolled, form: Form) -> OwnFigure | None:
    if not isinstance(stated.value, Quantity):
        return None
    cell = _exact(computed, how, stated.value)
    if not isinstance(cell.value, Quantity):
        return None
    gap = stated.value.value - cell.value.value
    if abs(gap) <= _room(stated.value, computed, how, form):
        return None
    return OwnFigure(path=path, own=stated, computed=cell, why=_why(gap, how, path))


def _exact(cell: Cell, how: Rolled, own: Quantity) -> Cell:
    """Return the sum before it was rounded, with the digits of the superior's figure where they show it."""
    value = cell.value
    if how.total is None or not isinstance(value, Quantity) or how.total == value.value:
        return cell
    steps = sorted({each.step for each in _written(how)}, reverse=True)
    step = next(each for each in (own.step, *steps, Fraction(0)) if not each or not how.total % each)
    return evolve(cell, value=Quantity(how.total, step, value.unit))


def _room(own: Quantity, computed: Cell, how: Rolled, form: Form) -> Fraction:
    """Return how far figure and sum may be apart: each rounded figure stands for half a step up and down."""
    room = own.step if form.fields[computed.path].is_rounded else Fraction(0)
    if how.parts:
        return (room + (computed.value.step if isinstance(computed.value, Quantity) else 0)) * _HALF
    if form.fields[how.origin].is_rounded:
        room += sum((each.step for each in _written(how)), Fraction(0))
    return room * _HALF


def _written(how: Rolled) -> Iterable[Quantity]:
    return [each.cell.value for each in how.sources if isinstance(each.cell.value, Quantity)]


def _why(gap: Fraction, how: Rolled, path: str) -> str:
    """Return what may make up for a difference: more can only come from who is not in the sum."""
    if how.parts:
        return "own-part"
    if gap < 0:
        return ""
    return "lacking" if how.lacking else "own-part" if how.origin == path and not how.rule else ""

"""Every figure of a unit as it was read: of which indicator, where it stands, what came of comparing it."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.quantity import Quantity, thin
from validator.model.record import field, maker, record, record_fields

if TYPE_CHECKING:
    from collections.abc import Mapping


class FigureState(Enum):
    """What came of comparing a figure; of one that does not agree, whether the unit has explained it."""

    AGREES = "agrees"
    DIFFERS = "differs"
    EXPLAINED = "explained"
    OPEN = "open"


_STATES = tuple(FigureState)
# All values of a place, most of them nothing, are read back faster than the few that are something.
_place_packed = attrgetter(*record_fields(Location()))
_place = maker(Location)


@record
class UnitFigure:
    """What a unit states of one indicator: the statement that counts, and all that is written of it.

    ``value`` is None where something is written that is no number. ``raws`` and ``places`` are of all
    statements, the one that counts first; ``found`` is what does not agree about it.
    """

    value: Quantity | None
    state: FigureState
    raws: tuple[str, ...]
    places: tuple[Location, ...]
    found: tuple[str, ...] = ()


@record
class LooseFigure:
    """A figure that belongs to no indicator; its place tells the words around it, or its row and column."""

    raw: str
    place: Location
    state: FigureState


@record
class UnitFigures:
    """All figures of a unit: those of indicators by the path of the field, and the others as they come."""

    figures: Mapping[str, UnitFigure] = field(default_factory=dict)
    loose: tuple[LooseFigure, ...] = ()


def packed(found: UnitFigures) -> tuple[Any, ...]:
    """Return figures as plain tuples: a tenth of what pickling records costs, for thousands of units."""
    figures = tuple(
        (
            path,
            _numbers(each.value),
            _STATES.index(each.state),
            each.raws,
            tuple(map(_place_packed, each.places)),
            each.found,
        )
        for path, each in found.figures.items()
    )
    loose = tuple((each.raw, _place_packed(each.place), _STATES.index(each.state)) for each in found.loose)
    return figures, loose


def unpacked(data: tuple[Any, ...]) -> UnitFigures:
    """Return the figures that `packed` put together."""
    figures = {
        path: UnitFigure(
            value=_quantity(numbers),
            state=_STATES[state],
            raws=raws,
            places=tuple([_place(*place) for place in places]),
            found=found,
        )
        for path, numbers, state, raws, places, found in data[0]
    }
    loose = tuple(
        LooseFigure(raw=raw, place=_place(*place), state=_STATES[state]) for raw, place, state in data[1]
    )
    return UnitFigures(figures=figures, loose=loose)


def _numbers(value: Quantity | None) -> tuple[Any, ...] | None:
    if value is None:
        return None
    number, step = thin(value.value), thin(value.step)
    if isinstance(number, int) and isinstance(step, int):
        return number, step, value.unit
    return value.value.numerator, value.value.denominator, step.numerator, step.denominator, value.unit


def _quantity(numbers: tuple[Any, ...] | None) -> Quantity | None:
    match numbers:
        case None:
            return None
        case number, step, unit:
            return Quantity(_fraction(number, 1), _fraction(step, 1), unit)
        case number, below, step, step_below, unit:
            return Quantity(_fraction(number, below), _fraction(step, step_below), unit)
    return None


@lru_cache(maxsize=65536)
def _fraction(above: int, below: int) -> Fraction:
    return Fraction(above, below)

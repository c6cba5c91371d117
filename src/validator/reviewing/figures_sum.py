"""The sums, counts and ends of the columns of the sheet of figures, while units go by one after the other."""

from __future__ import annotations

from bisect import insort
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.quantity import Number, Quantity, thin
from validator.model.record import record
from validator.model.report import Cell, Report, Unit
from validator.reviewing.rollup_plan import plan_of, shares
from validator.reviewing.rollup_share import share_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.field import Form
    from validator.model.figure import UnitFigure
    from validator.model.report import Period
    from validator.packs.pack import RulePack
    from validator.reviewing.rollup_plan import Addition

_HALF = Fraction(1, 2)


@record
class Ranked:
    """A unit at one end of a column."""

    value: Number
    unit: str


class Column:
    """A column of the sheet while units are added to it; blanks are counted, never taken for 0."""

    def __init__(self, ranked: int, *, is_rounded: bool = False) -> None:
        self._is_rounded = is_rounded
        self.total: Number = 0
        self.steps: Number = 0
        self.count = 0
        self.units = 0  # one bit a unit: two columns are of the same units if these are the same
        self._ranked = ranked
        self._ends: tuple[list[tuple[Number, int, str]], ...] = ([], [])

    def add(self, value: Quantity, place: int, name: str) -> None:
        """Add what the unit at *place* states."""
        number = thin(value.value)
        self.total += number
        if self._is_rounded:
            self.steps += thin(value.step)
        self.count += 1
        self.units |= 1 << place
        low, high = self._ends
        if self.count <= self._ranked or number < low[-1][0]:
            insort(low, (number, place, name))
            del low[self._ranked :]
        if self.count <= self._ranked or number > -high[-1][0]:
            insort(high, (-number, place, name))
            del high[self._ranked :]

    @property
    def lowest(self) -> tuple[Ranked, ...]:
        """The units with the least, of equal ones the first."""
        return tuple(Ranked(value=number, unit=name) for number, _, name in self._ends[0])

    @property
    def highest(self) -> tuple[Ranked, ...]:
        """The units with the most, of equal ones the first."""
        return tuple(Ranked(value=-number, unit=name) for number, _, name in self._ends[1])


@record
class Held:
    """A figure of the superior's own report held against the sum of its units.

    ``gap`` is what the superior states beyond the sum, ``lacking`` counts the units that state nothing.
    ``why`` is ``agrees`` if there is no gap but what rounding explains, what may make up for it (``lacking``
    units, the superior's ``own-part``), or ``differs``.
    """

    own: UnitFigure
    gap: Fraction
    why: str
    lacking: int


class Totals:
    """The columns of a form, of all units or of those of one superior."""

    def __init__(self, form: Form, paths: Sequence[str], ranked: int) -> None:
        self.form = form
        self.members = 0
        self.columns = {path: Column(ranked, is_rounded=form.fields[path].is_rounded) for path in paths}

    def add(self, name: str, figures: Mapping[str, UnitFigure]) -> None:
        """Add a unit, with no figures if it has sent none."""
        place, columns = self.members, self.columns
        self.members += 1
        for path, each in figures.items():
            if each.value is not None and path in columns:
                columns[path].add(each.value, place, name)

    def is_added(self, path: str) -> bool:
        """Whether the units' figures of a column make a sum."""
        return self.form.fields[path].is_additive

    def shares(self, packs: Sequence[RulePack], level: str | None, period: Period) -> dict[str, Fraction]:
        """Return the shares that rules work out from the sums, where their parts are of the same units."""
        head = Report(form=self.form.name, unit=Unit(level=level), period=period)
        cells = {
            path: (_cell(path, column.total),)
            for path, column in self.columns.items()
            if column.count and self.is_added(path)
        }
        sums = Report(form=self.form.name, unit=head.unit, period=period, cells=cells)
        found: dict[str, Fraction] = {}
        for way in shares(packs, head):
            made = None if way.path in found or way.path not in self.columns else share_of(sums, way)
            if made is None or any(part not in cells for part in made[1]):
                continue
            value = made[0].value
            is_of_same = len({self.columns[part].units for part in made[1]}) == 1
            if is_of_same and isinstance(value, Quantity):
                found[way.path] = value.value
        return found

    def held(
        self, own: Mapping[str, UnitFigure], unit: Unit, packs: Sequence[RulePack], period: Period
    ) -> dict[str, Held]:
        """Return the figures of the superior's own report held against the sums, by the units' field.

        Which of its figures is the sum of which of theirs is said by the rules of the packs, as for `rollup`.
        """
        plan = plan_of(self.form, packs, Report(form=self.form.name, unit=unit, period=period))
        found: dict[str, Held] = {}
        for each in plan.additions:
            stated = own.get(each.path)
            if each.origin in self.columns and each.condition is None and stated is not None:
                held = self._held(each, stated)
                found |= {each.origin: held} if held is not None else {}
        return found

    def _held(self, addition: Addition, own: UnitFigure) -> Held | None:
        column = self.columns[addition.origin]
        if not column.count or own.value is None:
            return None
        gap, lacking = Fraction(own.value.value - column.total), self.members - column.count
        room = own.value.step + column.steps if self.form.fields[addition.origin].is_rounded else 0
        if abs(gap) <= room * _HALF:
            why = "agrees"
        elif gap > 0 and lacking:
            why = "lacking"
        else:
            is_own = gap > 0 and addition.origin == addition.path and not addition.rule
            why = "own-part" if is_own else "differs"
        return Held(own=own, gap=gap, why=why, lacking=lacking)


def _cell(path: str, total: Number) -> Cell:
    return Cell(path=path, value=Quantity(Fraction(total)), raw="", location=Location(pointer=path))

"""The units that are to report: who they are, whom they report to, what documents call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.location import Location
    from validator.model.report import Unit


@record
class DeclaredUnit:
    """One entry of a list of units; ``synonyms`` are other names that documents use for it.

    ``predecessors`` are the names of the units that it came of, ``address`` and ``email`` say where
    what goes back to it is sent.
    """

    unit: Unit
    synonyms: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    address: str = ""
    email: str = ""
    location: Location

    @property
    def id(self) -> str:
        """The id, which every declared unit has."""
        return self.unit.id or ""

    @property
    def name(self) -> str:
        """The name that people read."""
        return self.unit.name or self.id


@record
class UnitList:
    """Declared units in the order of the file: ids are unique, parents exist, none is above itself."""

    units: tuple[DeclaredUnit, ...] = ()
    file: str = ""

    def get(self, unit_id: str | None) -> DeclaredUnit | None:
        """Return the unit with the id, None if there is none."""
        return next((each for each in self.units if each.id == unit_id), None)

    def below(self, unit_id: str) -> tuple[DeclaredUnit, ...]:
        """Return the units that report to the one with the id."""
        return tuple(each for each in self.units if each.unit.parent == unit_id)

    def absent_below(self, unit_id: str, there: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return the units that report to the one with the id and are not among those that are *there*."""
        known = {each.id for each in there}
        return tuple(each.unit for each in self.below(unit_id) if each.id not in known)

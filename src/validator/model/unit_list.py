"""The units that are to report: who they are, whom they report to, what documents call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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

    def silent(self, there: Collection[str | None]) -> tuple[Unit, ...]:
        """Return the units that are to report and are not among the ids that are *there*.

        Who is alone at the top writes to the others, and its own report is made of theirs.
        """
        tops = [each.id for each in self.units if each.unit.parent is None]
        desks = self.desks() | ({*tops} if len(tops) == 1 and len(self.units) > 1 else set())
        return tuple(each.unit for each in self.units if each.id not in there and each.id not in desks)

    def desks(self) -> set[str]:
        """Return the ids of those who gather reports and send none here.

        They have units below them and are no level of administration, such as an office, or are above such
        a one.
        """
        known = {each.id: each.unit for each in self.units}
        above = {each.unit.parent for each in self.units}
        found: set[str] = set()
        for each in known.values():
            if each.id in above and each.level is None:
                unit: Unit | None = each
                while unit is not None and unit.id and unit.id not in found:
                    found.add(unit.id)
                    unit = known.get(unit.parent or "")
        return found

    def absent_below(self, unit_id: str, there: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return the units that report to the one with the id and are not among those that are *there*."""
        known = {each.id for each in there}
        return tuple(each.unit for each in self.below(unit_id) if each.id not in known)

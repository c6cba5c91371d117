"""Entries → rows: which version of which unit counts, and which reports it is judged together with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.engine.context import ANYBODY
from validator.engine.join import choose_earlier, choose_last_year, choose_prior
from validator.engine.period import period_key
from validator.model.record import field, record
from validator.model.report import Period, Unit
from validator.submissions.entry import unit_key, version_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.unit_list import UnitList
    from validator.submissions.archive import Filed
    from validator.submissions.entry import Entry
    from validator.submissions.versions import Versions

UNDECLARED = Unit(id=ANYBODY)
"""Stands for the units that may be there besides, where no list declares who there is."""


@record
class Assignment:
    """One row to be judged: the entry, the version before it, and the keys of what it is joined to.

    Periods before come from the archive (``prior``, ``earlier``, ``last_year``: files) or from the folders
    (``prior_keys``, ``earlier_keys``, ``last_year_keys``), the version submitted first and its corrections
    after it.
    ``name`` is what the archive must call a unit that is not declared. ``children`` is None where
    nothing is known of units below; ``absent`` are those of them that have not reported, and
    ``why`` says by their ids which of these sent a file all the same (``unreadable``, ``other-period``).
    """

    key: str
    name: str = ""
    previous: str = ""
    prior: tuple[Filed, ...] = ()
    earlier: tuple[Filed, ...] = ()
    last_year: tuple[Filed, ...] = ()
    prior_keys: tuple[str, ...] = ()
    earlier_keys: tuple[str, ...] = ()
    last_year_keys: tuple[str, ...] = ()
    parent: str = ""
    children: tuple[str, ...] | None = None
    absent: tuple[Unit, ...] = field(default_factory=tuple)
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def joined(self) -> tuple[object, ...]:
        """The reports that the row is held against."""
        alone = (self.previous, self.parent)
        filed = (*self.prior, *self.earlier, *self.last_year)
        keys = (*self.prior_keys, *self.earlier_keys, *self.last_year_keys)
        return (*(each for each in alone if each), *filed, *keys, *(self.children or ()))


@record
class _Before:
    """An earlier period of a unit: files of the archive, or keys of entries, the first version first."""

    period: Period
    filed: tuple[Filed, ...] = ()
    keys: tuple[str, ...] = ()


def _by_period(entries: Iterable[Entry]) -> dict[tuple[str, str], list[_Before]]:
    """Return by unit and form the periods of entries; of each the version submitted first comes first."""
    periods: dict[tuple[tuple[str, str], object], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: version_order(each.submitted, each.path)):
        periods[(unit_key(entry), entry.form), period_key(entry.period) or entry.key].append(entry)
    found: dict[tuple[str, str], list[_Before]] = defaultdict(list)
    for (place, _), versions in periods.items():
        keys = tuple(each.key for each in versions)
        found[place].append(_Before(period=versions[0].period, keys=keys))
    return found


class Joining:
    """Finds the reports that a row is judged together with, among all that were taken in."""

    def __init__(
        self,
        rows: Sequence[Versions],
        others: Sequence[Entry],
        units: UnitList | None,
        archived: dict[tuple[str, str], tuple[tuple[Filed, ...], ...]],
        unread: Sequence[Entry] = (),
    ) -> None:
        self.units = units
        self.archived = archived
        self._by_id = {(each.unit.id, each.form): each for each in rows if each.unit.id}
        self._below: dict[tuple[str, str], list[Versions]] = defaultdict(list)
        for row in rows:
            if row.unit.parent:
                self._below[row.unit.parent, row.form].append(row)
        self._unread = {each.unit.id for each in unread}
        self._elsewhere = {(each.unit.id, each.form) for each in others}
        self._others = _by_period(others)

    def assignment(self, row: Versions) -> Assignment:
        """Return what the row is judged together with."""
        entry, place = row.current, (unit_key(row.current), row.form)
        archived = tuple(_Before(period=each[0].period, filed=each) for each in self.archived.get(place, ()))
        before = (*archived, *self._others.get(place, ()))
        prior = choose_prior(entry.period, before) or _Before(period=Period())
        earlier = choose_earlier(entry.period, before) or _Before(period=Period())
        last_year = choose_last_year(entry.period, before) or _Before(period=Period())
        parent = self._by_id.get((row.unit.parent or "", row.form))
        children, absent = self._children(row)
        return Assignment(
            key=entry.key,
            name="" if entry.is_declared else entry.unit.name or "",
            previous=next(
                (each.key for each in row.older if each.shape.is_appendix == row.current.shape.is_appendix),
                "",
            ),
            prior=prior.filed,
            earlier=earlier.filed,
            last_year=last_year.filed,
            prior_keys=prior.keys,
            earlier_keys=earlier.keys,
            last_year_keys=last_year.keys,
            parent=parent.current.key if parent else "",
            children=children,
            absent=absent,
            why={unit.id: why for unit in absent if unit.id and (why := self._why_absent(unit, row.form))},
        )

    def _why_absent(self, unit: Unit, form: str) -> str:
        """Return what a unit sent instead of a report that counts, nothing if it sent nothing."""
        if unit.id in self._unread:
            return "unreadable"
        return "other-period" if (unit.id, form) in self._elsewhere else ""

    def _children(self, row: Versions) -> tuple[tuple[str, ...] | None, tuple[Unit, ...]]:
        """Return those below that have reported, and the declared ones that have not."""
        below = self._below.get((row.unit.id or "", row.form), [])
        there = tuple(each.current.key for each in below)
        if self.units is None:
            # Nobody says that these are all: whoever else there may be is as unknown as who is missing.
            return (there, (UNDECLARED,)) if below else (None, ())
        absent = self.units.absent_below(row.unit.id or "", (each.unit for each in below))
        return (there, absent) if below or absent else (None, ())

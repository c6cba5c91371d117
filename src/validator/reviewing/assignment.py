"""Entries → rows: which version of which unit counts, and which reports it is judged together with."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.checking.appendix import pairs, unit_key, version_order
from validator.engine.context import ANYBODY
from validator.engine.join import choose_earlier, choose_last_year, choose_prior
from validator.engine.period import PeriodKey, period_key
from validator.model.record import evolve, field, record
from validator.model.report import Period, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.checking.archive import Filed
    from validator.model.unit_list import UnitList
    from validator.reviewing.entry import Entry

UNDECLARED = Unit(id=ANYBODY)
"""Stands for the units that may be there besides, where no list declares who there is."""


@record
class Sent:
    """What one unit sent of one form for one period: the version that counts, and those before it.

    ``repeats`` are files that hold the same figures as another; ``doubt`` says why it is not sure
    which version is the newest (``same-date``, ``undated``), or is empty. ``appendix`` is a file that
    holds the figures of the report beside its narrative.
    """

    unit: Unit
    form: str
    current: Entry
    older: tuple[Entry, ...] = ()
    repeats: tuple[tuple[Entry, Entry], ...] = ()
    doubt: str = ""
    appendix: Entry | None = None


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


def sent(entries: Iterable[Entry]) -> tuple[Sent, ...]:
    """Return what each unit sent, from entries of one period."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[unit_key(entry), entry.form].append(entry)
    return tuple(_sent(found) for found in groups.values())


def _sent(entries: list[Entry]) -> Sent:
    """Return the versions of a report; an appendix that came with a narrative is none."""
    pair = next(iter(pairs(entries)), None)
    if pair is None:
        return _versions(entries)
    appendices = [entry for entry in entries if entry.shape.goes_with(pair[0].shape)]
    found = _versions([entry for entry in entries if entry not in appendices])
    beside = _versions(appendices)
    if not found.current.shape.is_narrative:
        return _versions(entries)
    return evolve(
        found,
        appendix=beside.current,
        older=(*found.older, *beside.older),
        repeats=(*found.repeats, *beside.repeats),
    )


def _versions(entries: list[Entry]) -> Sent:
    # What does not say its days may fill a hole, but never takes the place of what does.
    ordered = sorted(
        entries,
        key=lambda entry: (period_key(entry.period) is not None, *version_order(entry.submitted, entry.path)),
    )
    kept: list[Entry] = []
    repeats: list[tuple[Entry, Entry]] = []
    for entry in reversed(ordered):
        same = next((each for each in kept if each.digest == entry.digest), None)
        if same is None:
            kept.append(entry)
        else:
            repeats.append((entry, same))
    current, *older = kept
    doubt = ""
    if older and (current.submitted is None or older[0].submitted is None):
        doubt = "undated"
    elif older and current.submitted == older[0].submitted:
        doubt = "same-date"
    return Sent(
        unit=current.unit,
        form=current.form,
        current=current,
        older=tuple(older),
        repeats=tuple(repeats),
        doubt=doubt,
    )


def main_period(entries: Iterable[Entry]) -> PeriodKey | None:
    """Return the period that most entries are of, the latest of several; None if none is known."""
    keys = [key for entry in entries if (key := period_key(entry.period)) is not None]
    counts = Counter(keys)
    return max(counts, key=lambda key: (counts[key], key.year, key.part, key.kind), default=None)


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
        rows: Sequence[Sent],
        others: Sequence[Entry],
        units: UnitList | None,
        archived: dict[tuple[str, str], tuple[tuple[Filed, ...], ...]],
        unread: Sequence[Entry] = (),
    ) -> None:
        self.units = units
        self.archived = archived
        self._by_id = {(each.unit.id, each.form): each for each in rows if each.unit.id}
        self._below: dict[tuple[str, str], list[Sent]] = defaultdict(list)
        for row in rows:
            if row.unit.parent:
                self._below[row.unit.parent, row.form].append(row)
        self._unread = {each.unit.id for each in unread}
        self._elsewhere = {(each.unit.id, each.form) for each in others}
        self._others = _by_period(others)

    def assignment(self, row: Sent) -> Assignment:
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

    def _children(self, row: Sent) -> tuple[tuple[str, ...] | None, tuple[Unit, ...]]:
        """Return those below that have reported, and the declared ones that have not."""
        below = self._below.get((row.unit.id or "", row.form), [])
        declared = self.units.below(row.unit.id) if self.units is not None and row.unit.id else ()
        if not below and not declared:
            return None, ()
        if self.units is None:
            # Nobody says that these are all: whoever else there may be is as unknown as who is missing.
            return tuple(each.current.key for each in below), (UNDECLARED,)
        there = {each.unit.id for each in below}
        absent = tuple(each.unit for each in declared if each.id not in there)
        return tuple(each.current.key for each in below), absent

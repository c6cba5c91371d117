"""Entries → rows: which version of which unit counts, and which reports it is judged together with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from validator.engine.join import choose_earlier, choose_prior
from validator.engine.period import PeriodKey, period_key
from validator.model.record import field, record
from validator.readers.binding.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.checking.archive import Filed
    from validator.model.report import Unit
    from validator.model.unit_list import UnitList
    from validator.reviewing.entry import Entry

_SUFFIX = re.compile(r"\.\w*$")


@record
class Sent:
    """What one unit sent of one form for one period: the version that counts, and those before it.

    ``repeats`` are files that hold the same figures as another; ``doubt`` says why it is not sure
    which version is the newest (``same-date``, ``undated``), or is empty.
    """

    unit: Unit
    form: str
    current: Entry
    older: tuple[Entry, ...] = ()
    repeats: tuple[tuple[Entry, Entry], ...] = ()
    doubt: str = ""


@record
class Assignment:
    """One row to be judged: the entry, the version before it, and the keys of what it is joined to.

    Periods before come from the archive (``prior``, ``earlier``: files, the submitted version
    first) or from the folders (``prior_key``, ``earlier_key``). ``name`` is what the archive must call
    a unit that is not declared. ``children`` is None where nothing
    is known of units below; ``absent`` are those of them that have not reported, and ``why`` says by
    their ids which of these sent a file all the same (``unreadable``, ``other-period``).
    """

    key: str
    name: str = ""
    previous: str = ""
    prior: tuple[Filed, ...] = ()
    earlier: tuple[Filed, ...] = ()
    prior_key: str = ""
    earlier_key: str = ""
    parent: str = ""
    children: tuple[str, ...] | None = None
    absent: tuple[Unit, ...] = field(default_factory=tuple)
    why: Mapping[str, str] = field(default_factory=dict)


def sent(entries: Iterable[Entry]) -> tuple[Sent, ...]:
    """Return what each unit sent, from entries of one period."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[unit_key(entry), entry.form].append(entry)
    return tuple(_sent(found) for found in groups.values())


def unit_key(entry: Entry) -> str:
    """Return what tells the unit of an entry from others; a file whose unit is not known is its own."""
    if entry.candidates:
        return f"file:{entry.path}"
    if entry.is_declared or not entry.unit.name:
        return entry.unit.id or f"file:{entry.path}"
    # The id of a document is made from its name without marks and level: others may have the same.
    name = " ".join(spelled(entry.unit.name))
    return f"{entry.unit.id} {name if any(map(str.isalpha, name)) else entry.unit.name}"


def _sent(entries: list[Entry]) -> Sent:
    ordered = sorted(entries, key=lambda entry: version_order(entry.submitted, entry.path))
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


def version_order(submitted: date | None, path: str) -> tuple[date, list[tuple[int, int | str]], str]:
    """Return by what versions are ordered: the day they bear, then their names as people count."""
    # Without the suffix: `a.docx` comes before `a-2.docx`.
    parts = re.split(r"(\d+)", _SUFFIX.sub("", path).casefold())
    natural: list[tuple[int, int | str]] = [
        (1, int(part[:18])) if part.isdigit() else (0, part) for part in parts if part
    ]
    return submitted or date.min, natural, path


def main_period(entries: Iterable[Entry]) -> PeriodKey | None:
    """Return the period that most entries are of, the latest of several; None if none is known."""
    keys = [key for entry in entries if (key := period_key(entry.period)) is not None]
    counts = Counter(keys)
    return max(counts, key=lambda key: (counts[key], key.year, key.part, key.kind), default=None)


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
        self._others: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        # Of several versions in the folders the newest counts, as it does in the period under review.
        for entry in sorted(others, key=lambda each: version_order(each.submitted, each.path), reverse=True):
            self._others[unit_key(entry), entry.form].append(entry)

    def assignment(self, row: Sent) -> Assignment:
        """Return what the row is judged together with."""
        entry, place = row.current, (unit_key(row.current), row.form)
        versions = self.archived.get(place, ())
        prior = choose_prior(entry.period, (each[0] for each in versions))
        earlier = choose_earlier(entry.period, (each[0] for each in versions))
        others = self._others.get(place, ())
        in_folder = choose_prior(entry.period, others), choose_earlier(entry.period, others)
        parent = self._by_id.get((row.unit.parent or "", row.form))
        children, absent = self._children(row)
        return Assignment(
            key=entry.key,
            name="" if entry.is_declared else entry.unit.name or "",
            previous=row.older[0].key if row.older else "",
            prior=next((each for each in versions if each[0] is prior), ()),
            earlier=next((each for each in versions if each[0] is earlier), ()),
            prior_key=in_folder[0].key if in_folder[0] else "",
            earlier_key=in_folder[1].key if in_folder[1] else "",
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
        there = {each.unit.id for each in below}
        absent = tuple(each.unit for each in declared if each.id not in there)
        return tuple(each.current.key for each in below), absent

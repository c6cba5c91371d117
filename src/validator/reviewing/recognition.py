"""Which declared unit a report is of: by its id, its name, the head of the document, the name of its file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.readers.binding.fold import folded, words
from validator.readers.binding.head import with_letterhead
from validator.readers.binding.recognition import load_recognition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.document import Document
    from validator.model.report import Report
    from validator.model.unit_list import DeclaredUnit, UnitList

_HEAD_BLOCKS = 15
Words = tuple[str, ...]


@record
class Match:
    """The unit found, or None; ``candidates`` are those between which nothing decides."""

    unit: DeclaredUnit | None
    candidates: tuple[DeclaredUnit, ...] = ()


class UnitFinder:
    """Finds the units of one list; made once for all reports."""

    def __init__(self, units: UnitList) -> None:
        self.units = units
        self._ids = {unit.id: unit for unit in units.units}
        self._levels = tuple(words(word) for word, _ in load_recognition().levels)
        self._offices = tuple(words(word) for word in load_recognition().committee)
        self._names: dict[Words, list[DeclaredUnit]] = defaultdict(list)
        self._bare: dict[Words, list[DeclaredUnit]] = defaultdict(list)
        for unit in units.units:
            for name in dict.fromkeys((words(unit.name), *map(words, unit.synonyms))):
                self._names[name].append(unit)
                self._bare[self._without_level(name)].append(unit)
        self._longest = max(map(len, self._names), default=0)

    def find(self, report: Report, document: Document | None, path: str) -> Match:
        """Return the unit of *report*, which was read from *path*.

        An id counts only where somebody wrote it: that of a document is made from its name.
        """
        head = _head(document)
        if document is None and report.unit.id in self._ids:
            return Match(unit=self._ids[report.unit.id])
        found = self._named(report) or self._in_head(head)
        if not found and report.unit.id in self._ids:
            found = (self._ids[report.unit.id],)
        if not found and (document is not None or not (report.unit.id or report.unit.name)):
            found = self._in_name(path)
        return self._decide(found, report, head, path)

    def of_name(self, path: str) -> DeclaredUnit | None:
        """Return the unit that a file's name names, None if it names none or several."""
        found = self._in_name(path)
        return found[0] if len(found) == 1 else None

    def _named(self, report: Report) -> tuple[DeclaredUnit, ...]:
        name = words(report.unit.name or "")
        if not name:
            return ()
        for office in self._offices:
            if name not in self._names and name[: len(office)] == office:
                name = name[len(office) :]
        if name in self._names:
            return tuple(self._names[name])
        bare = self._bare.get(self._without_level(name), [])
        level = report.unit.level
        return tuple(each for each in bare if level is None or each.unit.level in (None, level))

    def _in_head(self, head: Sequence[Words]) -> tuple[DeclaredUnit, ...]:
        """Return the lowest units that the head names: it names those above as well."""
        found = {unit.id: unit for line in head for unit in self._within(line, self._names)}
        lowest = max((self._depth(unit) for unit in found.values()), default=0)
        return tuple(unit for unit in found.values() if self._depth(unit) == lowest)

    def _in_name(self, path: str) -> tuple[DeclaredUnit, ...]:
        """Return the units that a file's name names; the longest name counts."""
        stem = words(PurePath(path).stem.replace("_", " "))
        found = self._within(stem, self._names) or self._within(stem, self._bare)
        return tuple(found) or tuple(unit for unit in self.units.units if _holds(stem, words(unit.id)))

    def _within(self, line: Words, names: dict[Words, list[DeclaredUnit]]) -> list[DeclaredUnit]:
        """Return the units whose names stand in a line; a name within a longer one found does not count."""
        taken = 0
        found: list[DeclaredUnit] = []
        for start in range(len(line)):
            if start < taken:
                continue
            for end in range(min(len(line), start + self._longest), start, -1):
                units = names.get(line[start:end])
                if units:
                    found += units
                    taken = end
                    break
        return found

    def _decide(
        self, found: tuple[DeclaredUnit, ...], report: Report, head: Sequence[Words], path: str
    ) -> Match:
        """Choose between units of one name: by the superior that is named, then by the file's name."""
        if len(found) > 1:
            told = {*PurePath(path).parts, report.unit.parent}
            by_superior = tuple(unit for unit in found if self._superior_named(unit, head, told))
            named = self._in_name(path)
            by_file = tuple(unit for unit in found if unit in named)
            found = next((each for each in (by_superior, by_file) if len(each) == 1), found)
        return Match(unit=found[0]) if len(found) == 1 else Match(unit=None, candidates=found)

    def _superior_named(self, unit: DeclaredUnit, head: Sequence[Words], told: set[str | None]) -> bool:
        parent = self._above(unit)
        if parent is None:
            return False
        return parent.id in told or any(_holds(line, words(parent.name)) for line in head)

    def _depth(self, unit: DeclaredUnit) -> int:
        depth, above = 0, self._above(unit)
        while above is not None:
            depth, above = depth + 1, self._above(above)
        return depth

    def _above(self, unit: DeclaredUnit) -> DeclaredUnit | None:
        return self._ids.get(unit.unit.parent or "")

    def _without_level(self, name: Words) -> Words:
        for level in self._levels:
            if name[: len(level)] == level and len(name) > len(level):
                return name[len(level) :]
        return name


def _head(document: Document | None) -> tuple[Words, ...]:
    """Return the lines at the head of a document, without those that address somebody else."""
    if document is None:
        return ()
    addressed = load_recognition().addressed
    blocks = with_letterhead(document)[:_HEAD_BLOCKS]
    return tuple(words(each.text) for each in blocks if not folded(each.text).startswith(addressed))


def _holds(line: Iterable[str], name: Words) -> bool:
    """Whether the words of *name* stand in *line* one after the other."""
    where = tuple(line)
    return bool(name) and any(
        where[start : start + len(name)] == name for start in range(len(where) - len(name) + 1)
    )


def with_unit(report: Report, document: Document | None, path: str, units: UnitList) -> Report:
    """Return *report* with its unit as declared, where it is found among *units*."""
    found = UnitFinder(units).find(report, document, path).unit
    return report if found is None else evolve(report, unit=found.unit)

"""Which declared unit a report is of: by its id, its name, the head of the document, the name of its file."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from validator.binding.head import with_letterhead
from validator.binding.recognition import load_recognition
from validator.model.problem import FileError
from validator.model.record import evolve, record
from validator.model.report import Report
from validator.readers.kind import PACKETS
from validator.readers.regular import file_state
from validator.readers.unit_list import read_units
from validator.text.fold import Spelled, agree, folded, spelled, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.document import Document
    from validator.model.unit_list import DeclaredUnit, UnitList
    from validator.readers.unit_list import UnitListResult
    from validator.submissions.entry import Reading

_HEAD_BLOCKS = 15
Words = tuple[str, ...]


@record
class Match:
    """The unit found, or None; ``candidates`` are those between which nothing decides.

    ``by_file`` is another declared unit that the name of the file names. ``former`` is the unit that came of
    one of the name that the report bears, where no unit has that name now.
    """

    unit: DeclaredUnit | None
    former: DeclaredUnit | None = None
    candidates: tuple[DeclaredUnit, ...] = ()
    by_file: DeclaredUnit | None = None


@record(kw_only=False)
class _Line:
    """The words of a line, bare and with their marks (which are empty where they do not correspond)."""

    words: Words
    spelled: Spelled

    def agrees(self, start: int, end: int, name: Spelled) -> bool:
        """Whether the words from *start* to *end* may be *name*, marks and all."""
        return not self.spelled or agree(self.spelled[start:end], name)


_Names = dict[Words, list[tuple["DeclaredUnit", Spelled]]]


class UnitFinder:
    """Finds the units of one list; made once for all reports."""

    def __init__(self, units: UnitList) -> None:
        self.units = units
        self._ids = {unit.id: unit for unit in units.units}
        self._id_words: dict[Words, list[DeclaredUnit]] = defaultdict(list)
        self._depths: dict[str, int] = {}
        self._levels = tuple(words(word) for word, _ in load_recognition().levels)
        self._offices = tuple(words(word) for word in load_recognition().committee)
        self._names: _Names = defaultdict(list)
        self._bare: _Names = defaultdict(list)
        self._former: _Names = defaultdict(list)
        for unit in units.units:
            for name in unit.predecessors:
                self._former[words(name)].append((unit, _line(name).spelled))
            self._id_words[words(unit.id)].append(unit)
            for name in dict.fromkeys((unit.name, *unit.synonyms)):
                line = _line(name)
                bare = len(line.words) - len(self._without_level(line.words))
                self._names[line.words].append((unit, line.spelled))
                self._bare[line.words[bare:]].append((unit, line.spelled[bare:]))
        self._longest = max(map(len, self._names), default=0)

    def find(self, report: Report, document: Document | None, path: str) -> Match:
        """Return the unit of *report*, which was read from *path*.

        An id counts only where somebody wrote it: that of a document is made from its name. A name
        that is stated and not declared is nobody else's, whatever else the text or the file names.
        """
        if document is None and report.unit.id in self._ids:
            return Match(unit=self._ids[report.unit.id])
        head = _head(document)
        found = self._named(report) or self._in_head(head, report.unit.level)
        if not found and not report.unit.name and (document is not None or not report.unit.id):
            found = self._in_path(path)
        match = self._decide(found, report, head, path)
        if not found:
            match = evolve(match, former=self._of_former(report))
        named = () if match.candidates else self._in_path(path)
        other = named[0] if len(named) == 1 and named[0] is not match.unit else None
        return evolve(match, by_file=other)

    def of_unread(self, path: str, document: Document | None = None) -> DeclaredUnit | None:
        """Return the one unit that names or head of a file without a report tell of, None if they do not."""
        found = self._in_path(path)
        if len(found) == 1:
            return found[0]
        return None if document is None else self.find(Report(), document, path).unit

    def _named(self, report: Report) -> tuple[DeclaredUnit, ...]:
        line = _line(report.unit.name or "")
        if not line.words:
            return ()
        for office in self._offices:
            if line.words not in self._names and line.words[: len(office)] == office:
                line = _Line(line.words[len(office) :], line.spelled[len(office) :])
        if line.words in self._names:
            return _best(line, 0, self._names[line.words])
        start = len(line.words) - len(self._without_level(line.words))
        level = report.unit.level
        found = _best(line, start, self._bare.get(line.words[start:], []))
        return tuple(each for each in found if level is None or each.unit.level in (None, level))

    def _of_former(self, report: Report) -> DeclaredUnit | None:
        """Return the one unit that came of one of the name of *report*; whose the figures are is not said."""
        line = _line(report.unit.name or "")
        for office in self._offices:
            if line.words[: len(office)] == office:
                line = _Line(line.words[len(office) :], line.spelled[len(office) :])
        found = _best(line, 0, self._former.get(line.words, []))
        return found[0] if len(found) == 1 else None

    def _in_head(self, head: Sequence[_Line], level: str | None) -> tuple[DeclaredUnit, ...]:
        """Return the lowest units that the head names: it names those above as well.

        Where the level of the one who reports is known, the others are those it writes to or of.
        """
        found = {unit.id: unit for line in head for unit in self._within(line, self._names)}
        fitting = [unit for unit in found.values() if level is None or unit.unit.level in (None, level)]
        lowest = max((self._depth(unit) for unit in fitting), default=0)
        return tuple(unit for unit in fitting if self._depth(unit) == lowest)

    def _in_path(self, path: str) -> tuple[DeclaredUnit, ...]:
        """Return the units that the name of a file names, else that of its folder, up to that of a zip."""
        place = PurePath(path)
        packet = next((each for each in place.parents if each.suffix.lower() in PACKETS), place.parent)
        within = [each.name for each in place.parents if each.is_relative_to(packet)]
        for name in (place.stem, *within):
            found = self._in_name(name)
            if found:
                return found
        return ()

    def _in_name(self, name: str) -> tuple[DeclaredUnit, ...]:
        """Return the units that a name names; the longest name counts."""
        line = _line(name.replace("_", " "))
        found = self._within(line, self._names) or self._within(line, self._bare)
        return tuple({unit.id: unit for unit in found or self._of_ids(line.words)}.values())

    def _of_ids(self, line: Words) -> list[DeclaredUnit]:
        """Return the units whose ids stand in a line."""
        longest = max(map(len, self._id_words), default=0)
        return [
            unit
            for start in range(len(line))
            for end in range(start + 1, min(len(line), start + longest) + 1)
            for unit in self._id_words.get(line[start:end], ())
        ]

    def _within(self, line: _Line, names: _Names) -> list[DeclaredUnit]:
        """Return the units whose names stand in a line; a name within a longer one found does not count."""
        taken = 0
        found: list[DeclaredUnit] = []
        for start in range(len(line.words)):
            if start < taken:
                continue
            for end in range(min(len(line.words), start + self._longest), start, -1):
                units = _best(line, start, names.get(line.words[start:end], []))
                if units:
                    found += units
                    taken = end
                    break
        return found

    def _decide(
        self, found: tuple[DeclaredUnit, ...], report: Report, head: Sequence[_Line], path: str
    ) -> Match:
        """Choose between units of one name: by the superior that is named, then by the file's name."""
        if len(found) > 1:
            told = {*PurePath(path).parts, report.unit.parent}
            above = {parent.id: parent for unit in found if (parent := self._above(unit)) is not None}
            heads = {name for name, parent in above.items() if _is_named(parent, head, told)}
            by_superior = tuple(unit for unit in found if unit.unit.parent in heads)
            named = {unit.id for unit in self._in_path(path)}
            by_file = tuple(unit for unit in found if unit.id in named)
            found = next((each for each in (by_superior, by_file) if len(each) == 1), found)
        return Match(unit=found[0]) if len(found) == 1 else Match(unit=None, candidates=found)

    def _depth(self, unit: DeclaredUnit) -> int:
        """Return how many units are above *unit*."""
        chain: list[str] = []
        above: DeclaredUnit | None = unit
        while above is not None and above.id not in self._depths:
            chain.append(above.id)
            above = self._above(above)
        depth = -1 if above is None else self._depths[above.id]
        self._depths |= {name: depth + number for number, name in enumerate(reversed(chain), start=1)}
        return self._depths[unit.id]

    def _above(self, unit: DeclaredUnit) -> DeclaredUnit | None:
        return self._ids.get(unit.unit.parent or "")

    def _without_level(self, name: Words) -> Words:
        for level in self._levels:
            if name[: len(level)] == level and len(name) > len(level):
                return name[len(level) :]
        return name


def _head(document: Document | None) -> tuple[_Line, ...]:
    """Return the lines at the head of a document, without those that address somebody else."""
    if document is None:
        return ()
    addressed = load_recognition().addressed
    blocks = with_letterhead(document)[:_HEAD_BLOCKS]
    return tuple(_line(each.text) for each in blocks if not folded(each.text).startswith(addressed))


def _line(text: str) -> _Line:
    bare, marked = words(text), spelled(text)
    return _Line(bare, marked if len(marked) == len(bare) else ())


def _best(line: _Line, start: int, named: Sequence[tuple[DeclaredUnit, Spelled]]) -> tuple[DeclaredUnit, ...]:
    """Return the units of a name as it is spelled from *start* on; exact marks count before missing ones."""
    fitting = [(unit, name) for unit, name in named if line.agrees(start, start + len(name), name)]
    exact = [unit for unit, name in fitting if line.spelled[start : start + len(name)] == name]
    return tuple(exact) or tuple(unit for unit, _ in fitting)


def _is_named(parent: DeclaredUnit, head: Sequence[_Line], told: set[str | None]) -> bool:
    return parent.id in told or any(_holds(line.words, words(parent.name)) for line in head)


def _holds(line: Iterable[str], name: Words) -> bool:
    """Whether the words of *name* stand in *line* one after the other."""
    where = tuple(line)
    return bool(name) and any(
        where[start : start + len(name)] == name for start in range(len(where) - len(name) + 1)
    )


def recognised(reading: Reading, finder: UnitFinder) -> Reading:
    """Return a file with a report with its unit as the list of *finder* has it."""
    report = reading.report
    if report is None:
        return reading
    match = finder.find(report, reading.document, reading.path)
    unit = report.unit
    if match.unit is not None:
        unit = match.unit.unit
    elif match.candidates:
        # The id was made from the name, and may be that of one of them.
        unit = evolve(unit, id=None)
    return evolve(
        reading,
        report=evolve(report, unit=unit),
        is_declared=match.unit is not None,
        candidates=tuple(f"{each.name} ({each.id})" for each in match.candidates),
        by_file=match.by_file.name if match.by_file else "",
        former=match.former.name if match.former else "",
    )


def finder_of(file: str) -> UnitFinder:
    """Return the finder of the list in *file*. Raises `FileError` with every fault of the list."""
    return _finder(file, file_state(file))


@lru_cache(maxsize=4)
def _finder(file: str, _state: object) -> UnitFinder:
    """Return the finder of a list, made once for all files of a run while the list stays as it is."""
    return UnitFinder(load_units(file))


def load_units(file: str | Path) -> UnitList:
    """Return the units declared in *file*. Raises `FileError` with every fault of it."""
    result = read_unit_list(file)
    if result.units is None:
        raise FileError(result.problems)
    return result.units


def read_unit_list(file: str | Path) -> UnitListResult:
    """Return the units declared in *file*, which is YAML or a table, with what is wrong with it."""
    from validator.submissions.unit_table import is_unit_table

    path = Path(file)
    if not is_unit_table(path):
        return read_units(path)
    from validator.submissions.unit_rows import read_unit_table

    return read_unit_table(path)

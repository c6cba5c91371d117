"""Lines of a lost table → fields: the labels they spell, one or several lines each.

What a line says is taken only where one label fits clearly best; a part such as a level's share is
taken only right below the row it is part of, with nothing unexplained between.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from validator.binding.found import Found, cell_of
from validator.binding.loose import Reading
from validator.binding.similar import EXACT, Labels, goes_through
from validator.binding.written import read_written
from validator.model.field import FieldType
from validator.model.reach import Reach, Unbound
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.binding.loose import Line
    from validator.binding.recognition import Recognition
    from validator.binding.targets import RowTarget
    from validator.model.report import Cell
    from validator.readers.notation import Notation

_LEAST, _SHORT_LEAST, _SHORT, _MARGIN = 780, 860, 16, 40
_MOST_LINES, _MOST_READINGS = 4, 12
_TELLING_WORDS = 5

Label = tuple[str, ...]


@record
class Spelled:
    """Lines ``start`` to ``end`` that spell a label; ``reading`` holds the value among them."""

    start: int
    end: int
    label: Label
    alike: int
    reading: Reading
    value_line: int


class LooseBinder:
    """Binds the lines of one lost table."""

    def __init__(
        self,
        lines: Sequence[Line],
        targets: Sequence[RowTarget],
        known: Recognition,
        notation: Notation,
        level: str | None,
    ) -> None:
        self.lines, self.known, self.notation = lines, known, notation
        self.targets: dict[Label, list[RowTarget]] = defaultdict(list)
        for target in targets:
            if not (level and target.levels and level not in target.levels):
                for label in (*target.labels, *target.plain_labels):
                    if all(each is not target for each in self.targets[label]):
                        self.targets[label].append(target)
        self.labels = Labels(self.targets)
        self.cells: list[Cell] = []
        self.unbound: list[Unbound] = []

    def bind(self) -> Found:
        """Return the cells of the lines and what of them was not understood."""
        spelled = self._chosen()
        explained = {at for each in spelled for at in range(each.start, each.end)}
        above: list[tuple[Spelled, RowTarget | None]] = []
        for each in spelled:
            target = self._target(each, above, explained)
            if target is not None:
                self._value(each, target)
            elif each.reading.value:
                self._leave(each.value_line, each.reading.value, "close")
            above.append((each, target))
        for at, line in enumerate(self.lines):
            value = next((reading.value for reading in line.readings if reading.value), "")
            if value and at not in explained:
                self._leave(at, value, "no-row")
        reach = Reach(
            rows=len(self.cells) + len(self.unbound), rows_bound=len(self.cells), unbound=tuple(self.unbound)
        )
        return _one_value_a_field(Found(cells=tuple(self.cells), reach=reach))

    def _chosen(self) -> list[Spelled]:
        """Return the spellings that fit best, no line used twice."""
        used: set[int] = set()
        found: list[Spelled] = []
        for each in sorted(self._spellings(), key=lambda one: (-one.alike, one.start)):
            lines = range(each.start, each.end)
            if not used.intersection(lines):
                used.update(lines)
                found.append(each)
        return sorted(found, key=lambda one: one.start)

    def _spellings(self) -> Iterator[Spelled]:
        for start in range(len(self.lines)):
            for end in range(start + 1, min(start + _MOST_LINES, len(self.lines)) + 1):
                part = self.lines[start:end]
                if sum(bool(line.code) for line in part) > 1:
                    break
                yield from self._of_lines(start, end)

    def _of_lines(self, start: int, end: int) -> Iterator[Spelled]:
        """Yield the label that lines spell, if one does clearly best, for each way to read them."""
        readings = product(*(line.readings for line in self.lines[start:end]))
        for number, chosen in enumerate(readings):
            values = [at for at, each in enumerate(chosen) if each.value]
            if number >= _MOST_READINGS:
                return
            if len(values) > 1:
                continue
            words = tuple(word for each in chosen for word in each.words)
            short = tuple(self.known.abbreviations.shorten(" ".join(words)).split())
            best = max(
                filter(None, (self._best(each) for each in {words, short})),
                key=lambda each: each[1],
                default=None,
            )
            if best is not None:
                at = values[0] if values else 0
                reading = chosen[at] if values else Reading(words=words)
                yield Spelled(
                    start=start,
                    end=end,
                    label=best[0],
                    alike=best[1],
                    reading=reading,
                    value_line=start + at,
                )

    def _best(self, words: Label) -> tuple[Label, int] | None:
        scored = self.labels.nearest(words, _LEAST - _MARGIN)
        if not scored:
            return None
        alike, label = scored[0]
        letters = sum(len(word) for word in label)
        if alike < (_SHORT_LEAST if letters < _SHORT else _LEAST):
            return None
        paths = {target.path for target in self.targets[label]}
        for other, rival in scored[1:]:
            if alike - other >= _MARGIN:
                break
            if not paths & {target.path for target in self.targets[rival]}:
                return None
        return label, alike

    def _target(
        self, spelled: Spelled, above: list[tuple[Spelled, RowTarget | None]], explained: set[int]
    ) -> RowTarget | None:
        """Return the one field that a spelled label is, by the rows above it if it has to be."""
        targets = [
            each for each in self.targets[spelled.label] if _unit_fits(spelled.reading.unit, each.units)
        ]
        under = [each for each in targets if each.under and self._is_under(spelled, each, above, explained)]
        if under:
            return under[0] if len(under) == 1 else None
        free = [each for each in targets if not each.under]
        if len(free) == 1:
            return free[0]
        code = self.lines[spelled.value_line].code or self.lines[spelled.start].code
        coded = [each for each in targets if code and code in each.codes]
        if len(coded) == 1:
            return coded[0]
        telling = len(spelled.label) >= _TELLING_WORDS
        return targets[0] if len(targets) == 1 and not free and telling else None

    def _is_under(
        self,
        spelled: Spelled,
        target: RowTarget,
        above: list[tuple[Spelled, RowTarget | None]],
        explained: set[int],
    ) -> bool:
        """Whether the nearest row above that is no part itself is the one *target* asks for."""
        for earlier, bound in reversed(above):
            if self._says_more(earlier.end, spelled.start, explained):
                return False
            if bound is not None and bound.path in target.under:
                return True
            if any(self._is_called(earlier.label, name) for name in target.under):
                return True
            if len(earlier.label) >= _TELLING_WORDS and bound is not None and not bound.under:
                return False
        return False

    def _says_more(self, start: int, end: int, explained: set[int]) -> bool:
        """Whether a line between says something that was not understood: perhaps a row of its own."""
        return any(self.lines[at].is_telling for at in range(start, end) if at not in explained)

    def _is_called(self, label: Label, name: str) -> bool:
        wanted = self.known.abbreviations.words(name)
        return len(wanted) > 1 and goes_through(wanted, label)

    def _value(self, spelled: Spelled, target: RowTarget) -> None:
        reading = spelled.reading
        if not reading.value:
            return
        line = self.lines[spelled.value_line]
        definition = target.definition
        if definition.type is FieldType.CHOICE:
            self._leave(spelled.value_line, reading.value, "unreadable")
            return
        written = read_written(
            reading.value, definition, self.notation, unit=reading.unit, values=target.values
        )
        if written is None or written.fault is not None:
            self._leave(spelled.value_line, reading.value, "unreadable")
            return
        code = next((each.code for each in self.lines[spelled.start : spelled.end] if each.code), None)
        label = next(iter(definition.label.values()), "")
        place = evolve(line.location, row_code=code, row_label=label, excerpt=line.text)
        confidence = "certain" if spelled.alike == EXACT else "likely"
        self.cells.append(
            cell_of(definition, reading.value, written, place, text=line.text, confidence=confidence)
        )

    def _leave(self, at: int, value: str, why: str) -> None:
        line = self.lines[at]
        place = evolve(line.location, excerpt=line.text)
        self.unbound.append(Unbound(raw=value, text=line.text, location=place, why=why))


def _unit_fits(unit: str, units: frozenset[Label]) -> bool:
    """Whether a unit of measure may be one of the field's; what is not legible or not asked may."""
    written = tuple(unit.casefold().split())
    if not written or not units:
        return True
    if "%" in written or ("%",) in units:
        return "%" in written and ("%",) in units
    return True


def _one_value_a_field(found: Found) -> Found:
    """Leave out a field that several lines claim with different values: at least one is another row."""
    values: dict[str, set[object]] = defaultdict(set)
    for cell in found.cells:
        values[cell.path].add(cell.value)
    doubtful = {path for path, each in values.items() if len(each) > 1}
    kept = tuple(cell for cell in found.cells if cell.path not in doubtful)
    lost = [
        Unbound(raw=cell.raw, text=cell.text or "", location=cell.location, why="close", close=(cell.path,))
        for cell in found.cells
        if cell.path in doubtful
    ]
    reach = evolve(found.reach, rows_bound=len(kept), unbound=(*found.reach.unbound, *lost))
    return evolve(found, cells=kept, reach=reach)

"""Rows of an appendix → fields: the label decides, code, unit and parent rows are evidence.

Where the best two fields are close, neither is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.binding.similar import EXACT, LabelIndex, Labels, goes_through
from validator.model.field import FieldType
from validator.model.record import evolve, record
from validator.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.appendix import FigureRow
    from validator.binding.recognition import Recognition
    from validator.binding.targets import RowTarget

MARGIN = 40
_NOISY = 780
_CODE, _UNIT, _UNDER, _NOT_UNDER, _OTHER_UNIT = 50, 20, 100, -120, -60
_TELLING_WORDS = 5
_PERCENT = ("%",)


@record
class Candidate:
    """A field that a row may mean, how alike the labels are, and all evidence together."""

    target: RowTarget
    alike: int
    score: int
    is_under: bool
    has_code: bool


@record
class RowBinding:
    """What was decided about a row: its field, or why none; ``close`` are the fields in doubt."""

    row: FigureRow
    target: RowTarget | None = None
    alike: int = 0
    is_under: bool = False
    why: str = ""
    close: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The field's path, or nothing."""
        return self.target.path if self.target else ""


class RowBinder:
    """Binds the rows of one table, each in the light of those above it."""

    def __init__(
        self,
        rows: Sequence[FigureRow],
        targets: Sequence[RowTarget],
        known: Recognition,
        level: str | None,
        *,
        noisy: bool = False,
    ) -> None:
        self.rows = rows
        self.known = known
        self.targets = [each for each in targets if not (level and each.levels and level not in each.levels)]
        self.found: list[RowBinding] = []
        labelled = [(label, each) for each in self.targets for label in each.labels]
        self.index = LabelIndex(labelled, known.fillers)
        self.labels = Labels(label for label, _ in labelled) if noisy else None

    def bind(self) -> tuple[RowBinding, ...]:
        """Return what was decided about every row."""
        for row in self.rows:
            self.found.append(self._decide(row, self._candidates(row)))
        return _one_row_a_field(self.found)

    def _candidates(self, row: FigureRow) -> list[Candidate]:
        alike: dict[str, tuple[int, RowTarget]] = {}
        for label in row.label_variants:
            for likeness, target in self.index.like(label):
                if likeness > alike.get(target.path, (0, target))[0]:
                    alike[target.path] = (likeness, target)
        if not alike and self.labels is not None:
            for likeness, label in self.labels.nearest(row.label_words, _NOISY):
                for _, target in self.index.like(label):
                    alike.setdefault(target.path, (likeness, target))
        found = [
            self._weigh(row, target, likeness)
            for likeness, target in alike.values()
            if not _unit_forbids(row, target)
        ]
        return sorted(found, key=lambda each: -each.score)

    def _weigh(self, row: FigureRow, target: RowTarget, alike: int) -> Candidate:
        is_under = bool(target.under) and self._is_under(row, target)
        has_code = bool(row.code) and row.code in target.codes
        score = alike + (_CODE if has_code else 0)
        unit = words(row.unit)
        if unit and target.units:
            score += _UNIT if any(unit[: len(each)] == each for each in target.units) else _OTHER_UNIT
        if target.under:
            score += _UNDER if is_under else _NOT_UNDER
        return Candidate(target=target, alike=alike, score=score, is_under=is_under, has_code=has_code)

    def _is_under(self, row: FigureRow, target: RowTarget) -> bool:
        """Whether a parent of *row*, or a row above it of the same parent, is what *target* asks."""
        return any(self._is_called(above, name) for above in self._above(row) for name in target.under)

    def _above(self, row: FigureRow) -> list[FigureRow]:
        found = [self.rows[at] for at in row.before]
        parent = row.parent
        while parent is not None:
            found.append(self.rows[parent])
            parent = self.rows[parent].parent
        return found

    def _is_called(self, row: FigureRow, name: str) -> bool:
        if self.found[row.order].path == name:
            return True
        wanted = self.known.abbreviations.words(name)
        if len(wanted) == 1 and "." in name:
            return False
        return goes_through(wanted, row.label_words)

    def _decide(self, row: FigureRow, candidates: list[Candidate]) -> RowBinding:
        if not candidates:
            return RowBinding(row=row, why="no-field")
        best = candidates[0]
        rivals = [
            each
            for each in candidates[1:]
            if best.score - each.score < MARGIN and not _is_plainer(best, each)
        ]
        if rivals:
            names = tuple(each.target.path for each in (best, *rivals))
            return RowBinding(row=row, why="close", close=names)
        if best.target.under and not (best.is_under or best.has_code or _is_telling(best)):
            return RowBinding(row=row, why="elsewhere", close=(best.target.path,))
        return RowBinding(row=row, target=best.target, alike=best.alike, is_under=best.is_under)


def _is_plainer(best: Candidate, rival: Candidate) -> bool:
    """Whether only one of two fields has the very label, and nothing else speaks for the other."""
    return best.alike == EXACT > rival.alike and not (rival.is_under or rival.has_code)


def _is_telling(candidate: Candidate) -> bool:
    return max(map(len, candidate.target.labels)) >= _TELLING_WORDS


def _unit_forbids(row: FigureRow, target: RowTarget) -> bool:
    """Whether the unit of the row cannot be that of the field: a percentage is no count."""
    unit = words(row.unit)
    kind = target.definition.type
    if unit == _PERCENT:
        return kind.is_numeric and kind not in (FieldType.PERCENT, FieldType.NUMBER)
    return False


def _one_row_a_field(found: Sequence[RowBinding]) -> tuple[RowBinding, ...]:
    """Let only the best rows keep a field that several claim; equal ones are several statements."""
    best: dict[str, tuple[bool, int]] = {}
    for each in found:
        if each.target:
            best[each.path] = max(best.get(each.path, (False, 0)), (each.is_under, each.alike))
    return tuple(
        evolve(each, target=None, why="other-row-fits-better", close=(each.path,))
        if each.target and (each.is_under, each.alike) < best[each.path]
        else each
        for each in found
    )

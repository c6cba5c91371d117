"""Two versions of one report → what was corrected, what is still there, what is new.

A finding is the same finding in both versions if it is of the same rule and about the same field,
the same row of a table, or the same numbers that the prose states.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.model.comparison import Comparison, Dropped
from validator.model.problem import FIGURES
from validator.model.record import evolve
from validator.model.verdict import Verdict
from validator.model.words import Message, Words, by_language
from validator.reviewing.changed_figure import changed_figures, figure, is_stated
from validator.reviewing.row_pair import paired_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from validator.model.diagnostic import Diagnostic, FileResult, Label
    from validator.model.field import Form
    from validator.model.location import Location
    from validator.model.report import Report

    Spot = tuple[str, Location]

_NONE: Mapping[str, Verdict] = MappingProxyType({})


def compare_versions(
    old: Report,
    old_result: FileResult,
    new: Report,
    new_result: FileResult,
    form: Form,
    *,
    unsettled: Mapping[str, Verdict] = _NONE,
    has_passage: Callable[[Location], bool] | None = None,
) -> Comparison:
    """Return how the findings and figures of two versions differ.

    *unsettled* are the rules that the new version does not decide, by their ids; what is told of
    it need not say so. *has_passage* tells whether the new version still has the passage
    that stood at a place of the old one; without it, prose that is gone counts as corrected.
    """
    rows = _Rows(old, new, form)
    before = [each for each in old_result.diagnostics if _is_finding(each)]
    after = [each for each in new_result.diagnostics if _is_finding(each)]
    partners = _partners(before, after, rows)
    lost = _Lost(rows, unsettled, has_passage)
    vanished = [(each, lost.why(each)) for place, each in enumerate(before) if place not in partners]
    kept = set(partners.values())
    return Comparison(
        old=old_result.path,
        new=new_result.path,
        corrected=tuple(each for each, why in vanished if why is None),
        remaining=tuple((before[one], after[two]) for one, two in sorted(partners.items())),
        fresh=tuple(each for place, each in enumerate(after) if place not in kept),
        dropped=tuple(why for _, why in vanished if why is not None),
        changed=changed_figures(old, new, form),
    )


def _is_finding(diagnostic: Diagnostic) -> bool:
    return diagnostic.verdict in (Verdict.FAIL, Verdict.ERROR)


class _Rows:
    """Which row a value of a table stands in, and which row of the new version has its place."""

    def __init__(self, old: Report, new: Report, form: Form) -> None:
        self.before, self.after, self.form = old, new, form
        self.old, self.new = _spots(old), _spots(new)
        self.partners = {
            name: paired_rows(old.tables.get(name, ()), new.tables.get(name, ()), table)
            for name, table in form.tables.items()
        }

    def of_old(self, label: Label) -> tuple[str, int | None] | None:
        """Return the row of the new version for a value of the old one; None if it is not in a table."""
        row = self.old.get(_spot(label.path, label.location))
        return None if row is None else (row[0], self.partners.get(row[0], {}).get(row[1]))

    def of_new(self, label: Label) -> tuple[str, int | None] | None:
        """Return the row that a value of the new version stands in."""
        return self.new.get(_spot(label.path, label.location))


def _spots(report: Report) -> dict[Spot, tuple[str, int]]:
    return {
        _spot(cell.path, cell.location): (name, place)
        for name, rows in report.tables.items()
        for place, row in enumerate(rows)
        for cell in row.cells.values()
    }


def _spot(path: str, place: Location) -> Spot:
    # A finding names a column in the words of the form.
    return path, evolve(place, column_name=None)


def _partners(before: Sequence[Diagnostic], after: Sequence[Diagnostic], rows: _Rows) -> dict[int, int]:
    """Return for the place of each old finding that of the new one that is the same, if any."""
    waiting: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for place, each in enumerate(after):
        for anchor in _anchors(each, rows.of_new):
            waiting[each.id, anchor].append(place)
    scored: list[tuple[int, int, int, int]] = []
    for place, each in enumerate(before):
        anchors = _anchors(each, rows.of_old)
        near = {other for anchor in anchors for other in waiting.get((each.id, anchor), ())}
        scored += ((-_likeness(each, after[other]), abs(place - other), place, other) for other in near)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, other in sorted(scored):
        if place not in found and other not in taken:
            found[place] = other
            taken.add(other)
    return found


def _anchors(
    found: Diagnostic, row_of: Callable[[Label], tuple[str, int | None] | None]
) -> Iterable[Hashable]:
    """Return what a finding is about; findings of a rule that share one of these may be the same."""
    if found.of_fields:
        rows = [row_of(label) for label in found.of_fields]
        known: set[Hashable] = {row for row in rows if row is not None and row[1] is not None}
        if known or any(row is not None for row in rows):
            return known
        return {label.path for label in found.of_fields}
    if found.location.pointer:
        return {found.location.pointer}
    return _figures(found) or {found.title}


def _likeness(one: Diagnostic, other: Diagnostic) -> int:
    """Return how many values two findings share."""
    if one.of_fields and other.of_fields:
        return len(_values(one) & _values(other))
    return len(_figures(one) & _figures(other))


def _figures(found: Diagnostic) -> frozenset[str]:
    """Return the exact numbers that a claim of the prose is about."""
    recipe = found.title.recipe if isinstance(found.title, Words) else None
    stated = recipe.args.get(FIGURES) if isinstance(recipe, Message) else None
    return frozenset(stated) if isinstance(stated, tuple) else frozenset()


def _values(found: Diagnostic) -> set[tuple[str, str]]:
    return {(label.path, label.value or label.raw) for label in found.of_fields}


class _Lost:
    """Why a finding is not there any more, if not because it was corrected."""

    def __init__(
        self,
        rows: _Rows,
        unsettled: Mapping[str, Verdict],
        has_passage: Callable[[Location], bool] | None,
    ) -> None:
        self.rows = rows
        self.unsettled, self.has_passage = unsettled, has_passage

    def why(self, found: Diagnostic) -> Dropped | None:
        """Return what is missing now, None if the finding was corrected."""
        gone = self._gone(found)
        if gone:
            reason = "figure-gone" if self.rows.after.is_whole else "figure-unread"
            return Dropped(finding=found, reason=reason, gone=gone)
        verdict = self.unsettled.get(found.id)
        # That a rule is undecided may be due to another row; this one has all its figures.
        in_table = any(self.rows.of_old(label) is not None for label in found.of_fields)
        if verdict is not None and not (verdict is Verdict.UNDECIDED and in_table):
            return Dropped(finding=found, reason="not-decided")
        is_prose = found.id.startswith("claims/")
        if is_prose and self.has_passage is not None and not self.has_passage(found.location):
            return Dropped(finding=found, reason="passage-gone")
        return None

    def _gone(self, found: Diagnostic) -> tuple[Label, ...]:
        labels = found.of_fields or self._at(found.location.pointer)
        return tuple(label for label in labels if label.raw and not self._is_stated(label))

    def _at(self, path: str | None) -> tuple[Label, ...]:
        """Return the figure that a fault of reading is about."""
        field = self.rows.form.fields.get(path or "")
        if field is None:
            return ()
        words = by_language(field.label, field.path)
        return tuple(figure(cell, field, words) for cell in self.rows.before.cells.get(field.path, ()))

    def _is_stated(self, label: Label) -> bool:
        row = self.rows.of_old(label)
        if row is None:
            return any(is_stated(cell) for cell in self.rows.after.cells.get(label.path, ()))
        table, place = row
        if place is None:
            return False
        column = label.path.rpartition(".")[2]
        cell = self.rows.after.tables[table][place].cells.get(column)
        return cell is not None and is_stated(cell)

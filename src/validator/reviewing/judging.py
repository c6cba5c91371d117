"""An assignment → what is told of one row, its details put on the shelf."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.figures import unit_figures
from validator.checking.file import judge_file, outcome_of
from validator.checking.joined import load_joins
from validator.checking.joins import JoinResult, Joins
from validator.engine.join import own_names
from validator.model.diagnostic import Compared
from validator.model.figure import UnitFigures, packed
from validator.model.record import evolve, field, record
from validator.model.report import Report
from validator.model.review import Tally, UnitDetail
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import form_of
from validator.readers.encoding import text_or_nothing
from validator.readers.kind import is_document
from validator.reviewing.shared import Broken, broken_by, decided_of
from validator.reviewing.shelf import Shelf
from validator.reviewing.two_files import compare_judged
from validator.submissions.appendix import with_appendix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from validator.checking.file import Judgement
    from validator.claims import ClaimsResult
    from validator.engine.result import ReportResult
    from validator.model.comparison import Comparison
    from validator.model.diagnostic import Diagnostic
    from validator.model.field import Form
    from validator.packs.pack import Rule
    from validator.reviewing.assignment import Assignment
    from validator.reviewing.intake import Desk
    from validator.submissions.entry import Reading

_MOST_LINES = 20_000
_KINDS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


@record
class Judged:
    """The part of a judged row that stays in memory."""

    key: str
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()
    compared: Compared = field(default_factory=Compared)
    stated: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    asked: frozenset[str] = frozenset()


class Judging:
    """Judges rows, one after the other."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.shelf = Shelf(Path(desk.shelf))
        # A superior's report is wanted by each unit below it, one after the other.
        self._report = lru_cache(maxsize=64)(self._fetch)
        self._names: dict[str, frozenset[str]] = {}

    def judge(self, task: Assignment) -> Judged:
        """Judge a row and put what is told of it on the shelf."""
        reading = self._reading(task.key)
        joined = self._joins(task)
        told = judge_file(reading, self.desk.choice, joined)
        report = reading.report or Report()
        form = form_of(report, self.desk.choice.packs)
        result = evolve(told.result, diagnostics=_in_order(told.result.diagnostics, form))
        detail = UnitDetail(
            result=result,
            document=reading.document,
            lines=_lines(reading),
            digest=reading.digest,
            source=str(reading.source or ""),
            parts=reading.parts,
            comparison=self._comparison(task, joined, reading, told) if task.previous else None,
        )
        self.shelf.put(f"detail-{task.key}", detail)
        figures = self._figures(reading, told, form)
        self.shelf.put(f"figures-{task.key}", packed(figures))
        found = outcome_of(told.result, told.results)
        return Judged(
            key=task.key,
            tallies=_tallies(result.diagnostics, told.results, self._about(report), reading.claims),
            rules=found.rules,
            applied=found.applied,
            counts=found.counts,
            notes=told.notes,
            compared=result.compared,
            stated=tuple(figures.figures),
            broken=broken_by(result),
            asked=decided_of(result),
        )

    @staticmethod
    def _figures(reading: Reading, told: Judgement, form: Form) -> UnitFigures:
        if told.ledger is None:
            return UnitFigures()
        return unit_figures(reading, told.ledger, told.result.diagnostics, form.fields)

    def _joins(self, task: Assignment) -> JoinResult:
        packs = self.desk.choice.packs
        result = load_joins(task.prior, task.earlier, packs, name=task.name or None, last_year=task.last_year)
        joined = dict(result.joins.joined)
        corrections = dict(result.joins.corrections)
        for name, keys in (("prior", task.prior_keys), ("earlier", task.earlier_keys)):
            if keys:
                joined[name], *later = map(self._report, keys)
                corrections |= {name: tuple(later)} if later else {}
        if task.parent:
            joined["parent"] = self._report(task.parent)
        children = None if task.children is None else tuple(self._report(key) for key in task.children)
        absent = tuple(Report(unit=unit) for unit in task.absent)
        before = (*(result.joins.last_year or ()), *map(self._report, task.last_year_keys))
        joins = Joins(
            joined=joined,
            children=children,
            absent=absent,
            why=task.why,
            corrections=corrections,
            last_year=before if before or self.desk.choice.archive else None,
        )
        return JoinResult(joins=joins, problems=result.problems)

    def _about(self, report: Report) -> Callable[[Rule], bool]:
        """Return whether a rule is about any figure that *report* states."""
        stated = {
            path for path, cells in report.cells.items() if any(each.value is not None for each in cells)
        }
        stated |= {name for name, rows in report.tables.items() if rows}

        def is_about(rule: Rule) -> bool:
            names = self._names.get(rule.full_id)
            if names is None:
                names = self._names.setdefault(rule.full_id, own_names(rule))
            return not stated.isdisjoint(names)

        return is_about

    def join(self, key: str, appendix: str) -> None:
        """Put the figures of an appendix into the report that it belongs to."""
        reading = with_appendix(self._reading(key), self._reading(appendix))
        self.shelf.put(f"report-{key}", reading.report, evolve(reading, report=None))

    def _reading(self, key: str) -> Reading:
        report, reading = self.shelf.get_all(f"report-{key}", 2)
        found: Reading = evolve(reading, report=report)
        return found

    def _fetch(self, key: str) -> Report:
        found: Report = self.shelf.get(f"report-{key}")
        return found

    def _comparison(
        self, task: Assignment, joined: JoinResult, reading: Reading, told: Judgement
    ) -> Comparison | None:
        """Return how the version that counts differs from the one before it, judged in the same company."""
        before = self._reading(task.previous)
        old = judge_file(before, self.desk.choice, joined)
        return compare_judged(before, old, reading, told, self.desk.choice)


def _lines(reading: Reading) -> tuple[str, ...]:
    """Return the lines of a structured report, nothing of a document."""
    if reading.document is not None or reading.source is None or is_document(reading.source):
        return ()
    return tuple(text_or_nothing(str(reading.source)).splitlines()[:_MOST_LINES])


def _in_order(found: Iterable[Diagnostic], form: Form) -> tuple[Diagnostic, ...]:
    """Return findings in the order of the form; what is about no field of it comes last, in reading order."""
    order = {path: place for place, path in enumerate((*form.fields, *form.tables))}

    def rank(diagnostic: Diagnostic) -> tuple[bool, int]:
        paths = (label.path for label in diagnostic.fields)
        known = [order[path] for each in paths for path in (each, each.partition("[")[0]) if path in order]
        return not known, known[0] if known else 0

    return tuple(sorted(found, key=rank))


def _tallies(
    found: Iterable[Diagnostic],
    results: Iterable[ReportResult],
    is_about: Callable[[Rule], bool],
    claims: ClaimsResult | None,
) -> dict[str, Tally]:
    """Return how many findings there are by topic, and how many rules and claims were decided.

    A rule counts where the report states one of its figures at least: one of another level's figures
    is not short of data.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for diagnostic in found:
        if diagnostic.verdict in (Verdict.FAIL, Verdict.ERROR):
            kind = "explained" if diagnostic.waiver else _KINDS[diagnostic.severity]
            counts[diagnostic.topic][kind] += 1
    for each in results:
        for one in each.results:
            if one.verdict is Verdict.FAIL or (one.verdict is Verdict.PASS and is_about(one.rule)):
                counts[one.rule.topic]["decided"] += 1
            elif one.verdict is Verdict.UNDECIDED and is_about(one.rule):
                counts[one.rule.topic]["undecided"] += 1
    for claim in claims.claims if claims is not None else ():
        counts["claims"]["decided" if claim.verdict.is_decided else "undecided"] += 1
    return {topic: Tally(**kinds) for topic, kinds in counts.items()}

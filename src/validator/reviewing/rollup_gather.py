"""Files and folders → the reports that a superior's figures are added up from; the rest is set aside."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.head import choose_form
from validator.binding.recognition import load_recognition
from validator.checking.appendix import file_of, joined_report, pairs, shape_of, version_order
from validator.checking.archive import values_digest
from validator.checking.forms import form_of, load_pack, packs_on_offer
from validator.checking.gathering import gathering
from validator.checking.reading import read
from validator.checking.recognition import UnitFinder
from validator.diagnostics.listed import listed
from validator.diagnostics.period import period_text
from validator.diagnostics.problem import explain_problem
from validator.engine.period import period_key
from validator.model.location import Location
from validator.model.problem import NO_FORM, Problem, ValidatorError
from validator.model.record import evolve, record
from validator.model.report import Period, Unit
from validator.model.rollup import Aside, Lacking
from validator.model.suggestion import nearest
from validator.model.verdict import Severity, Verdict
from validator.readers.given import Given
from validator.readers.kind import TEXTS, is_document
from validator.readers.regular import is_same_file
from validator.reviewing.rollup_sum import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from validator.checking.appendix import File
    from validator.checking.gathering import Sent
    from validator.checking.recognition import Match
    from validator.model.limits import Limits
    from validator.model.report import Report
    from validator.model.unit_list import UnitList
    from validator.packs.pack import RulePack
    from validator.readers.structured import ReadResult

_NO_REPORT = "read/no-header"


@record
class Wanted:
    """What is to be added up: form, period and superior, each as far as the caller says."""

    form: str | None = None
    packs: tuple[str, ...] = ()
    parent: str | None = None
    period: Period | None = None
    units: UnitList | None = None
    ocr: bool = False
    limits: Limits | None = None


@record
class Gathered:
    """The superior, the reports of its units that count, its own report, and what is set aside.

    ``passed_over`` are the files that are no reports, ``joined`` narratives with their appendices.
    """

    parent: Unit
    members: tuple[Member, ...]
    lacking: tuple[Lacking, ...] = ()
    own: Report | None = None
    aside: tuple[Aside, ...] = ()
    passed_over: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()


def gather(sources: Sequence[str | Path], wanted: Wanted) -> Gathered:
    """Return the reports that count. Raises `ValidatorError` if there is none, or no one superior."""
    return _Gathering(wanted).run(sources)


@record
class _Candidate:
    """A report that was read, and the unit of the list that it is of."""

    sent: Sent
    report: Report
    found: ReadResult
    match: Match | None

    @property
    def file(self) -> File:
        """What it tells of the report that it belongs to."""
        unit = self.match.unit.unit if self.match and self.match.unit else self.report.unit
        shape = shape_of(self.found.document, self.found.reach)
        is_declared = self.match is not None and self.match.unit is not None
        report = evolve(self.report, unit=unit)
        return file_of(report, shape, self.sent.name, self.sent.place, is_declared=is_declared)


class _Gathering:
    """The files set aside so far, each with its reason."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.aside: list[Aside] = []
        self.passed_over: list[str] = []
        self.joined: list[tuple[str, str]] = []
        self.finder = UnitFinder(wanted.units) if wanted.units is not None else None

    def run(self, sources: Sequence[str | Path]) -> Gathered:
        with gathering(self._there(sources)) as gathered:
            self.passed_over += gathered.left
            for problem in gathered.problems:
                told = explain_problem(problem, verdict=Verdict.ERROR)
                self.aside.append(Aside(path=problem.location.file, reason=told))
            files = filter(self._is_no_list, gathered.files)
            candidates = [each for sent in files if (each := self._read(sent)) is not None]
        members = map(self._member, self._joined(candidates))
        read_ones = [each for each in members if each is not None]
        if not read_ones:
            raise self._nothing(sources)
        found = self._of_form(read_ones)
        parent = self._parent(found)
        current = self._newest(self._of_period(self._below(found, parent)))
        if not current:
            raise _wrong("no-reports", parent=parent.name or parent.id or "")
        own = self._own([each for each in found if each.unit.id == parent.id], current)
        return Gathered(
            parent=parent,
            members=tuple(current),
            lacking=self._lacking(parent, current),
            own=own,
            passed_over=tuple(sorted(set(self.passed_over))),
            joined=tuple(sorted(self.joined)),
            aside=tuple(sorted(self.aside, key=lambda each: (each.path, each.reason.id))),
        )

    def _lacking(self, parent: Unit, current: Sequence[Member]) -> tuple[Lacking, ...]:
        """Return the declared units without a report that counts; who sent something has not kept silent."""
        if self.wanted.units is None or self.finder is None:
            return ()
        there = {each.unit.id for each in current}
        unread = [each.path for each in self.aside if each.unit is None] + self.passed_over
        sent = {unit.id for path in unread if (unit := self.finder.of_name(path)) is not None}
        return tuple(
            Lacking(unit=each.unit, reason="not-read" if each.id in sent else "not-submitted")
            for each in self.wanted.units.below(parent.id or "")
            if each.id not in there
        )

    def _put_aside(self, path: str, code: str, unit: Unit | None = None, **args: object) -> None:
        problem = Problem(
            code=f"rollup/{code}", location=Location(file=path), severity=Severity.WARNING, args=args
        )
        self.aside.append(Aside(path=path, reason=explain_problem(problem), unit=unit))

    def _nothing(self, sources: Sequence[str | Path]) -> ValidatorError:
        """Return that there is no report at all, or none that can be used, and why not."""
        first = next(iter(self.aside), None)
        if first is None:
            return _of_path("no-reports", str(sources[0]) if sources else "")
        return _wrong("none-usable", path=first.path, detail=first.reason.title)

    # Reading

    @staticmethod
    def _there(sources: Sequence[str | Path]) -> Sequence[str | Path]:
        for source in sources:
            if not os.path.exists(source):  # noqa: PTH110 - never raises, whatever the name
                raise _of_path("path-not-found", str(source))
        return sources

    def _is_no_list(self, sent: Sent) -> bool:
        """Whether a file is not the list of units itself."""
        return self.wanted.units is None or not is_same_file(sent.source, self.wanted.units.file)

    def _read(self, sent: Sent) -> _Candidate | None:
        packs = tuple(load_pack(folder) for folder in self.wanted.packs)
        # A structured report names its form; that of a document may have to be told.
        form = self.wanted.form if is_document(sent.source) else None
        given = Given(form=form, ocr=self.wanted.ocr, limits=self.wanted.limits)
        if sent.problem is not None:
            self._unusable(sent, (sent.problem,))
            return None
        found = read(sent.source, sent.name, packs, given)
        if found.report is None:
            self._unusable(sent, found.problems)
            return None
        if form is not None and self._is_something_else(found, packs):
            if not self._is_passed_over(sent, NO_FORM):
                self._put_aside(sent.name, "no-report")
            return None
        match = None if self.finder is None else self.finder.find(found.report, found.document, sent.name)
        return _Candidate(sent=sent, report=found.report, found=found, match=match)

    def _joined(self, candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """Yield the reports, narratives with their appendices in one."""
        by_path = {each.sent.name: each for each in candidates}
        taken: set[str] = set()
        for narrative, appendix in pairs([each.file for each in candidates]):
            main, beside = by_path[narrative.path], by_path[appendix.path]
            by_path[narrative.path] = evolve(main, report=joined_report(main.report, beside.report))
            taken.add(appendix.path)
            self.joined.append((narrative.path, appendix.path))
        yield from (each for name, each in by_path.items() if name not in taken)

    def _unusable(self, sent: Sent, problems: Sequence[Problem]) -> None:
        worst = min(problems, key=lambda each: each.severity.rank, default=None)
        if worst is not None and not self._is_passed_over(sent, *(each.code for each in problems)):
            told = explain_problem(worst, verdict=Verdict.ERROR)
            self.aside.append(Aside(path=sent.name, reason=told))

    def _is_passed_over(self, sent: Sent, *codes: str) -> bool:
        """Pass over what is no report; an office document without a known form may be one."""
        is_text = sent.name.lower().endswith(TEXTS)
        is_other = set(codes) <= {_NO_REPORT, *((NO_FORM,) if is_text else ())}
        if is_other:
            self.passed_over.append(sent.name)
        return is_other

    @staticmethod
    def _is_something_else(found: ReadResult, packs: tuple[RulePack, ...]) -> bool:
        """Whether a document that was read by the form asked for shows neither a form nor a period."""
        if found.report is None or found.document is None or found.report.period != Period():
            return False
        forms = [pack.form for pack in packs or packs_on_offer(None)]
        return choose_form(found.document, forms, load_recognition()) is None

    def _member(self, one: _Candidate) -> Member | None:
        """Return a report with its unit; one whose unit is not known is put aside."""
        report, match, path = one.report, one.match, one.sent.name
        if match is None:
            if report.unit.id or report.unit.name:
                unit = report.unit if report.unit.id else evolve(report.unit, id=report.unit.name)
                return Member(unit=unit, report=report)
            self._put_aside(path, "unit-unknown", name="")
            return None
        if match.unit is not None:
            return Member(unit=match.unit.unit, report=report)
        names = listed([f"{each.name} ({each.id})" for each in match.candidates])
        code = "unit-ambiguous" if match.candidates else "unit-unknown"
        self._put_aside(path, code, name=report.unit.name or report.unit.id or "", units=names)
        return None

    # What counts

    def _of_form(self, found: Sequence[Member]) -> list[Member]:
        counts = Counter(each.report.form for each in found)
        form = self.wanted.form or max(counts, key=lambda name: (counts[name], name or ""), default=None)
        for each in found:
            if each.report.form != form:
                self._put_aside(each.report.file, "other-form", each.unit, form=each.report.form or "")
        return [each for each in found if each.report.form == form]

    def _parent(self, found: Sequence[Member]) -> Unit:
        units = self.wanted.units
        if self.wanted.parent:
            return self._named_parent(self.wanted.parent, found)
        above = {each.unit.parent for each in found if each.unit.parent}
        # The superior's own report names the one above it.
        lowest = above - {each.unit.parent for each in found if each.unit.id in above}
        chosen = sorted(lowest or above)
        if len(chosen) != 1:
            raise _wrong("several-parents" if chosen else "no-parent", parents=", ".join(chosen))
        declared = units.get(chosen[0]) if units else None
        own = next((each.unit for each in found if each.unit.id == chosen[0]), None)
        return declared.unit if declared else own or Unit(id=chosen[0])

    def _named_parent(self, name: str, found: Sequence[Member]) -> Unit:
        """Return the superior that the caller names, if a list or a report knows it.

        Where no report says who is above it, nobody can know.
        """
        units = self.wanted.units
        if units is not None:
            known = {each.id: each.unit for each in units.units}
        else:
            known = {each.unit.parent: Unit(id=each.unit.parent) for each in found if each.unit.parent}
            known |= {each.unit.id: each.unit for each in found if known and each.unit.id}
            known = known or {
                name: next((each.unit for each in found if each.unit.id == name), Unit(id=name))
            }
        if name in known:
            return known[name]
        near = nearest(name, known)
        code = "unknown-parent" if units is not None else "unknown-parent-reports"
        raise _wrong(
            f"{code}-near" if near else code, parent=name, near=near, units=units.file if units else ""
        )

    def _below(self, found: Sequence[Member], parent: Unit) -> list[Member]:
        """Return the members below *parent*: who says so, or says nothing and is of their level."""

        def is_silent(member: Member) -> bool:
            return member.unit.parent is None and self.wanted.units is None

        others = [each for each in found if each.unit.id != parent.id]
        ours = [each.unit for each in others if each.unit.parent == parent.id or is_silent(each)]
        levels = Counter(unit.level for unit in ours if unit.level not in (None, parent.level))
        usual = max(levels, key=lambda level: levels[level], default=None)
        below = []
        for each in others:
            if each.unit.parent == parent.id or (is_silent(each) and each.unit.level in (None, usual)):
                below.append(each)
            else:
                code = "other-level" if is_silent(each) else "other-parent"
                self._put_aside(each.report.file, code, each.unit, name=_name(each.unit))
        return below

    def _of_period(self, members: Sequence[Member]) -> list[Member]:
        chosen = self.wanted.period or _usual_period(each.report.period for each in members)
        kept = []
        for each in members:
            if chosen is None or _is_of(each.report.period, chosen):
                kept.append(each)
            else:
                told = period_text(each.report.period)
                code = "other-period" if told else "no-period"
                self._put_aside(each.report.file, code, each.unit, name=_name(each.unit), period=told)
        return kept

    def _newest(self, members: Sequence[Member]) -> list[Member]:
        """Return the newest version of each unit's report, in the order of the units."""
        versions: dict[str | None, list[Member]] = {}
        for each in members:
            versions.setdefault(each.unit.id, []).append(each)
        kept = []
        for found in versions.values():
            ordered = sorted(found, key=lambda each: version_order(each.report.submitted, each.report.file))
            *older, current = ordered
            kept.append(current)
            for each in older:
                name, counted = _name(each.unit), current.report.file
                self._put_aside(
                    each.report.file, self._age(each, current), each.unit, name=name, counted=counted
                )
        order = {
            each.id: place for place, each in enumerate(self.wanted.units.units if self.wanted.units else ())
        }
        return sorted(
            kept, key=lambda each: (order.get(each.unit.id or "", 0), _name(each.unit), each.report.file)
        )

    def _age(self, other: Member, current: Member) -> str:
        """Return why another version of a report does not count."""
        form = form_of(current.report, self.wanted.packs)
        if values_digest(other.report, form) == values_digest(current.report, form):
            return "repeated"
        return "older-version" if other.report.submitted != current.report.submitted else "undated-version"

    def _own(self, found: Sequence[Member], current: Sequence[Member]) -> Report | None:
        chosen = self.wanted.period or _usual_period(each.report.period for each in current)
        same = [each for each in found if chosen is None or _is_of(each.report.period, chosen)]
        for each in found:
            if each not in same:
                told = period_text(each.report.period)
                self._put_aside(
                    each.report.file, "other-period", each.unit, name=_name(each.unit), period=told
                )
        newest = self._newest(same)
        return newest[0].report if newest else None


def _usual_period(periods: Iterable[Period]) -> Period | None:
    """Return the period that most have, the later of equally many; None if nobody states one."""
    stated = [each for each in periods if each.start is not None and each.end is not None]
    usual = [each for each in stated if period_key(each) is not None] or stated
    counts = Counter(map(_window, usual))
    return max(usual, key=lambda each: (counts[_window(each)], str(each.end)), default=None)


def _window(period: Period) -> object:
    return period_key(period) or (period.start, period.end)


def _is_of(period: Period, wanted: Period) -> bool:
    """Whether a report's period is the one wanted: by the days if those are of no usual period."""
    key = period_key(wanted)
    if key is None:
        return (period.start, period.end) == (wanted.start, wanted.end)
    return period_key(period) == key


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""


def _of_path(code: str, path: str) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(file=path), args={"path": path}))


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"rollup/{code}", location=Location(), args=args))

"""Files and folders → the reports that a superior's figures are added up from; the rest is set aside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.head import choose_form
from validator.binding.recognition import load_recognition
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.shown import listed, period_text
from validator.model.location import Location
from validator.model.problem import NO_FORM, Problem, ValidatorError
from validator.model.record import evolve, record
from validator.model.report import Period, Unit
from validator.model.rollup import Aside, Lacking
from validator.model.suggestion import nearest
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import form_of, load_pack, packs_on_offer
from validator.readers.given import Given
from validator.readers.kind import is_document
from validator.submissions.appendix import adopted, joined_report
from validator.submissions.archive import values_digest
from validator.submissions.choice import Choice
from validator.submissions.entry import entry_of
from validator.submissions.gathering import gathering, of_path, require_there
from validator.submissions.reading import is_no_report, read_sent
from validator.submissions.recognition import UnitFinder, recognised
from validator.submissions.versions import is_of, main_period, versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.model.document import Document
    from validator.model.limits import Limits
    from validator.model.report import Report
    from validator.model.unit_list import UnitList
    from validator.submissions.entry import Entry, Reading
    from validator.submissions.gathering import Sent
    from validator.submissions.versions import Versions


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
    members: tuple[Report, ...]
    lacking: tuple[Lacking, ...] = ()
    own: Report | None = None
    aside: tuple[Aside, ...] = ()
    passed_over: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()


def gather(sources: Sequence[str | Path], wanted: Wanted) -> Gathered:
    """Return the reports that count. Raises `ValidatorError` if there is none, or no one superior."""
    return _Gathering(wanted).run(sources)


class _Gathering:
    """The reports read and the files set aside so far, each with its reason."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.reports: dict[str, Report] = {}
        self.aside: list[Aside] = []
        self.passed_over: list[str] = []
        self.unread: list[Unit] = []
        self.joined: list[tuple[str, str]] = []
        self.finder = UnitFinder(wanted.units) if wanted.units is not None else None

    def run(self, sources: Sequence[str | Path]) -> Gathered:
        require_there(sources)
        listed = self.wanted.units.file if self.wanted.units else ""
        with gathering(sources, units=listed) as gathered:
            for name in gathered.left:
                self._pass_over(name)
            for problem in gathered.problems:
                told = explain_problem(problem, verdict=Verdict.ERROR)
                self.aside.append(Aside(path=problem.location.file, reason=told))
                self._not_read(problem.location.file)
            entries = [each for sent in gathered.files if (each := self._read(sent)) is not None]
        known = [each for each in adopted(entries) if self._is_known(each)]
        if not known:
            raise self._nothing(sources)
        found = self._of_form(known)
        parent = self._parent(found)
        below = self._below(found, parent)
        period = self.wanted.period or main_period(each.period for each in below)
        current = self._newest(self._of_period(below, period))
        if not current:
            raise _wrong("no-reports", parent=parent.name or parent.id or "")
        own = self._newest(self._of_period([each for each in found if each.unit.id == parent.id], period))
        return Gathered(
            parent=parent,
            members=tuple(current),
            lacking=self._lacking(parent, current),
            own=own[0] if own else None,
            passed_over=tuple(sorted(set(self.passed_over))),
            joined=tuple(sorted(self.joined)),
            aside=tuple(sorted(self.aside, key=lambda each: (each.path, each.reason.id))),
        )

    def _lacking(self, parent: Unit, current: Sequence[Report]) -> tuple[Lacking, ...]:
        """Return the declared units without a report that counts; who sent something has not kept silent."""
        if self.wanted.units is None:
            return ()
        sent = {unit.id for unit in self.unread}
        return tuple(
            Lacking(unit=each, reason="not-read" if each.id in sent else "not-submitted")
            for each in self.wanted.units.absent_below(parent.id or "", (each.unit for each in current))
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
            return of_path("no-reports", str(sources[0]) if sources else "")
        return _wrong("none-usable", path=first.path, detail=first.reason.title)

    # Reading

    def _read(self, sent: Sent) -> Entry | None:
        """Read a file, keep its report and return its entry; what has none is set aside."""
        # A structured report names its form; that of a document may have to be told.
        form = self.wanted.form if is_document(sent.source) else None
        given = Given(form=form, ocr=self.wanted.ocr, limits=self.wanted.limits)
        reading = read_sent(sent, Choice(packs=self.wanted.packs, claims=False, given=given))
        report = reading.report
        if report is None:
            self._unusable(reading)
            return None
        if form is not None and self._is_something_else(reading):
            if is_no_report(sent.name, (NO_FORM,)):
                self._pass_over(sent.name, reading.document)
            else:
                self._not_read(sent.name, reading.document)
                self._put_aside(sent.name, "no-report")
            return None
        if self.finder is not None:
            reading = recognised(reading, self.finder)
            report = reading.report or report
        elif report.unit.name and not report.unit.id:
            report = evolve(report, unit=evolve(report.unit, id=report.unit.name))
            reading = evolve(reading, report=report)
        self.reports[sent.name] = report
        return entry_of(reading, digest=values_digest(report, form_of(report, self.wanted.packs)))

    def _unusable(self, reading: Reading) -> None:
        worst = min(reading.problems, key=lambda each: each.severity.rank, default=None)
        if worst is None or is_no_report(reading.path, (each.code for each in reading.problems)):
            self._pass_over(reading.path, reading.document)
            return
        self._not_read(reading.path, reading.document)
        self.aside.append(Aside(path=reading.path, reason=explain_problem(worst, verdict=Verdict.ERROR)))

    def _pass_over(self, path: str, document: Document | None = None) -> None:
        self.passed_over.append(path)
        self._not_read(path, document)

    def _not_read(self, path: str, document: Document | None = None) -> None:
        """Remember whose a file is that was not read as a report, as far as its name or head tell."""
        found = None if self.finder is None else self.finder.of_unread(path, document)
        self.unread += [] if found is None else [found.unit]

    def _is_something_else(self, reading: Reading) -> bool:
        """Whether a document that was read by the form asked for shows neither a form nor a period."""
        if reading.report is None or reading.document is None or reading.report.period != Period():
            return False
        packs = tuple(map(load_pack, self.wanted.packs)) or packs_on_offer(None)
        return choose_form(reading.document, [pack.form for pack in packs], load_recognition()) is None

    def _is_known(self, entry: Entry) -> bool:
        """Whether it is known whose a report is; else it is put aside."""
        if entry.is_declared or (self.finder is None and entry.unit.id):
            return True
        code = "unit-ambiguous" if entry.candidates else "unit-unknown"
        name = entry.unit.name or entry.unit.id or ""
        self._not_read(entry.path)
        self._put_aside(entry.path, code, name=name, units=listed(entry.candidates))
        return False

    # What counts

    def _of_form(self, found: Sequence[Entry]) -> list[Entry]:
        counts = Counter(each.form for each in found)
        form = self.wanted.form or max(counts, key=lambda name: (counts[name], name or ""), default=None)
        for each in found:
            if each.form != form:
                self._put_aside(each.path, "other-form", each.unit, form=each.form)
        return [each for each in found if each.form == form]

    def _parent(self, found: Sequence[Entry]) -> Unit:
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

    def _named_parent(self, name: str, found: Sequence[Entry]) -> Unit:
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

    def _below(self, found: Sequence[Entry], parent: Unit) -> list[Entry]:
        """Return the members below *parent*: who says so, or says nothing and is of their level."""

        def is_silent(member: Entry) -> bool:
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
                self._put_aside(each.path, code, each.unit, name=_name(each.unit))
        return below

    def _of_period(self, found: Sequence[Entry], chosen: Period | None) -> list[Entry]:
        kept = []
        for each in found:
            if chosen is None or is_of(each.period, chosen):
                kept.append(each)
            else:
                told = period_text(each.period)
                code = "other-period" if told else "no-period"
                self._put_aside(each.path, code, each.unit, name=_name(each.unit), period=told)
        return kept

    def _newest(self, found: Sequence[Entry]) -> list[Report]:
        """Return the newest version of each unit's report, in the order of the units."""
        kept = [self._whole(row) for row in versions(found)]
        order = {
            each.id: place for place, each in enumerate(self.wanted.units.units if self.wanted.units else ())
        }
        return sorted(kept, key=lambda each: (order.get(each.unit.id or "", 0), _name(each.unit), each.file))

    def _whole(self, row: Versions) -> Report:
        """Return the report of a unit with its appendix; what does not count is put aside."""
        report = self.reports[row.current.path]
        if row.appendix is not None:
            self.joined.append((row.current.path, row.appendix.path))
            report = joined_report(report, self.reports[row.appendix.path])
        for each in (*row.older, *(one for one, _ in row.repeats)):
            is_beside = row.appendix is not None and each.shape.goes_with(row.current.shape)
            counted = row.appendix if is_beside and row.appendix is not None else row.current
            code = "repeated" if self._is_repeated(each, counted, report) else _age(each, counted)
            self._put_aside(each.path, code, each.unit, name=_name(each.unit), counted=counted.path)
        return report

    def _is_repeated(self, other: Entry, counted: Entry, report: Report) -> bool:
        """Whether a file holds the figures of one that counts, or those that came in two files together."""
        form = form_of(report, self.wanted.packs)
        return other.digest in (counted.digest, values_digest(report, form))


def _age(other: Entry, counted: Entry) -> str:
    """Return why another version of a report does not count."""
    return "older-version" if other.submitted != counted.submitted else "undated-version"


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"rollup/{code}", location=Location(), args=args))

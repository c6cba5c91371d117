"""Folders of reports → the picture of a period: who sent what, what does not agree, who is missing."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.file import check_sent, unjudged
from validator.diagnostics.shown import common_folder, period_text
from validator.engine.period import period_key
from validator.model.diagnostic import Compared
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve, record
from validator.model.report import Period, Unit
from validator.model.review import Review, Standing, Submission, Topic, UnitReview
from validator.model.verdict import Verdict
from validator.model.words import by_language, say
from validator.packs.forms import load_pack, packs_for
from validator.readers.given import given_period
from validator.readers.regular import is_same_file
from validator.reviewing.address import addressed
from validator.reviewing.assignment import Joining
from validator.reviewing.intake import Desk, Intake
from validator.reviewing.note import Notes
from validator.reviewing.pool import working
from validator.reviewing.shared import Shared
from validator.reviewing.shelf import Details, Figures
from validator.submissions.appendix import adopted
from validator.submissions.archive import Filed, conflicts, filed_reports, unit_folder, versions_of
from validator.submissions.entry import unit_key
from validator.submissions.gathering import Sent, gathering, of_path, require_there
from validator.submissions.reading import read_sent
from validator.submissions.versions import main_period, usual_window, versions
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from validator.model.diagnostic import Diagnostic
    from validator.model.review import Tally
    from validator.model.unit_list import UnitList
    from validator.reviewing.judging import Judged
    from validator.reviewing.pool import Work
    from validator.submissions.choice import Choice
    from validator.submissions.entry import Entry
    from validator.submissions.gathering import Gathered
    from validator.submissions.versions import Versions

    Progress = Callable[[int, int], None]
    from validator.model.diagnostic import FileResult

_TOPICS_AFTER = ("restated", "claims", "joined", "waiver", "read")


@record
class Order:
    """What is to be reviewed: the units that are to report, the period and form (None: the usual one).

    ``sources`` are the files and folders as they were named.
    """

    units: UnitList | None = None
    period: Period | None = None
    form: str | None = None
    sources: tuple[str, ...] = ()


def order_of(units: UnitList | None, period: str | Period | None, form: str | None) -> Order:
    """Return what is to be reviewed; raises `ValidatorError` for a period that cannot be understood."""
    window = given_period(period) if isinstance(period, str) else period
    return Order(units=units, period=window, form=form)


def review_folders(
    sources: Sequence[str | Path], choice: Choice, order: Order, progress: Progress | None = None
) -> Review:
    """Review the reports in files and folders; *progress* is told how many of how many steps are done."""
    require_there(sources)
    details = Details()
    listed = order.units.file if order.units else ""
    with gathering(sources, details.shelf.folder, units=listed) as gathered:
        if not (gathered.files or gathered.problems or (gathered.left and order.units)):
            raise of_path("no-reports", str(sources[0]) if sources else "")
        named = evolve(order, sources=tuple(map(str, sources)))
        found = _reviewed(gathered, details, choice, named, progress)
    return evolve(found, sources=tuple(map(str, sources)))


def _reviewed(
    gathered: Gathered, details: Details, choice: Choice, order: Order, progress: Progress | None
) -> Review:
    files = gathered.files
    desk = Desk(choice=choice, shelf=str(details.shelf.folder), units=order.units)
    count = len(files)
    with working(desk, files) as work:
        entries = [
            _told(entry, progress, number, 2 * count)
            for number, entry in enumerate(work.take(enumerate(files)), start=1)
        ]
        entries = _settled([*entries, *_not_read(gathered.left, desk)])
        desk_work = _Review(choice, order, [entry for entry in entries if not entry.is_other])
        judged = desk_work.judge(work, progress, count)
    details.keys_known = tuple(each.key for each in judged)
    others = sorted(entry.path for entry in entries if entry.is_other)
    return desk_work.review(judged, details, gathered.problems, tuple(others))


def _not_read(left: Iterable[str], desk: Desk) -> Iterator[Entry]:
    """Yield the entries of files of kinds that are not read."""
    intake = Intake(desk)
    for name in left:
        args = {"path": Path(name).name}
        problem = Problem(code="read/kind-not-read", location=Location(file=name), args=args)
        yield evolve(intake.unread(unjudged(name, (problem,))), is_other=True)


def _settled(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, files that are no reports among them taken for one where a unit sent nothing else.

    Whoever sent something has not kept silent: that it could not be read is for others to see.
    """
    there = {entry.unit.id for entry in entries if not entry.is_other}
    return [
        evolve(entry, is_other=False)
        if entry.is_other and entry.is_declared and entry.unit.id not in there
        else entry
        for entry in entries
    ]


def _told(entry: Entry, progress: Progress | None, done: int, total: int) -> Entry:
    if progress is not None:
        progress(done, total)
    return entry


class _Review:
    """One review, from the entries on."""

    def __init__(self, choice: Choice, order: Order, entries: list[Entry]) -> None:
        self.choice, self.order = choice, order
        self.entries = adopted([entry for entry in entries if entry.key])
        self.unread = [entry for entry in entries if not entry.key]
        main = order.period or main_period(entry.period for entry in self.entries)
        self.key = None if main is None else period_key(main)
        ours, self.others = self._parted()
        self.form = order.form or _usual(entry.form for entry in ours)
        self.rows = versions(ours)
        # An appendix is no report of its own.
        windows = [row.current.period for row in self.rows]
        self.period = order.period or usual_window(each for each in windows if period_key(each) is not None)
        folder = common_folder(entry.path for entry in entries)
        self.notes = Notes(self.period, folder, has_units=order.units is not None)
        self.archive_problems: tuple[Problem, ...] = ()
        self.rules: set[str] = set()
        self.applied: set[str] = set()
        self.stated: dict[str, set[str]] = defaultdict(set)
        self.shared = Shared()

    def _parted(self) -> tuple[list[Entry], list[Entry]]:
        """Part the entries of the period (and of no known one) from those of others."""
        ours: list[Entry] = []
        others: list[Entry] = []
        for entry in self.entries:
            key = period_key(entry.period)
            kind = entry.period.kind
            # A kind without days is enough to say that it is another period.
            is_other = key is None and self.key is not None and kind not in (None, self.key.kind)
            (others if is_other or key not in (None, self.key) else ours).append(entry)
        return ours, others

    def judge(self, work: Work, progress: Progress | None, count: int) -> list[Judged]:
        """Judge every row, each together with the reports it is joined to."""
        for row in self.rows:
            if row.appendix is not None:
                work.join(row.current.key, row.appendix.key)
        joining = Joining(self.rows, self.others, self.order.units, self._archived(), self.unread)
        tasks = [joining.assignment(row) for row in self.rows]
        found: list[Judged] = []
        above = {row.unit.parent for row in self.rows if row.unit.parent}
        for each in work.judge(tasks):
            # The names of rules are the same for each row of a form: kept once, not with every row.
            self.rules |= each.rules
            self.applied |= each.applied
            row = self.rows[len(found)]
            if row.unit.id not in above:
                self.stated[row.form].update(each.stated)
            self.shared.add(each.broken, each.asked)
            found.append(_slim(each))
            if progress is not None:
                done = count + len(found) * count // max(1, len(tasks))
                progress(done, 2 * count)
        return found

    def _archived(self) -> dict[tuple[str, str], tuple[tuple[Filed, ...], ...]]:
        if not self.choice.archive:
            return {}
        packs = tuple(load_pack(folder) for folder in self.choice.packs)
        filed, problems = filed_reports(Path(self.choice.archive), packs)
        self.archive_problems = (*problems, *conflicts(filed))
        by_folder: dict[str, list[Filed]] = defaultdict(list)
        for each in filed:
            by_folder[each.folder].append(each)
        return {
            (unit_key(row.current), row.form): versions_of(
                by_folder.get(unit_folder(row.unit.id), ()), row.unit.id, row.form
            )
            for row in self.rows
            if row.unit.id
        }

    def review(
        self,
        judged: Sequence[Judged],
        details: Details,
        problems: tuple[Problem, ...],
        passed_over: tuple[str, ...],
    ) -> Review:
        """Return the whole picture."""
        counts: Counter[Verdict] = Counter()
        for each in judged:
            counts.update(each.counts)
        units = self._units(judged)
        decided = counts[Verdict.PASS] + counts[Verdict.FAIL]
        return Review(
            version=__version__,
            period=self.period,
            period_text=period_text(self.period),
            form_titles=self._form_titles(),
            topics=self._topics(judged),
            units=units,
            unread=tuple(entry.unread for entry in self.unread if entry.unread is not None),
            aside=tuple((_submission(entry), self.notes.aside(entry)) for entry in self.others),
            notes=self._notes((*problems, *self.archive_problems), judged),
            files=len(self.entries) + len(self.unread),
            rules_loaded=len(self.rules),
            applicable=decided + counts[Verdict.UNDECIDED],
            decided=decided,
            undecided=counts[Verdict.UNDECIDED],
            given_up=counts[Verdict.ERROR],
            never_applied=tuple(sorted(self.rules - self.applied)),
            passed_over=passed_over,
            details=details,
            figures=Figures(details),
            indicators=self._indicators(),
        )

    def _indicators(self) -> Mapping[str, tuple[str, ...]]:
        """Return by form the fields that units state, in the order of the form."""
        return {
            form: tuple(path for path in pack.form.fields if path in stated)
            for form, stated in self.stated.items()
            for pack in packs_for(form, self.choice.packs)[:1]
        }

    def _notes(self, problems: Sequence[Problem], judged: Sequence[Judged]) -> tuple[Diagnostic, ...]:
        """Return what is told of folders and of the archive, each thing once."""
        told = [*self.shared.notes(self.order.sources), *self.notes.of_folders(problems)]
        said = {each.title for each in told}
        for note in (note for each in judged for note in each.notes):
            if note.title not in said:
                said.add(note.title)
                told.append(note)
        return tuple(told)

    def _units(self, judged: Sequence[Judged]) -> tuple[UnitReview, ...]:
        """Return the rows in the order of the list of units, those it does not have after them."""
        rows = [self._row(row, told) for row, told in zip(self.rows, judged, strict=True)]
        there = {row.unit.id for row in rows if row.form == self.form}
        declared = self.order.units.units if self.order.units else ()
        there |= self._desks_that_sent_nothing()
        rows += [self._absent(each.unit) for each in declared if each.id not in there]
        rows = list(addressed(rows, declared))
        order = {each.id: place for place, each in enumerate(declared)}
        last = len(order)
        return tuple(
            sorted(rows, key=lambda row: (order.get(row.unit.id or "", last), row.unit.name or "", row.form))
        )

    def _desks_that_sent_nothing(self) -> set[str]:
        sent = {each.unit.id for each in (*self.unread, *self.others)}
        return set() if self.order.units is None else self.order.units.desks() - sent

    def _row(self, row: Versions, told: Judged) -> UnitReview:
        return UnitReview(
            key=told.key,
            unit=row.unit if row.unit.name or row.unit.id else Unit(name=Path(row.current.path).name),
            form=row.form,
            current=_submission(row.current),
            older=tuple(_submission(each) for each in row.older)
            + tuple(evolve(_submission(one), same_as=same.path) for one, same in row.repeats),
            tallies=told.tallies,
            compared=told.compared,
            notes=self.notes.of_row(row),
        )

    def _absent(self, unit: Unit) -> UnitReview:
        """Return the row of a unit without a report that counts."""
        broken = [entry for entry in self.unread if entry.unit.id == unit.id]
        elsewhere = [entry for entry in self.others if entry.unit.id == unit.id]
        unread = [entry.unread for entry in broken if entry.unread]
        notes = tuple(each for file in unread for each in file.diagnostics)
        return UnitReview(
            key=f"absent-{unit.id}",
            unit=unit,
            form=self.form,
            standing=Standing.UNREADABLE if broken else Standing.MISSING,
            current=_submission(broken[0]) if broken else None,
            compared=unread[0].compared if unread else Compared(),
            notes=(*notes, *self.notes.sent_another_period(elsewhere)),
        )

    def _topics(self, judged: Sequence[Judged]) -> tuple[Topic, ...]:
        """Return the topics that rules were run on, in the order of the packs, then the others."""
        seen = {topic for each in judged for topic, tally in each.tallies.items() if says_something(tally)}
        found: dict[str, str] = {}
        for form in dict.fromkeys(row.form for row in self.rows):
            for pack in packs_for(form, self.choice.packs):
                for topic in dict.fromkeys(rule.topic for rule in pack.rules):
                    found.setdefault(topic, by_language(pack.topics.get(topic, {}), topic))
        for topic in _TOPICS_AFTER:
            found.setdefault(topic, say(f"review/topic-{topic}"))
        return tuple(Topic(id=topic, title=title) for topic, title in found.items() if topic in seen)

    def _form_titles(self) -> Mapping[str, str]:
        forms = dict.fromkeys((*(row.form for row in self.rows), *([self.form] if self.form else [])))
        return {
            form: by_language(pack.title) for form in forms for pack in packs_for(form, self.choice.packs)[:1]
        }


def _slim(each: Judged) -> Judged:
    """Return a row without what is counted for all rows together."""
    return evolve(each, rules=frozenset(), applied=frozenset(), stated=(), broken=(), asked=frozenset())


def says_something(tally: Tally) -> bool:
    """Whether anything was decided or found."""
    return bool(tally.decided or tally.has_findings)


def _submission(entry: Entry) -> Submission:
    return Submission(
        path=entry.path,
        unit=entry.unit,
        form=entry.form,
        period=entry.period,
        period_text=period_text(entry.period),
        submitted=entry.submitted,
    )


def _usual(names: Iterable[str]) -> str:
    counts = Counter(names)
    return max(counts, key=lambda name: (counts[name], name), default="")


def judged_in_company(
    path: Path, folders: Sequence[str | Path], choice: Choice, units: UnitList | None
) -> FileResult:
    """Return what a review of *folders* tells of the report at *path*, of the period of that report.

    Raises `ValidatorError` if a folder does not exist, or if another version of the report counts.
    """
    sent = Sent(name=str(path), source=path)
    report = read_sent(sent, evolve(choice, claims=False)).report
    if report is None:
        return check_sent(sent, choice).result
    period = report.period if period_key(report.period) else None
    order = Order(units=units, period=period, form=report.form)
    review = review_folders([*folders, path], choice, order)
    for row in review.units:
        if row.current is None or row.key not in review.details:
            continue
        if is_same_file(row.current.path, path):
            return evolve(review.details[row.key].result, path=str(path))
        if any(is_same_file(each.path, path) for each in row.older):
            raise _refusal("waiver/other-version", path=str(path), current=row.current.path)
    raise _refusal("waiver/not-reviewed", path=str(path))


def all_judged_in_company(
    source: Path, folders: Sequence[str | Path], choice: Choice, units: UnitList | None
) -> tuple[FileResult, ...]:
    """Return what a review of *folders* tells of the reports that count of those in *source*."""
    review = review_folders([*folders, source], choice, Order(units=units))
    place = os.path.realpath(source)
    return tuple(
        evolve(review.details[row.key].result, path=row.current.path)
        for row in review.units
        if row.current is not None and row.key in review.details
        if os.path.commonpath((place, os.path.realpath(row.current.path))) == place
    )


def _refusal(code: str, **args: str) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(file=args["path"]), args=args))

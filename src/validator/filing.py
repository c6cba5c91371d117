"""Filing a report in the archive: a new file for each version, nothing ever overwritten."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from errno import EEXIST
from os.path import lexists
from typing import TYPE_CHECKING

from validator.engine.period import period_key
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import evolve, field, record
from validator.model.report import Period, Unit
from validator.packs.forms import form_of, load_pack
from validator.render.report_yaml import report_yaml
from validator.submissions.appendix import joined_report, missing_part
from validator.submissions.archive import (
    file_name,
    filed_reports,
    load_filed,
    unit_folder,
    values_digest,
    versions_of,
)
from validator.text.fold import same_name
from validator.writing import create_file, locked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from validator.model.field import Form
    from validator.model.report import Report
    from validator.packs.pack import RulePack
    from validator.submissions.archive import Filed as Held
    from validator.submissions.choice import Choice
    from validator.submissions.entry import Reading

_MOST_TRIES = 100


@record
class Acceptance:
    """Where a report was filed, as which version; ``is_new`` is false if it lay there already.

    ``unit``, ``period`` and ``figures`` say what was understood: whose it is, of when, how much.
    ``files`` are those that the report came in; with ``completes`` it was filed with the part that lay
    there, else ``missing`` says which part is still to come, if one may be. ``faults`` are of files of
    the archive that cannot be used.
    """

    path: Path
    version: int = 1
    is_new: bool = True
    unit: Unit = field(default_factory=Unit)
    period: Period = field(default_factory=Period)
    figures: int = 0
    files: tuple[str, ...] = ()
    completes: bool = False
    missing: str = ""
    faults: tuple[Problem, ...] = ()


@record
class Accepted:
    """What became of a delivery: each report, filed or why not, in the order of the files.

    ``superseded`` are files of folders and zips that do not count, each with the one that does; ``left``
    are of kinds that are not read. ``absent`` are the listed units of which nothing was filed.
    """

    reports: tuple[Acceptance | ValidatorError, ...]
    superseded: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    absent: tuple[Unit, ...] = ()


class Filing:
    """Files reports in one archive; the units are those *known*, where anybody says who there is."""

    def __init__(
        self, archive: Path, choice: Choice, lang: str, known: Collection[str | None] | None = None
    ) -> None:
        self.archive, self.choice, self.lang, self.known = archive, choice, lang, known
        self.packs = tuple(load_pack(folder) for folder in choice.packs)

    def each(self, readings: Sequence[Reading]) -> tuple[Acceptance | ValidatorError, ...]:
        """File what can be filed; of what cannot return why not."""
        return tuple(map(self._one, readings))

    def all_or_none(self, readings: Sequence[Reading]) -> tuple[Acceptance | ValidatorError, ...]:
        """File all, or none: of those that could be filed return that others stood in the way."""
        faults = [self._fault(each) for each in readings]
        if any(faults):
            return tuple(fault or _held_back(each) for fault, each in zip(faults, readings, strict=True))
        done: list[Acceptance] = []
        for at, each in enumerate(readings):
            found = self._one(each)
            if isinstance(found, ValidatorError):
                _take_back(done)
                held = [_held_back(one) for one in readings]
                return (*held[:at], found, *held[at + 1 :])
            done.append(found)
        return tuple(done)

    def _one(self, reading: Reading) -> Acceptance | ValidatorError:
        report = reading.report
        if report is None:
            return ValidatorError(reading.problems[0])
        try:
            self._require_known(report)
            done = file_report(
                report, form_of(report, self.choice.packs), self.archive, self.lang, self.packs
            )
        except ValidatorError as fault:
            return fault
        return _of_reading(done, reading)

    def _fault(self, reading: Reading) -> ValidatorError | None:
        """Return why a report could not be filed, as far as that is known before anything is written."""
        report = reading.report
        if report is None:
            return ValidatorError(reading.problems[0])
        try:
            self._require_known(report)
            folder = _folder_of(report, self.archive)
            _nothing_in_the_way(report, folder)
            _same_unit(report, filed_reports(folder, self.packs)[0] if folder.is_dir() else (), self.packs)
        except ValidatorError as fault:
            return fault
        return None

    def _require_known(self, report: Report) -> None:
        if self.known is not None and report.unit.id not in self.known:
            raise _wrong("archive/undeclared", report, unit=report.unit.name or report.unit.id or "?")


def _held_back(reading: Reading) -> ValidatorError:
    problem = Problem(code="archive/held-back", location=Location(file=reading.path))
    return ValidatorError(problem)


def _take_back(done: Sequence[Acceptance]) -> None:
    """Remove what this run has filed."""
    for each in done:
        if each.is_new:
            with suppress(OSError):
                each.path.unlink()
                each.path.parent.rmdir()
                each.path.parent.parent.rmdir()


def _of_reading(done: Acceptance, reading: Reading) -> Acceptance:
    missing = missing_part(reading) if done.is_new and not done.completes else ""
    return evolve(done, files=(reading.path, *(each.path for each in reading.parts)), missing=missing)


def file_report(
    report: Report, form: Form, archive: Path, lang: str, packs: tuple[RulePack, ...] = ()
) -> Acceptance:
    """File *report* in the folder *archive* as the next version of its unit, form and period.

    The same figures are filed once. Raises `ValidatorError` if the report does not say whose it is
    or of which days, if its folder is that of a unit with another name, or if the file cannot be
    written; then nothing is left behind.
    """
    done = _filed(report, form, archive, lang, packs)
    figures = sum(map(len, report.cells.values())) + sum(
        len(row.cells) for rows in report.tables.values() for row in rows
    )
    return evolve(done, unit=report.unit, period=report.period, figures=figures)


def _folder_of(report: Report, archive: Path) -> Path:
    """Return where a report is filed; raise `ValidatorError` if it does not say whose or of when it is."""
    if not report.unit.id:
        raise _wrong("archive/unit-unknown", report)
    if report.period.start is None or report.period.end is None:
        raise _wrong("archive/no-days", report)
    return archive / unit_folder(report.unit.id)


def _filed(report: Report, form: Form, archive: Path, lang: str, packs: tuple[RulePack, ...]) -> Acceptance:
    folder = _folder_of(report, archive)
    try:
        with _alone_in(folder):
            return _filed_in(folder, report, form, packs, lang)
    except OSError as fault:
        _nothing_in_the_way(report, folder)
        raise _cannot(report, folder, fault) from fault


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Make a folder, and keep others from filing in it; folders made in vain are removed again."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            yield
    except BaseException:
        for each in made:
            # One that somebody else has put a file into meanwhile stays.
            with suppress(OSError):
                each.rmdir()
        raise


def _filed_in(folder: Path, report: Report, form: Form, packs: tuple[RulePack, ...], lang: str) -> Acceptance:
    for _ in range(_MOST_TRIES):
        filed, faults = filed_reports(folder, packs)
        _same_unit(report, filed, packs)
        known = _versions(report, filed)
        last, odd = load_filed(known[-1], packs) if known else (None, ())
        faults += tuple(each for each in odd if each not in faults)
        if last is not None and (
            values_digest(last, form) == values_digest(report, form) or _is_within(report, last)
        ):
            version = known[-1].version
            return Acceptance(path=known[-1].path, version=version, is_new=False, faults=faults)
        whole = None if last is None else _completed(last, report)
        version = known[-1].version if whole else max((each.version for each in known), default=0) + 1
        filed_as = whole or report
        target = folder / file_name(report.form or "", filed_as.period, version, is_whole=bool(whole))
        try:
            create_file(target, report_yaml(filed_as, form, None, lang).encode("utf-8", "replace"))
        except FileExistsError:
            continue  # a file system without locks: somebody else filed a version at the same moment
        except OSError as fault:
            raise _cannot(report, target, fault) from fault
        return Acceptance(path=target, version=version, completes=whole is not None, faults=faults)
    raise _cannot(report, folder, FileExistsError(EEXIST, ""))


def _completed(last: Report, report: Report) -> Report | None:
    """Return the whole report of which one part was filed *last* and *report* is the other, else None."""
    if {len(last.parts), len(report.parts)} != {1} or last.parts.keys() == report.parts.keys():
        return None
    main, appendix = (report, last) if "narrative" in report.parts else (last, report)
    # It takes the place of what was filed, whose name says of which days it is.
    whole = joined_report(main, appendix)
    return evolve(whole, period=last.period, file=", ".join(whole.parts.values()))


def _is_within(report: Report, last: Report) -> bool:
    """Whether *report* is one of the two parts of what was filed *last*, all of whose figures are there."""
    if not len(report.parts) < len(last.parts):
        return False
    return all(
        any(each.value == one.value for one in last.cells.get(path, ()))
        for path, cells in report.cells.items()
        for each in cells
    )


def _nothing_in_the_way(report: Report, folder: Path) -> None:
    for each in (*reversed(folder.parents), folder):
        if lexists(each) and not each.is_dir():
            raise _wrong("archive/in-the-way", report, path=str(each))


def _same_unit(report: Report, filed: tuple[Held, ...], packs: tuple[RulePack, ...]) -> None:
    """Refuse a folder that holds the reports of a unit with another name: the id was made from the name."""
    for each in filed[-1:]:
        other, _ = load_filed(each, packs)
        if other is not None and not same_name(other.unit.name, report.unit.name):
            args = {"path": str(each.path), "unit": other.unit.name, "ours": report.unit.name}
            raise _wrong("archive/other-unit", report, **args)


def _versions(report: Report, filed: tuple[Held, ...]) -> tuple[Held, ...]:
    """Return what the archive holds of the same unit, form and period; a correction may have other days."""
    key = period_key(report.period)
    periods = versions_of(filed, report.unit.id or "", report.form or "", settled=False)
    return tuple(
        each
        for versions in periods
        for each in versions
        if _days(each.period) == _days(report.period) or (key is not None and period_key(each.period) == key)
    )


def _days(period: Period) -> tuple[date | None, date | None]:
    return period.start, period.end


def _cannot(report: Report, path: Path, fault: OSError) -> ValidatorError:
    return _wrong("archive/cannot-file", report, path=str(path), detail=fault_detail(fault))


def _wrong(code: str, report: Report, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(file=report.file), args=args))

"""The archive: a folder of reports that were accepted, each version a file, none ever overwritten.

``<unit>/<form>_<first day>_<last day>.yaml`` is the version that was submitted, ``…_v2.yaml`` and so on
are corrections of it. ``…_whole.yaml`` takes the place of the file without that word, of which it has
the other part as well: an appendix that was filed later, say.
A report under any other name counts as well; it has to be read to know whose it is.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from validator.diagnostics.number import exact_text
from validator.engine.period import period_key
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve, record
from validator.model.report import Period, Report
from validator.model.verdict import Severity
from validator.readers.formats import STRUCTURED
from validator.readers.given import Given, kind_of_days
from validator.submissions.folder import report_files
from validator.submissions.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.field import Form
    from validator.packs.pack import RulePack

_DAY = r"\d{4}-\d\d-\d\d"
_NAME = re.compile(
    rf"(?P<form>[\w.-]+?)_(?P<start>{_DAY})_(?P<end>{_DAY})(?:_v(?P<version>\d+))?(?P<whole>_whole)?"
)
# Windows keeps some names for devices.
_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9]+(?:-[a-z0-9]+)*")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST = 80


@record
class Filed:
    """A report of the archive as far as its name (or, under another name, its header) tells."""

    path: Path
    folder: str
    form: str
    period: Period
    version: int = 1
    submitted: date | None = None
    is_whole: bool = False


def unit_folder(unit_id: str) -> str:
    """Return the name of a unit's folder: its id if that is safe, else a safe name of its own."""
    if len(unit_id) <= _LONGEST and _SAFE.fullmatch(unit_id):
        return unit_id
    plain = _UNSAFE.sub("-", unit_id.lower()).strip("-")[:_LONGEST]
    return f"{plain}-{hashlib.sha256(unit_id.encode()).hexdigest()[:8]}".lstrip("-")


def file_name(form: str, period: Period, version: int, *, is_whole: bool = False) -> str:
    """Return the name of the file of a version; the period must have both days."""
    again = (f"_v{version}" if version > 1 else "") + "_whole" * is_whole
    return f"{plain_form(form)}_{period.start}_{period.end}{again}.yaml"


def plain_form(form: str | None) -> str:
    """Return the name of a form as files of the archive bear it."""
    return _UNSAFE.sub("-", (form or "").lower())


def filed_reports(
    folder: Path, packs: tuple[RulePack, ...] = ()
) -> tuple[tuple[Filed, ...], tuple[Problem, ...]]:
    """Return the reports of an archive in the order of their versions, and what is wrong with it."""
    paths, problems = report_files(folder)
    found: list[Filed] = []
    told = list(problems)
    for path in paths:
        if path.suffix.lower() not in STRUCTURED:
            continue
        filed = _by_name(path)
        if filed is None or filed.period.kind is None:
            # Days that fit no kind of period: the report says which it is of.
            said, faults = _by_header(path, packs)
            told += faults
            filed = said if filed is None else _completed(filed, said)
        if filed is not None:
            found.append(filed)
    wholes = {(each.folder, each.form, each.period, each.version) for each in found if each.is_whole}
    found = [
        each
        for each in found
        if each.is_whole or (each.folder, each.form, each.period, each.version) not in wholes
    ]
    found.sort(key=lambda each: (each.version, each.submitted or date.min, str(each.path)))
    return tuple(found), tuple(told)


def folder_state(folder: Path) -> tuple[tuple[str, int], ...]:
    """Return what changes as soon as a report is filed in an archive or taken out of it."""
    try:
        below = [Path(each.path) for each in os.scandir(folder) if each.is_dir()]
        return tuple((str(each), each.stat().st_mtime_ns) for each in (folder, *sorted(below)))
    except OSError:
        return ()


def _by_name(path: Path) -> Filed | None:
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    try:
        start, end = (date.fromisoformat(match[part]) for part in ("start", "end"))
    except ValueError:
        return None
    period = Period(kind=kind_of_days(start, end), start=start, end=end)
    version = int(match["version"] or 1)
    return Filed(
        path=path,
        folder=path.parent.name,
        form=match["form"],
        period=period,
        version=version,
        is_whole=match["whole"] is not None,
    )


def _completed(filed: Filed, said: Filed | None) -> Filed:
    """Return what the name of a file tells with the kind of period that its report says."""
    if said is None or (said.period.start, said.period.end) != (filed.period.start, filed.period.end):
        return filed
    return evolve(filed, period=said.period)


def _by_header(path: Path, packs: tuple[RulePack, ...]) -> tuple[Filed | None, tuple[Problem, ...]]:
    found = read(path, str(path), packs, Given())
    report = found.report
    if report is None or not report.unit.id:
        faults = [each for each in found.problems if each.severity is Severity.ERROR]
        return None, (_unreadable(path, faults[0]) if faults else _problem("no-unit", path),)
    filed = Filed(
        path=path,
        folder=unit_folder(report.unit.id),
        form=plain_form(report.form),
        period=report.period,
        submitted=report.submitted,
    )
    return filed, ()


def load_filed(filed: Filed, packs: tuple[RulePack, ...] = ()) -> tuple[Report | None, tuple[Problem, ...]]:
    """Return the report of a file of the archive; one whose header says something else is not used."""
    found = read(filed.path, str(filed.path), packs, Given())
    report = found.report
    if report is None:
        return None, tuple(_unreadable(filed.path, each) for each in found.problems[:1])
    says = (
        unit_folder(report.unit.id or ""),
        plain_form(report.form),
        report.period.start,
        report.period.end,
    )
    if says != (filed.folder, filed.form, filed.period.start, filed.period.end):
        return None, (_problem("header-differs", filed.path),)
    return report, ()


def conflicts(filed: Iterable[Filed]) -> tuple[Problem, ...]:
    """Return a problem for each two files that claim to be the same version of one report."""
    seen: dict[object, Filed] = {}
    told: list[Problem] = []
    for each in filed:
        period = period_key(each.period) or (each.period.start, each.period.end)
        other = seen.setdefault((each.folder, each.form, period, each.version, each.submitted), each)
        if other is not each:
            told.append(_problem("conflict", each.path, other=str(other.path)))
    return tuple(told)


def versions_of(
    filed: Iterable[Filed], unit_id: str, form: str, *, settled: bool = True
) -> tuple[tuple[Filed, ...], ...]:
    """Return the reports of one unit and form, the versions of each period together, first one first.

    Of *settled* ones a period of which two files claim to be the first version is left out: nobody
    knows which it was.
    """
    periods: dict[object, list[Filed]] = {}
    folder, name = unit_folder(unit_id), plain_form(form)
    for each in filed:
        if (each.folder, each.form) == (folder, name):
            periods.setdefault(period_key(each.period) or each.path, []).append(each)
    return tuple(tuple(each) for each in periods.values() if not (settled and conflicts(each[:2])))


def values_digest(report: Report, form: Form) -> str:
    """Return what tells reports of different figures apart, whatever their spelling and places."""
    lines = [
        f"{path}={exact_text(cell, form.fields[path])}"
        for path, cells in sorted(report.cells.items())
        if path in form.fields
        for cell in cells
    ]
    lines += [
        f"{name}[{number}].{column}={exact_text(cell, form.tables[name].columns[column])}"
        for name, rows in sorted(report.tables.items())
        for number, row in enumerate(rows)
        for column, cell in sorted(row.cells.items())
    ]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _unreadable(path: Path, cause: Problem) -> Problem:
    """Return that a file of the archive cannot be used: the submission is not at fault."""
    told = _problem("unreadable", path, cause=cause)
    return evolve(told, location=evolve(cause.location, file=str(path)))


def _problem(code: str, path: Path, **args: object) -> Problem:
    place = Location(file=str(path))
    return Problem(
        code=f"archive/{code}", location=place, severity=Severity.WARNING, args={"path": str(path), **args}
    )

"""Two files that hold versions of one report → how they differ."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.file import check_file
from validator.checking.forms import form_of, load_pack
from validator.checking.reading import read
from validator.diagnostics.period import period_text
from validator.diagnostics.problem import explain_problem
from validator.model.comparison import Comparison
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve, record
from validator.model.verdict import Severity
from validator.reviewing.comparison import compare_versions
from validator.reviewing.passage import has_passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.checking.choice import Choice
    from validator.checking.outcome import Outcome
    from validator.model.diagnostic import FileResult
    from validator.model.report import Report, Unit
    from validator.readers.structured import ReadResult


@record
class _Version:
    """What a file holds and what is told about it."""

    found: ReadResult
    outcome: Outcome

    @property
    def result(self) -> FileResult:
        return self.outcome.result


def compare_files(old: str | Path, new: str | Path, choice: Choice) -> Comparison:
    """Return how the report in *new* differs from that in *old*; files that cannot be judged are told."""
    before, after = _version(old, choice), _version(new, choice)
    unread = tuple(each.result for each in (before, after) if not each.result.judged)
    if unread or before.found.report is None or after.found.report is None:
        return Comparison(old=str(old), new=str(new), unread=unread)
    documents = (before.found.document, after.found.document)
    compared = compare_versions(
        before.found.report,
        before.result,
        after.found.report,
        after.result,
        form_of(after.found.report, choice.packs),
        choice.lang,
        unsettled=after.outcome.rules - after.outcome.applied,
        has_passage=(
            None
            if documents[0] is None or documents[1] is None
            else partial(has_passage, old=documents[0], new=documents[1])
        ),
    )
    doubts = _doubts(before.found.report, after.found.report, choice.lang)
    return evolve(compared, notes=tuple(explain_problem(each, choice.lang) for each in doubts))


def _version(source: str | Path, choice: Choice) -> _Version:
    packs = tuple(load_pack(folder) for folder in choice.packs)
    path = Path(source)
    return _Version(
        found=read(path, str(source), packs, choice.given), outcome=check_file(path, str(source), choice)
    )


def _doubts(old: Report, new: Report, lang: str) -> Iterator[Problem]:
    """Yield what speaks against the two being versions of one report."""
    if _is_same_file(old.file, new.file):
        yield _doubt("same-file", new, path=new.file)
        return
    if old.form != new.form:
        yield _doubt("other-form", new, old=old.form or "", new=new.form or "")
    if _are_other_units(old.unit, new.unit):
        yield _doubt("other-unit", new, old=_name(old.unit), new=_name(new.unit))
    windows = [(each.period.kind, each.period.start, each.period.end) for each in (old, new)]
    if all(any(window) for window in windows) and windows[0] != windows[1]:
        one, other = (period_text(each.period, lang) for each in (old, new))
        yield _doubt("other-period", new, old=one, new=other)


def _doubt(code: str, report: Report, **args: object) -> Problem:
    place = Location(file=report.file)
    return Problem(code=f"compare/{code}", location=place, severity=Severity.WARNING, args=args)


def _is_same_file(old: str, new: str) -> bool:
    try:
        return Path(old).samefile(new)
    except OSError:
        return old == new


def _are_other_units(old: Unit, new: Unit) -> bool:
    """Whether two units are known to be different ones: by their ids, else by their names."""
    if old.id and new.id:
        return old.id != new.id
    names = (old.name, new.name)
    return all(names) and len({" ".join(name.casefold().split()) for name in names if name}) > 1


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""

"""What is said of submissions themselves: versions, periods and units, not figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.diagnostics.shown import listed, period_text, short_path
from validator.engine.period import period_key
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.model.words import say
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.model.diagnostic import Diagnostic
    from validator.model.report import Period
    from validator.submissions.entry import Entry
    from validator.submissions.versions import Versions

_MOST_UNITS = 10
_MOST_FILES = 20


class Notes:
    """Words notes in one language, for a review of one period."""

    def __init__(self, period: Period, folder: str = "", *, has_units: bool) -> None:
        self.folder = folder
        self.period = period
        self.has_units = has_units

    def of_row(self, row: Versions) -> tuple[Diagnostic, ...]:
        """Return what is to be said of what a unit sent."""
        return (*self._of_unit(row.current), *self._of_period(row.current), *self._of_versions(row))

    def _of_unit(self, entry: Entry) -> Iterator[Diagnostic]:
        if entry.candidates:
            yield self._note("ambiguous-unit", entry, {"units": listed(entry.candidates, _MOST_UNITS)})
        elif not entry.unit.id and not entry.unit.name:
            yield self._note("no-unit", entry, {})
        elif self.has_units and not entry.is_declared:
            name = entry.unit.name or entry.unit.id or ""
            code = "former-unit" if entry.former else "undeclared-unit"
            yield self._note(code, entry, {"unit": name, "now": entry.former})
        if entry.by_file:
            args: dict[str, object] = {"unit": entry.unit.name or "?", "other": entry.by_file}
            yield self._note("name-differs", entry, args)

    def _of_period(self, entry: Entry) -> Iterator[Diagnostic]:
        if period_key(entry.period) is None:
            yield self._note("no-period", entry, {})
        elif self._days(entry.period) != self._days(self.period):
            yield self._note("other-window", entry, self._windows(entry), Severity.INFO)

    def _of_versions(self, row: Versions) -> Iterator[Diagnostic]:
        if row.doubt:
            yield self._note(
                f"versions-{row.doubt}",
                row.current,
                {"current": self._short(row.current), "older": self._short(row.older[0])},
            )
        if row.appendix is not None:
            args: dict[str, object] = {"other": self._short(row.appendix)}
            yield self._note("with-appendix", row.current, args, Severity.INFO)
        for entry, same in row.repeats:
            yield self._note("repeated", entry, {"other": self._short(same)}, Severity.INFO)

    def aside(self, entry: Entry) -> Diagnostic:
        """Return why a readable file counts for no row: it is of another period."""
        return self._note("other-period", entry, self._windows(entry))

    def sent_another_period(self, entries: Sequence[Entry]) -> tuple[Diagnostic, ...]:
        """Return that a unit which is missing sent a report of another period."""
        return tuple(
            self._note("sent-other-period", entry, {"theirs": self._text(entry.period)}) for entry in entries
        )

    def of_folders(self, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
        """Return what is wrong with folders and the archive: each file named, the same words said once.

        Of a kind of problem the first are told and the others counted.
        """
        alike: dict[tuple[str, str], list[Diagnostic]] = {}
        for problem in problems:
            told = explain_problem(problem)
            alike.setdefault((told.id, _said(told)), []).append(told)
        kinds: dict[str, list[Diagnostic]] = {}
        for (code, _), found in alike.items():
            kinds.setdefault(code, []).append(self._naming_files(found))
        return tuple(each for found in kinds.values() for each in self._first(found))

    def _naming_files(self, found: Sequence[Diagnostic]) -> Diagnostic:
        """Return problems of one wording as one that names their files."""
        first, paths = found[0], tuple(dict.fromkeys(each.location.file for each in found))
        if len(paths) == 1 and (not paths[0] or paths[0] in _said(first)):
            return first
        args = {"title": first.title, "files": ", ".join(paths[:_MOST_FILES])}
        if len(paths) <= _MOST_FILES:
            return evolve(first, title=say("review/in-files", args))
        args |= {"count": str(len(paths) - _MOST_FILES)}
        return evolve(first, title=say("review/in-files-more", args))

    def _first(self, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the first of one kind, and how many more there are."""
        yield from found[:_MOST_FILES]
        if len(found) > _MOST_FILES:
            args = {"count": len(found) - _MOST_FILES}
            yield evolve(found[_MOST_FILES], title=say("review/more-files", args), help="")

    def _windows(self, entry: Entry) -> dict[str, object]:
        return {"theirs": self._text(entry.period), "ours": self._text(self.period)}

    def _text(self, period: Period) -> str:
        return period_text(period)

    def _short(self, entry: Entry) -> str:
        return short_path(entry.path, self.folder)

    @staticmethod
    def _days(period: Period) -> tuple[object, object]:
        return period.start, period.end

    def _note(
        self, code: str, entry: Entry, args: dict[str, object], severity: Severity = Severity.WARNING
    ) -> Diagnostic:
        place = Location(file=entry.path)
        args = {"path": self._short(entry), **args}
        problem = Problem(code=f"review/{code}", location=place, severity=severity, args=args)
        return evolve(explain_problem(problem), topic="review")


def _said(found: Diagnostic) -> str:
    """Return the words of a finding in some language: what they leave out tells no two findings apart."""
    return str(in_language(found.title, "en"))

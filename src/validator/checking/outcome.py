"""What checking one file gives, and what a run makes of all of them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from validator.model.diagnostic import Diagnostic, FileResult, RunResult
from validator.model.location import Location
from validator.model.record import evolve, field, record
from validator.model.verdict import Verdict
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from validator.model.verdict import Severity
    from validator.submissions.entry import Entry


@record
class Outcome:
    """What is told about a file, with the rules that were run on it and that applied to it.

    ``notes`` are about other files, such as those of an archive. ``entry`` is what the file tells of
    the report it belongs to.
    """

    result: FileResult
    rules: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()
    entry: Entry | None = None


class Tally:
    """Adds up what is told about the files of a run.

    With *told* each file is handed on as it comes, and only its outline is kept, so that memory stays
    flat; the notes of the run follow at the end, as if each file that they are about were one of it.
    """

    def __init__(
        self, notes: tuple[Diagnostic, ...] = (), told: Callable[[FileResult], None] | None = None
    ) -> None:
        self._notes = dict.fromkeys(notes)
        self._told = told
        self._counts: Counter[Verdict] = Counter()
        self._rules: set[str] = set()
        self._applied: set[str] = set()
        self._files: list[FileResult] = []

    def add(self, outcome: Outcome) -> None:
        """Add what is told about one more file."""
        self._counts.update(outcome.counts)
        self._notes |= dict.fromkeys(outcome.notes)
        self._rules |= outcome.rules
        self._applied |= outcome.applied
        if self._told is None:
            self._files.append(outcome.result)
            return
        self._files.append(outline(outcome.result))
        self._told(outcome.result)

    def result(self, passed_over: Iterable[str] = ()) -> RunResult:
        """Return what is told about the run."""
        if self._told is not None:
            by_file: dict[str, list[Diagnostic]] = {}
            for note in self._notes:
                by_file.setdefault(note.location.file, []).append(note)
            for path, notes in by_file.items():
                self._told(FileResult(path=path, diagnostics=tuple(notes)))
        decided = self._counts[Verdict.PASS] + self._counts[Verdict.FAIL]
        return RunResult(
            version=__version__,
            files=tuple(sorted(self._files, key=lambda each: each.path)),
            rules_loaded=len(self._rules),
            applicable=decided + self._counts[Verdict.UNDECIDED],
            decided=decided,
            undecided=self._counts[Verdict.UNDECIDED],
            never_applied=tuple(sorted(self._rules - self._applied)),
            notes=tuple(self._notes),
            passed_over=tuple(sorted(passed_over)),
        )


def outline(file: FileResult) -> FileResult:
    """Return a file without the words about it: of its findings only what is counted."""
    found = (each for each in file.diagnostics if each.verdict in (Verdict.FAIL, Verdict.ERROR))
    outlines = tuple(
        _outline(each.id, each.severity, each.verdict, "…" if each.waiver else "", _reason(each))
        for each in found
    )
    return evolve(file, diagnostics=outlines, verdicts={}, reach="", ticks=None)


def _reason(found: Diagnostic) -> str:
    """Return why something could not be run, which tells a rule that was given up."""
    return found.reason if found.verdict is Verdict.ERROR else ""


@lru_cache(maxsize=4096)
def _outline(code: str, severity: Severity, verdict: Verdict, waiver: str, reason: str) -> Diagnostic:
    """Return one record for all findings that count alike."""
    place = Location()
    return Diagnostic(
        id=code, severity=severity, verdict=verdict, waiver=waiver, reason=reason, location=place
    )

"""What checking one file gives, and what a run makes of all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.diagnostic import FileResult, RunResult
from validator.model.record import field, record
from validator.model.verdict import Verdict
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.checking.appendix import File
    from validator.model.diagnostic import Diagnostic


@record
class Outcome:
    """What is told about a file, with the rules that were run on it and that applied to it.

    ``notes`` are about other files, such as those of an archive. ``file`` is what the file tells of
    the report it belongs to.
    """

    result: FileResult
    rules: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()
    file: File | None = None


def run_result(
    outcomes: Iterable[Outcome], passed_over: tuple[str, ...] = (), notes: tuple[Diagnostic, ...] = ()
) -> RunResult:
    """Return what is told about a run."""
    counts: Counter[Verdict] = Counter()
    rules: set[str] = set()
    applied: set[str] = set()
    files: list[FileResult] = []
    told = list(notes)
    for outcome in outcomes:
        files.append(outcome.result)
        counts.update(outcome.counts)
        told += (each for each in outcome.notes if each not in told)
        rules |= outcome.rules
        applied |= outcome.applied
    decided = counts[Verdict.PASS] + counts[Verdict.FAIL]
    return RunResult(
        version=__version__,
        files=tuple(sorted(files, key=lambda each: each.path)),
        rules_loaded=len(rules),
        applicable=decided + counts[Verdict.UNDECIDED],
        decided=decided,
        undecided=counts[Verdict.UNDECIDED],
        never_applied=tuple(sorted(rules - applied)),
        notes=tuple(told),
        passed_over=tuple(sorted(passed_over)),
    )

"""A problem of a file, a pack or a call → the finding that tells of it; those of packs → a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.diagnostic import Diagnostic, FileResult, RunResult
from validator.model.problem import GROUNDS
from validator.model.verdict import Severity, Verdict
from validator.model.words import cure, more, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.problem import Problem

_CLAIMS = "claims/"
_TOPICS = {"claims": "claims", "read": "read", "document": "read", "check": "read", "waiver": "waiver"}


def explain_problem(problem: Problem, *, verdict: Verdict = Verdict.FAIL) -> Diagnostic:
    """Return *problem* as a finding: its message with its arguments, and what to do about it."""
    return Diagnostic(
        id=problem.code,
        severity=problem.severity,
        verdict=verdict,
        title=say(problem.code, problem.args),
        explanation=_part("explanation", problem),
        difference=_part("difference", problem),
        fields=problem.labels,
        location=problem.location,
        help=cure(problem.code, problem.args),
        topic=_TOPICS.get(problem.code.partition("/")[0], ""),
        rests_on=_rests_on(problem),
    )


def _part(part: str, problem: Problem) -> str:
    """Return the equation of a calculation of the prose, or by how much its figures differ."""
    is_claim = problem.code.startswith(_CLAIMS) and problem.labels
    return more(part, problem.code, problem.args) if is_claim else ""


def _rests_on(problem: Problem) -> str:
    """Return what a claim of the prose rests on: its figures, by what each of them is."""
    if not problem.code.startswith(_CLAIMS) or problem.severity is Severity.ERROR:
        return ""
    from validator.diagnostics.fingerprint import in_one_spelling
    from validator.diagnostics.grounds import digest

    grounds: Iterable[str] = problem.args.get(GROUNDS, ())  # type: ignore[assignment]
    figures = ((name, in_one_spelling(str(problem.args[name]))) for name in grounds)
    return digest(("", *each) for each in figures)


def lint_run(problems: Iterable[Problem], *, rules: int, version: str) -> RunResult:
    """Return *problems* of packs as findings on their files."""
    files: dict[str, list[Diagnostic]] = {}
    for problem in problems:
        files.setdefault(problem.location.file, []).append(explain_problem(problem))
    return RunResult(
        version=version,
        files=tuple(FileResult(path=path, diagnostics=tuple(found)) for path, found in sorted(files.items())),
        rules_loaded=rules,
    )

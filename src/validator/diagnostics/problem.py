"""A problem of a file, a pack or a call → the finding that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.diagnostic import Diagnostic
from validator.model.problem import FIGURES
from validator.model.verdict import Severity, Verdict
from validator.model.words import cure, say

if TYPE_CHECKING:
    from validator.model.problem import Problem

_TOPICS = {"claims": "claims", "read": "read", "document": "read", "check": "read", "waiver": "waiver"}


def explain_problem(problem: Problem, *, verdict: Verdict = Verdict.FAIL) -> Diagnostic:
    """Return *problem* as a finding: its message with its arguments, and what to do about it."""
    return Diagnostic(
        id=problem.code,
        severity=problem.severity,
        verdict=verdict,
        title=say(problem.code, problem.args),
        explanation="",
        fields=problem.labels,
        location=problem.location,
        help=cure(problem.code, problem.args),
        topic=_TOPICS.get(problem.code.partition("/")[0], ""),
        rests_on=_rests_on(problem),
    )


def _rests_on(problem: Problem) -> str:
    """Return what a claim of the prose rests on: its figures, by what each of them is."""
    if not problem.code.startswith("claims/") or problem.severity is Severity.ERROR:
        return ""
    from validator.diagnostics.fingerprint import in_one_spelling
    from validator.diagnostics.grounds import digest

    told = (each for each in problem.args.items() if each[0] not in ("quote", FIGURES))
    figures = ((name, in_one_spelling(str(text))) for name, text in told)
    return digest(("", *each) for each in figures)

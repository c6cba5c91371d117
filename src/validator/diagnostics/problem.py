"""A problem of a file, a pack or a call → the diagnostic that words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.message import catalogue, message, message_help
from validator.diagnostics.system_fault import system_words
from validator.model.diagnostic import Diagnostic
from validator.model.problem import Problem
from validator.model.system_fault import MARK
from validator.model.verdict import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOPICS = {"claims": "claims", "read": "read", "document": "read", "check": "read", "waiver": "waiver"}


def explain_problem(problem: Problem, lang: str, *, verdict: Verdict = Verdict.FAIL) -> Diagnostic:
    """Return *problem* in the words of *lang*.

    An argument that begins with ``@`` is itself a word of the catalogue of the problem's area, or
    (``@system/…``) what the operating system refused; one that is a problem stands for its words.
    """
    args = _worded(problem.args, problem.code.partition("/")[0], lang)
    return Diagnostic(
        id=problem.code,
        severity=problem.severity,
        verdict=verdict,
        title=message(problem.code, lang, args),
        explanation="",
        location=problem.location,
        help=message_help(problem.code, lang, args),
        topic=_TOPICS.get(problem.code.partition("/")[0], ""),
        rests_on=_rests_on(problem),
    )


def _rests_on(problem: Problem) -> str:
    """Return what a claim of the prose rests on: its figures, by what each of them is."""
    if not problem.code.startswith("claims/") or problem.severity is Severity.ERROR:
        return ""
    from validator.diagnostics.fingerprint import in_one_spelling
    from validator.diagnostics.grounds import digest

    figures = ((name, in_one_spelling(str(text))) for name, text in problem.args.items() if name != "quote")
    return digest(("", *each) for each in figures)


def _worded(args: Mapping[str, object], area: str, lang: str) -> dict[str, object]:
    return {name: _word(value, area, lang) for name, value in args.items()}


def _word(value: object, area: str, lang: str) -> object:
    if isinstance(value, Problem):
        return explain_problem(value, lang).title.rstrip(".")
    if isinstance(value, str) and value.startswith(f"{MARK}system/"):
        return system_words(value, lang)
    if not (isinstance(value, str) and value.startswith(MARK)):
        return value
    return catalogue(lang, area).get(value, {}).get("text", value[1:])

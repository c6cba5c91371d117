"""The explanations that travel with a report, held against what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.model.verdict import Verdict
from validator.model.words import say
from validator.readers.kind import sidecars
from validator.submissions.choice import RESTATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from validator.diagnostics.waiver import Rules
    from validator.engine.result import ReportResult
    from validator.model.diagnostic import Diagnostic
    from validator.model.explanation import Explanation
    from validator.model.problem import Problem
    from validator.model.report import Report
    from validator.packs.pack import RulePack
    from validator.submissions.choice import Choice


@record
class Judged:
    """What was run on a report: packs, the results behind its findings, whether its prose was checked."""

    packs: Sequence[RulePack] = ()
    results: Sequence[ReportResult] = ()
    claims: bool = False


def explained(
    found: tuple[Diagnostic, ...],
    report: Report,
    sources: Iterable[Path],
    judged: Judged,
    choice: Choice,
) -> tuple[Diagnostic, ...]:
    """Return the findings with what the report's explanations make of them; most reports have none.

    They lie beside its *sources*, or stand in it.
    """
    files = tuple(file for source in sources for file in sidecars(source))
    if not files and not report.explanations:
        return found
    from validator.diagnostics.waiver import applied

    explanations, told = read_all(files)
    given = (*explanations, *report.explanations)
    marked = applied(found, given, known_rules(judged, choice))
    news = (*marked[len(found) :], *told)
    return (*marked[: len(found)], *(each for each in news if choice.wants_finding(each.id)))


def read_all(files: Iterable[Path]) -> tuple[tuple[Explanation, ...], tuple[Diagnostic, ...]]:
    """Return the explanations in *files*, and what is odd about these."""
    from validator.readers.explanation import read_sidecar

    read = [read_sidecar(path) for path in files]
    told = [_told(problem) for each in read for problem in each.problems]
    return tuple(one for each in read for one in each.explanations), tuple(told)


def known_rules(judged: Judged, choice: Choice) -> Rules:
    """Return the names that explanations may give rules by, and which of the rules were run."""
    from validator.diagnostics.code_reference import diagnostic_codes
    from validator.diagnostics.waiver import Rules

    names: dict[str, dict[str, None]] = {}
    for pack in judged.packs:
        for rule in pack.rules:
            short = (rule.id, *rule.aliases)
            for name in (*short, *(f"{pack.name}/{each}" for each in short)):
                names.setdefault(name, {})[rule.full_id] = None
        restated = f"{pack.name}/{RESTATED}"
        for name in (restated, RESTATED):
            names.setdefault(name, {})[restated] = None
    # A rule that was not decided, for want of another period's report perhaps, leaves its explanation be.
    decided = (Verdict.PASS, Verdict.FAIL)
    every = (one for each in judged.results for one in each.results)
    ran = {one.rule.full_id for one in every if one.verdict in decided}
    ran |= {f"{each.pack}/{RESTATED}" for each in judged.results}
    codes = tuple(diagnostic_codes("claims"))
    names |= {code: {code: None} for code in codes}
    ran |= set(codes) if judged.claims else set()
    wanted = (each for each in ran if choice.wants_comparison(each) or not _is_built_in(each))
    return Rules(names=_listed(names), ran=frozenset(filter(choice.wants_finding, wanted)))


def _is_built_in(name: str) -> bool:
    """Whether an id is none of a rule, of which only those that were chosen are run."""
    return RESTATED in name or name.startswith("claims/")


def _listed(names: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(ids) for name, ids in names.items()}


def _told(problem: Problem) -> Diagnostic:
    """Word a problem of a file of explanations; a fault of reading is one of explanations here."""
    from validator.diagnostics.problem import explain_problem

    told = explain_problem(problem)
    if told.topic == "waiver":
        return told
    title = say("waiver/unreadable", {"detail": told.title})
    return evolve(told, id="waiver/unreadable", title=title, topic="waiver")

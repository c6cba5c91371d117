"""One file → what is told about it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from validator.checking.explanation import Judged, explained
from validator.checking.forms import load_pack, packs_of_form
from validator.checking.outcome import Outcome
from validator.checking.reading import read
from validator.diagnostics.explain import explain, explain_restatement
from validator.diagnostics.group import grouped
from validator.diagnostics.period import period_text
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.reach import reach_text
from validator.engine.context import Context
from validator.engine.run import Plan
from validator.model.diagnostic import Diagnostic, FileResult
from validator.model.verdict import Verdict
from validator.readers.kind import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from validator.checking.choice import Choice
    from validator.engine.result import ReportResult
    from validator.model.problem import Problem
    from validator.model.report import Report
    from validator.packs.pack import RulePack


def check_file(source: Path | bytes, name: str, choice: Choice) -> Outcome:
    """Return what is told about a file, or about bytes called *name*."""
    packs = tuple(load_pack(folder) for folder in choice.packs)
    found = read(source, name, packs, choice.given)
    report = found.report
    if report is None:
        return Outcome(result=unjudged(name, found.problems, choice.lang))
    problems = tuple(
        explain_problem(problem, choice.lang)
        for problem in found.problems
        if choice.wants_finding(problem.code)
    )
    chosen = tuple(pack for pack in packs if pack.form.name == report.form) or packs_of_form(report.form)
    judged, results = judge(report, chosen, choice)
    diagnostics = (*problems, *judged)
    has_claims = found.document is not None and choice.claims and not choice.select
    if found.document is not None and has_claims:
        from validator.checking.claim import claim_findings

        claims = claim_findings(found.document, diagnostics, choice.lang)
        diagnostics = (*diagnostics, *(each for each in claims if choice.wants_finding(each.id)))
    ran = Judged(packs=chosen, results=results, claims=has_claims)
    diagnostics = explained(diagnostics, report, source, ran, choice)
    result = FileResult(
        path=name,
        unit=report.unit.name or report.unit.id or "",
        period=period_text(report.period, choice.lang),
        form=report.form or "",
        diagnostics=tuple(sorted(grouped(diagnostics), key=_reading_order)),
        reach="" if found.reach is None else reach_text(found.reach, choice.lang),
    )
    return _outcome(result, results)


def judge(
    report: Report, packs: tuple[RulePack, ...], choice: Choice
) -> tuple[tuple[Diagnostic, ...], tuple[ReportResult, ...]]:
    """Run the chosen rules of *packs* on a report; return the findings and the results behind them."""
    found: list[Diagnostic] = []
    results: list[ReportResult] = []
    for pack in packs:
        result = _plan(pack.folder, choice.select, choice.ignore).check(Context(report=report))
        results.append(result)
        for each in result.results:
            if choice.undecided or each.verdict is not Verdict.UNDECIDED:
                found.extend(explain(each, choice.lang))
        for restated in result.restated:
            diagnostic = explain_restatement(restated, pack.name, choice.lang)
            if choice.wants_restatement(diagnostic.id):
                found.append(diagnostic)
    return tuple(found), tuple(results)


@lru_cache(maxsize=16)
def _plan(folder: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> Plan:
    """Return the plan for the pack in *folder*, made once for all files of a run."""
    from validator.checking.choice import Choice

    choice, pack = Choice(select=select, ignore=ignore), load_pack(folder)
    return Plan(pack, (rule for rule in pack.rules if choice.wants_rule(rule)))


def _outcome(result: FileResult, results: tuple[ReportResult, ...]) -> Outcome:
    from collections import Counter

    counts: Counter[Verdict] = Counter()
    for each in results:
        counts.update(each.counts)
    every = [one for each in results for one in each.results]
    applied = (one for one in every if one.verdict is not Verdict.NOT_APPLICABLE)
    return Outcome(
        result=result,
        rules=frozenset(one.rule.full_id for one in every),
        applied=frozenset(one.rule.full_id for one in applied),
        counts=counts,
    )


def unjudged(path: str, problems: tuple[Problem, ...], lang: str) -> FileResult:
    """Return what is told about a file that could not be judged."""
    diagnostics = tuple(explain_problem(problem, lang, verdict=Verdict.ERROR) for problem in problems)
    return FileResult(path=path, diagnostics=diagnostics, judged=False)


def is_something_else(result: FileResult) -> bool:
    """Whether a file has neither a report's header, nor one misspelt, nor anything of a known form."""
    wanted = {"read/no-header"}
    if result.path.lower().endswith(TEXTS):
        wanted.add("document/no-form")
    return not result.judged and all(each.id in wanted for each in result.diagnostics)


def _reading_order(diagnostic: Diagnostic) -> tuple[object, ...]:
    # What is told of explanations comes after what is told of the report.
    is_aside = diagnostic.topic == "waiver"
    return (is_aside, *diagnostic.location.sort_key, diagnostic.id, diagnostic.explanation)

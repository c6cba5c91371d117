"""A report that a program has made → what is told about it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from validator.checking.explanation import Judged, explained
from validator.checking.file import NOTHING_COMPARED, judge
from validator.checking.joins import Joins
from validator.diagnostics.problem import explain_problem
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.verdict import Verdict
from validator.readers.plain_value import doubtful_percents, exact_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.result import ReportResult
    from validator.model.diagnostic import Diagnostic
    from validator.model.report import Report
    from validator.packs.pack import RulePack
    from validator.submissions.choice import Choice


def judge_made(report: Report, packs: tuple[RulePack, ...], choice: Choice) -> tuple[Diagnostic, ...]:
    """Return the findings on *report*. Raises `ValidatorError` for a value that its field cannot have."""
    noticed = [each for pack in packs for each in doubtful_percents(report, pack.form)]
    for pack in packs:
        report = exact_report(report, pack.form)
    found, results = judge(report, packs, choice, Joins())
    told = [explain_problem(each) for each in noticed]
    silence = (explain_problem(each, verdict=Verdict.ERROR) for each in _silence(report, results))
    return explained((*told, *silence, *found), report, (), Judged(packs=packs, results=results), choice)


def _silence(report: Report, results: tuple[ReportResult, ...]) -> Iterator[Problem]:
    """Yield, if nothing was compared, that."""
    verdicts = {one.verdict for each in results for one in each.results}
    if verdicts & {Verdict.PASS, Verdict.FAIL} or any(each.restated for each in results):
        return
    rows = chain.from_iterable(report.tables.values())
    cells = [
        *chain.from_iterable(report.cells.values()),
        *(cell for row in rows for cell in row.cells.values()),
    ]
    figures = sum(cell.value is not None and not isinstance(cell.value, str | bool) for cell in cells)
    yield Problem(code=NOTHING_COMPARED, location=Location(file=report.file), args={"figures": figures})

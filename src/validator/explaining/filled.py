"""Files the explanations of a sheet that was filled in, each beside the report it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.checking.explaining import one_line
from validator.checking.reasons import Filed, file_reasons, refusal
from validator.diagnostics.fingerprint import fingerprint
from validator.explaining.answers import read_answers
from validator.explaining.explainable import looked_at
from validator.explaining.sheet import figures_of, identity_of
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from validator.checking.reasons import Reason
    from validator.explaining.answers import Answer
    from validator.explaining.explainable import Explainable, Where

_FIGURE = re.compile(r"\d[\d.,]*")


@record
class Taken:
    """What came of a sheet: what was filed, the rows without a reason, and why rows were not taken."""

    filed: Filed
    blank: int = 0
    problems: tuple[Problem, ...] = ()


def file_answers(where: Where, sheet: Path, *, by: str, given_on: date | None, replace: bool) -> Taken:
    """File the explanations of a sheet, all that can be taken or none; *by* stands for who is not named.

    Values bind them: a row whose finding has other figures by now is not taken, and that is told. Raises
    `ValidatorError` for what is no such sheet, one of other reports, and files that cannot be written.
    """
    answers = read_answers(sheet, where.choice.given)
    if not answers.rows:
        return Taken(filed=Filed(), blank=answers.blank)
    reports = {each.name: each for each in looked_at(where).reports}
    if not any(each.file in reports for each in answers.rows):
        place = Location(file=str(sheet))
        raise refusal("waiver/other-reports", place, path=str(where.source), file=answers.rows[0].file)
    reasons: list[Reason] = []
    problems: list[Problem] = []
    for each in answers.rows:
        report = reports.get(each.file)
        told = _taken(each, report, answers.lang, one_line(by), given_on)
        if isinstance(told, Problem):
            problems.append(told)
        else:
            reasons.append(told)
    filed = file_reasons(reasons, replace=replace) if reasons else Filed()
    return Taken(filed=filed, blank=answers.blank, problems=tuple(problems))


def _taken(
    answer: Answer, report: Explainable | None, lang: str, by: str, given_on: date | None
) -> Reason | Problem:
    """Return the reason that a row gives, or why it is not taken."""
    if report is None:
        return _told("row-file-gone", answer, name=answer.file)
    values, _, identity = answer.code.partition("-")
    found = next((each for each in report.soft if fingerprint(each) == values), None)
    if found is None:
        now = [each for each in report.soft if identity_of(each) == identity]
        if not now:
            return _told("row-agrees", answer, name=answer.file)
        return _told("row-changed", answer, now="; ".join(figures_of(report, now[0], lang).split("\n")))
    shown = figures_of(report, found, lang)
    if answer.figures is not None and _figures(answer.figures) != _figures(shown):
        return _told("row-edited", answer, now="; ".join(shown.split("\n")))
    return report.reason(found, answer.reason, answer.by or by, given_on, answer.place)


def _figures(text: str) -> list[str]:
    return [each.rstrip(".,") for each in _FIGURE.findall(text)]


def _told(code: str, answer: Answer, **args: str) -> Problem:
    place = answer.place
    args |= {"cell": place.cell or "", "sheet": place.sheet or ""}
    return Problem(
        code=f"waiver/{code}", location=Location(file=place.file), severity=Severity.WARNING, args=args
    )

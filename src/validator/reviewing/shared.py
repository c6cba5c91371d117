"""What very many units break alike: then the rule is looked at first, and one word explains it for all."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record
from validator.model.verdict import Severity, Verdict
from validator.reviewing.review_data import load_review_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.model.diagnostic import Diagnostic, FileResult


@record
class Broken:
    """A rule that one unit breaks and has not explained; one that is ``soft`` may be explained."""

    rule: str
    title: str
    soft: bool


def broken_by(result: FileResult) -> tuple[Broken, ...]:
    """Return the rules that the report of *result* breaks, each once."""
    found = {
        each.id: Broken(rule=each.id, title=each.title, soft=each.severity is not Severity.ERROR)
        for each in result.diagnostics
        if each.verdict is Verdict.FAIL and not each.waiver and result.verdicts.get(each.id) is Verdict.FAIL
    }
    return tuple(found.values())


def decided_of(result: FileResult) -> frozenset[str]:
    """Return the rules that were decided on a report."""
    kinds = (Verdict.PASS, Verdict.FAIL)
    return frozenset(name for name, verdict in result.verdicts.items() if verdict in kinds)


class Shared:
    """Counts by rule the units that break it, and those of whom it could be asked."""

    def __init__(self) -> None:
        self._broken: dict[str, Broken] = {}
        self._units: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()

    def add(self, broken: Iterable[Broken], decided: Iterable[str]) -> None:
        """Count a unit."""
        for each in broken:
            self._broken.setdefault(each.rule, each)
            self._units[each.rule] += 1
        self._asked.update(decided)

    def notes(self, sources: Sequence[str | Path]) -> Iterator[Diagnostic]:
        """Yield what is told of rules that as many units break as the data calls noise, most first."""
        data = load_review_data()
        for rule, units in sorted(self._units.items(), key=lambda each: (-each[1], each[0])):
            asked = max(units, self._asked[rule])
            if units >= data.noise_units and units >= data.noise_part * asked:
                yield _note(self._broken[rule], units, asked, sources)


def _note(broken: Broken, units: int, asked: int, sources: Sequence[str | Path]) -> Diagnostic:
    is_one = len(sources) == 1 and Path(sources[0]).is_dir()
    args = {
        "count": units,
        "asked": asked,
        "title": broken.title,
        "rule": broken.rule,
        "folder": shlex.quote(str(sources[0])) if is_one else "@any-folder",
    }
    code = "review/shared-soft" if broken.soft else "review/shared-hard"
    return explain_problem(Problem(code=code, location=Location(), severity=Severity.INFO, args=args))

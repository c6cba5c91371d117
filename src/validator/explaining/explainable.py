"""Which findings of a report or of a folder may be explained."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.explaining import in_report
from validator.checking.explanation import Judged, known_rules
from validator.checking.many import check_all
from validator.checking.reasons import Reason, refusal
from validator.diagnostics.fingerprint import fingerprint
from validator.diagnostics.waiver import is_open_to_explanation
from validator.model.record import evolve, record
from validator.model.verdict import Severity, Verdict
from validator.packs.forms import packs_for
from validator.reviewing.review import all_judged_in_company

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from validator.diagnostics.waiver import Rules
    from validator.model.diagnostic import Diagnostic, FileResult
    from validator.model.explanation import Explanation
    from validator.model.location import Location
    from validator.model.unit_list import UnitList
    from validator.submissions.choice import Choice


@record
class Where:
    """What is explained: a report or a folder of them, and how it is judged.

    ``beside`` are the folders of a review, where it is judged in their company, ``units`` the list of that.
    """

    source: Path
    choice: Choice
    beside: tuple[str | Path, ...] = ()
    units: UnitList | None = None
    progress: Callable[[int, int], None] | None = None


@record
class Explainable:
    """A report and its name as seen from what was asked for, with the names of the rules run on it."""

    path: Path
    name: str
    result: FileResult
    rules: Rules
    in_report: tuple[Explanation, ...] = ()

    @property
    def soft(self) -> tuple[Diagnostic, ...]:
        """The findings that may be explained, explained or not; of those alike in everything the first."""
        found = filter(is_open_to_explanation, reversed(self.result.diagnostics))
        return tuple(reversed({fingerprint(each): each for each in found}.values()))

    @property
    def errors(self) -> int:
        """How many findings must be corrected, whatever anybody says of them."""
        return sum(
            each.verdict is Verdict.FAIL and each.severity is Severity.ERROR
            for each in self.result.diagnostics
        )

    def reason(
        self, found: Diagnostic, text: str, author: str, given_on: date | None, place: Location | None = None
    ) -> Reason:
        """Return a reason for one of the findings; one that was read somewhere renews what has lapsed."""
        among = [
            each for each in self.result.diagnostics if each.id == found.id and each.verdict is Verdict.FAIL
        ]
        given = Reason(
            report=self.path,
            found=found,
            among=tuple(among),
            rules=self.rules,
            text=text,
            author=author,
            given_on=given_on,
            in_report=self.in_report,
        )
        return given if place is None else evolve(given, place=place, renews=True)


@record
class Looked:
    """The reports that were judged, those in zips, beside which nothing can be filed, and the unread."""

    reports: tuple[Explainable, ...]
    packed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def looked_at(where: Where) -> Looked:
    """Judge the reports. Raises `ValidatorError` if none can be."""
    choice = evolve(where.choice, undecided=False)
    if where.beside:
        results = all_judged_in_company(where.source, where.beside, choice, where.units)
    else:
        results = check_all([where.source], choice, where.progress).files
    judged = [each for each in results if each.judged]
    if not judged:
        detail = next((found.title for each in results for found in each.diagnostics), "")
        raise refusal("waiver/not-judged", path=str(where.source), detail=detail)
    there = [each for each in judged if os.path.isfile(each.path)]  # noqa: PTH113 - never raises
    if not there:
        raise refusal("waiver/packed", path=str(where.source))
    rules: dict[str, Rules] = {}
    for each in there:
        if each.form not in rules:
            rules[each.form] = known_rules(Judged(packs=packs_for(each.form, choice.packs)), choice)
    names = _names([each.path for each in there], where.source)
    return Looked(
        reports=tuple(
            Explainable(
                path=Path(each.path),
                name=name,
                result=each,
                rules=rules[each.form],
                in_report=in_report(Path(each.path), choice),
            )
            for each, name in zip(there, names, strict=True)
        ),
        packed=tuple(each.path for each in judged if each not in there),
        unread=tuple(each.path for each in results if not each.judged),
    )


def _names(paths: Sequence[str], source: Path) -> list[str]:
    """Return the names of reports as seen from the folder they lie in."""
    folder = source if source.is_dir() else source.parent
    return [Path(os.path.relpath(each, folder)).as_posix() for each in paths]

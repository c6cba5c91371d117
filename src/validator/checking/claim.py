"""What a document's prose says that no rule has said already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.record import evolve
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.claims import ClaimsResult
    from validator.claims.claim import Claim
    from validator.model.diagnostic import Diagnostic
    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.model.report import Report


def claim_findings(
    found: ClaimsResult, told: tuple[Diagnostic, ...], report: Report | None
) -> tuple[Diagnostic, ...]:
    """Return the failing claims of a document, without those about whose figures a finding is already told.

    Figures are the same if they stand at the same place, or if *report* has both as statements of one
    field and one value: any other with the same digits is another.
    """
    from validator.claims import claim_problems

    known = [_places(each, report) for each in told if each.verdict is Verdict.FAIL]
    fresh = tuple(claim for claim in found.claims if not _is_told(claim, known))
    return tuple(explain_problem(problem) for problem in _told_once(claim_problems(fresh)))


def _told_once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return the problems, those that say the same of the same figures as one with all of their places."""
    found: dict[object, Problem] = {}
    for number, problem in enumerate(problems):
        said = tuple((label.role, label.label, label.raw) for label in problem.labels)
        key = (problem.code, said) if said else number
        first = found.get(key)
        labels = (*first.labels, *problem.labels) if first is not None else problem.labels
        found[key] = evolve(first or problem, labels=labels)
    return found.values()


def _is_told(claim: Claim, known: Iterable[Sequence[Location]]) -> bool:
    """Whether one finding is about all figures of the claim."""
    return bool(claim.figures) and any(
        all(any(figure.overlaps(place) for place in places) for figure in claim.figures) for places in known
    )


def _places(diagnostic: Diagnostic, report: Report | None) -> tuple[Location, ...]:
    """Return where the figures stand that a finding is about, each statement of them."""
    places = [label.location for label in diagnostic.fields if label.raw] or [diagnostic.location]
    for label in diagnostic.fields:
        cells = report.cells.get(label.path, ()) if report is not None else ()
        told = {each.value for each in cells if each.location.overlaps(label.location)}
        places += [each.location for each in cells if each.value in told]
    return tuple(places)

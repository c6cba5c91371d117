"""The slip that goes back to a unit: what to correct or explain, with room for the answer (.docx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.render.package import require

if TYPE_CHECKING:
    from validator.model.review import Review, UnitDetail, UnitReview


def slip_docx(unit: UnitReview, detail: UnitDetail | None, review: Review) -> bytes:
    """Return the slip for one unit as a Word document in the language of the review.

    What it holds depends on where the unit stands: findings to correct or explain, a reminder
    that its report has not come, or why its file could not be read. The same review gives the
    same bytes. Raises ValidatorError if the extra ``documents`` is not installed.
    """
    require("docx")
    from validator.render import slip_findings, slip_frame, word_page

    kind = kind_of_slip(unit, detail)
    words = slip_frame.Words(unit=unit, review=review)
    document = word_page.blank_page(
        review.lang, words.say(f"title-{kind}"), review.period.end or review.period.start
    )
    slip_frame.letterhead(document, words, kind)
    match kind:
        case "missing":
            slip_frame.reminder(document, words)
        case "unreadable":
            slip_findings.unreadable(document, words, detail)
        case _:
            slip_findings.findings(document, words, detail)
    slip_frame.signatures(document, words, answered=kind == "findings")
    return word_page.saved(document)


def kind_of_slip(unit: UnitReview, detail: UnitDetail | None) -> str:
    """Which slip a unit gets: ``missing``, ``unreadable``, ``findings`` or ``clean``."""
    from validator.render.request import sort_out

    if unit.standing is Standing.MISSING:
        return "missing"
    if unit.standing is Standing.UNREADABLE or (detail is not None and not detail.result.judged):
        return "unreadable"
    sorted_out = sort_out(detail.result.diagnostics if detail else ())
    return "findings" if sorted_out.open or sorted_out.explanations else "clean"


def matters_of(detail: UnitDetail | None) -> int:
    """How much a slip asks for: matters to be corrected or explained, explanations to be looked at again."""
    from validator.render.request import sort_out

    sorted_out = sort_out(detail.result.diagnostics if detail else ())
    return len(sorted_out.open) + len(sorted_out.explanations)

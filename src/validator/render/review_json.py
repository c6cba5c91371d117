"""A review as JSON, a part at a time: the matrix, the findings of each unit, what was not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.record import record_fields
from validator.render.comparison import dropped_data
from validator.render.json import diagnostic_data, figures_data, json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.report import Period, Unit
    from validator.model.review import Review, Submission, UnitReview


def review_json(review: Review, exit_code: int | None = None) -> Iterator[str]:
    """Yield the text of one JSON object; the findings of a unit are looked up when it is their turn.

    *exit_code* is that of the command, None for a review of a program.
    """
    head = json_text(_head(review, exit_code)).rstrip().removesuffix("}").rstrip()
    yield f'{head},\n  "units": ['
    for number, row in enumerate(review.units):
        yield ",\n" if number else "\n"
        yield _indented(json_text(_row(row, review)))
    yield "\n  ]\n}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())


def _head(review: Review, exit_code: int | None) -> dict[str, Any]:
    lang = review.lang
    return {
        "version": review.version,
        "period": _period(review.period) | {"text": review.period_text},
        "forms": dict(review.form_titles),
        "topics": [{"id": topic.id, "title": topic.title} for topic in review.topics],
        "summary": {
            "files": review.files,
            "rules_loaded": review.rules_loaded,
            "applicable": review.applicable,
            "decided": review.decided,
            "undecided": review.undecided,
            "given_up": review.given_up,
            "never_applied": list(review.never_applied),
            **({} if exit_code is None else {"exit_code": exit_code}),
        },
        "missing": [row.unit.id or row.unit.name for row in review.missing],
        "unread": [
            {"path": each.path, "diagnostics": [diagnostic_data(one, lang) for one in each.diagnostics]}
            for each in review.unread
        ],
        "aside": [_submission(each) | {"why": note.title} for each, note in review.aside],
        "passed_over": list(review.passed_over),
        "notes": [diagnostic_data(each, lang) for each in review.notes],
    }


def _row(row: UnitReview, review: Review) -> dict[str, Any]:
    detail = review.details.get(row.key)
    found = detail.result.diagnostics if detail else ()
    compared = detail.comparison if detail else None
    return {
        "unit": _unit(row.unit),
        "form": row.form or None,
        "standing": row.standing.value,
        "current": _submission(row.current) if row.current else None,
        "older": [_submission(each) for each in row.older],
        "topics": {
            topic: {name: getattr(tally, name) for name in record_fields(tally)}
            for topic, tally in row.tallies.items()
        },
        "figures": figures_data(row.compared),
        "notes": [diagnostic_data(each, review.lang) for each in row.notes],
        "diagnostics": [diagnostic_data(each, review.lang) for each in found],
        "since_previous": None
        if compared is None
        else {
            "corrected": [each.id for each in compared.corrected],
            "remaining": [new.id for _, new in compared.remaining],
            "fresh": [each.id for each in compared.fresh],
            "dropped": [dropped_data(each, review.lang) for each in compared.dropped],
            "changed": [each.path for each in compared.changed],
        },
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in record_fields(unit)}


def _period(period: Period) -> dict[str, Any]:
    days = {"from": period.start, "to": period.end}
    return {"kind": period.kind} | {name: day.isoformat() if day else None for name, day in days.items()}


def _submission(sent: Submission) -> dict[str, Any]:
    return {
        "path": sent.path,
        "form": sent.form or None,
        "period": _period(sent.period),
        "submitted": sent.submitted.isoformat() if sent.submitted else None,
        **({"same_as": sent.same_as} if sent.same_as else {}),
    }

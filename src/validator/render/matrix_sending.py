"""The last sheet of the workbook: who has not sent, versions, files that count for nothing, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.render.finding import is_finding
from validator.render.request import request
from validator.render.workbook import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from validator.model.diagnostic import Diagnostic
    from validator.model.review import Review, Submission, UnitReview
    from validator.render.workbook import Book

    Row = tuple[str, str, str, date | None, str, str]

_COLUMNS = (("kind", 22), ("unit", 26), ("file", 36), ("day", 12), ("content", 64), ("what-to-do", 50))
_LOOKS = {"missing": "missing", "unreadable": "unreadable", "unread": "unreadable"}


def sending_sheet(book: Book, review: Review) -> None:
    """Add the sheet to *book*."""
    columns = [(book.say(f"column-{name}"), width) for name, width in _COLUMNS]
    sheet = book.sheet(book.say("sending-sheet"), columns)
    sheet.freeze(1)
    for kind, *texts in (*_units(book, review), *_files(book, review)):
        sheet.write((Entry(book.say(f"kind-{kind}"), _LOOKS.get(kind, "text")), *map(Entry, texts)))
    sheet.close()


def _units(book: Book, review: Review) -> Iterator[Row]:
    for unit in review.units:
        name = unit.unit.name or unit.unit.id or ""
        if unit.standing is Standing.MISSING:
            yield "missing", name, "", None, book.say("content-missing"), ""
        if unit.standing is Standing.UNREADABLE:
            yield from _reasons(unit, name, review)
        current = unit.current.path if unit.current else ""
        for older in unit.older:
            key = "content-repeated" if older.same_as else "content-older"
            told = book.say(key, file=older.same_as or current)
            yield "older", name, older.path, older.submitted, told, ""
        for note in filter(is_finding, unit.notes):
            yield "note", name, current, None, *_told(note, review)


def _reasons(unit: UnitReview, name: str, review: Review) -> Iterator[Row]:
    path, sent = (unit.current.path, unit.current.submitted) if unit.current else ("", None)
    detail = review.details.get(unit.key)
    for found in filter(is_finding, detail.result.diagnostics if detail else ()):
        yield "unreadable", name, path, sent, *_told(found, review)


def _files(book: Book, review: Review) -> Iterator[Row]:
    for result in review.unread:
        for found in filter(is_finding, result.diagnostics):
            yield "unread", result.unit, result.path, None, *_told(found, review)
    for sent, note in review.aside:
        yield "aside", _name(sent), sent.path, sent.submitted, *_told(note, review)
    for note in review.notes:
        yield "note", "", note.location.file, None, *_told(note, review)
    for path in review.passed_over:
        yield "passed-over", "", path, None, book.say("content-passed-over"), ""
    if review.never_applied:
        yield "note", "", "", None, book.say("content-never-applied", count=len(review.never_applied)), ""


def _name(sent: Submission) -> str:
    return sent.unit.name or sent.unit.id or ""


def _told(found: Diagnostic, review: Review) -> tuple[str, str]:
    told = request(found, review.lang)
    return told.sentence, told.help

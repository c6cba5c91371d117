"""A sheet of the workbook with every finding of one topic, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Verdict
from validator.render.request import kind_of, request
from validator.render.workbook import Entry, place_link
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.model.diagnostic import Diagnostic
    from validator.model.review import Topic, UnitReview
    from validator.render.workbook import Book, Sheet

_COLUMNS = (
    ("unit", 18),
    ("state", 13),
    ("matter", 30),
    ("place", 24),
    ("explanation", 26),
    ("difference", 12),
    ("figures", 32),
    ("ask", 26),
    ("explained", 26),
    ("basis", 28),
    ("rule", 30),
    ("file", 28),
)
_FOLDED = 10  # the id of the rule is for whoever unfolds it
_PRINTED = 9  # what follows helps to find things on the screen


class TopicSheet:
    """The findings of a topic; where one sheet is full another goes on."""

    def __init__(self, book: Book, topic: Topic) -> None:
        """Add the first sheet to *book*."""
        self._book, self._title = book, topic.title or topic.id
        self._sheet = self._new()

    def add(self, unit: UnitReview, found: Diagnostic, copy: str = "") -> str:
        """Write a finding of *unit* and return where it stands, as a link within the workbook.

        *copy* is the path of the commented copy, to which the place of the finding leads.
        """
        if self._sheet.is_full:
            self._sheet.close()
            self._sheet = self._new()
        sheet, row = self._sheet, self._sheet.row
        sheet.write(self._entries(unit, found, copy))
        name = sheet.name.replace("'", "''")
        return f"internal:'{name}'!A{row + 1}"

    def close(self) -> None:
        """Finish the sheet."""
        self._sheet.close()

    def _new(self) -> Sheet:
        columns = [(self._book.say(f"column-{name}"), width) for name, width in _COLUMNS]
        sheet = self._book.sheet(self._title, columns, printed=_PRINTED)
        sheet.freeze(1)
        sheet.fold((_FOLDED,))
        return sheet

    def _entries(self, unit: UnitReview, found: Diagnostic, copy: str) -> tuple[Entry, ...]:
        told = request(found, self._book.lang)
        state = _state(found)
        place = told.place + (f"\n“{told.excerpt}”" if told.excerpt else "")
        words = (
            told.explanation,
            told.difference,
            "\n".join(told.figures),
            " ".join(filter(None, (told.ask, told.help))),
            told.waiver,
            told.basis,
            told.rule,
            found.location.file or (unit.current.path if unit.current else ""),
        )
        return (
            Entry(unit.unit.name or unit.unit.id or ""),
            Entry(self._state(found, state), state if state != "waiting" else "none"),
            Entry(told.title or told.rule),
            Entry(place, "text", place_link(copy, found.location) if copy else ""),
            *map(Entry, words),
        )

    def _state(self, found: Diagnostic, state: str) -> str:
        severity = message(f"render/{found.severity.value}", self._book.lang)
        if state == "explained":
            return self._book.say("state-explained", severity=severity)
        return self._book.say("state-waiting") if state == "waiting" else severity


def _state(found: Diagnostic) -> str:
    if found.verdict is Verdict.UNDECIDED:
        return "waiting"
    return "explained" if kind_of(found) == "explained" else found.severity.value

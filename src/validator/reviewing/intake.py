"""A file of a review → its entry, with the report and all that judging it needs put on the shelf."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.file import is_something_else, judge_file
from validator.checking.joins import JoinResult, Joins
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve, record
from validator.model.report import Report
from validator.packs.forms import form_of
from validator.readers.regular import file_state, open_regular
from validator.reviewing.shelf import Shelf
from validator.submissions.archive import values_digest
from validator.submissions.entry import Entry, Reading, entry_of
from validator.submissions.reading import read_sent
from validator.submissions.recognition import UnitFinder, recognised

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.diagnostic import FileResult
    from validator.model.document import Document
    from validator.model.unit_list import UnitList
    from validator.submissions.choice import Choice
    from validator.submissions.gathering import Sent

_TRIES = 2


@record
class Desk:
    """What every file of a review is read with; it can be handed to another process."""

    choice: Choice
    shelf: str
    units: UnitList | None = None


class Intake:
    """Takes files in, one after the other."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.shelf = Shelf(Path(desk.shelf))
        self.finder = None if desk.units is None else UnitFinder(desk.units)

    def take(self, sent: Sent, number: int) -> Entry:
        """Read a file that was sent in and put what it holds on the shelf."""
        reading = _steady(sent, lambda: _with_digest(read_sent(sent, self.desk.choice)))
        if reading.report is None:
            told = judge_file(reading, self.desk.choice, JoinResult(joins=Joins())).result
            return self.unread(told, reading.document)
        return self._entry(reading, f"{number:06}")

    def unread(self, result: FileResult, document: Document | None = None) -> Entry:
        """Return the entry of a file that holds no report, as far as name or head tell whose it is."""
        found = Entry(path=result.path, unread=result, is_other=is_something_else(result))
        unit = None if self.finder is None else self.finder.of_unread(result.path, document)
        return found if unit is None else evolve(found, unit=unit.unit, is_declared=True)

    def _entry(self, reading: Reading, key: str) -> Entry:
        found = reading if self.finder is None else recognised(reading, self.finder)
        report = found.report or Report()
        # The report comes first: others are judged together with it, and need nothing else.
        self.shelf.put(f"report-{key}", report, evolve(found, report=None))
        return entry_of(found, key=key, digest=values_digest(report, form_of(report, self.desk.choice.packs)))


def _with_digest(reading: Reading) -> Reading:
    """Return *reading* with what tells later whether the document is still the same."""
    if reading.document is None or reading.source is None:
        return reading
    try:
        with open_regular(reading.source) as file:
            return evolve(reading, digest=hashlib.file_digest(file, "sha256").hexdigest())
    except (OSError, ValueError):
        return reading


def _steady(sent: Sent, read: Callable[[], Reading]) -> Reading:
    """Return what a file holds, read again if it changed meanwhile; one that keeps changing is not read."""
    for _ in range(_TRIES):
        before = file_state(sent.source)
        found = read()
        if file_state(sent.source) == before:
            return found
    place = Location(file=sent.name)
    problem = Problem(code="review/changed-while-read", location=place, args={"path": sent.name})
    return Reading(path=sent.name, source=sent.source, problems=(problem,))

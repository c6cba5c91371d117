"""What is not looked at: rows of a table beyond so many, tables too wide, passages as long as a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Table
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.text.grid import MOST_COLUMNS, MOST_ROWS
from validator.text.item import MOST_TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims.prose import Prose
    from validator.model.location import Location


def find_limits(prose: Prose, file: str) -> Iterator[Problem]:
    """Yield what is to be said of tables and passages that are not looked at to their end."""
    for passage in prose.passages:
        table = passage.source
        if not isinstance(table, Table):
            continue
        if table.columns > MOST_COLUMNS:
            yield _told("table-too-wide", table.location, file, MOST_COLUMNS)
        elif table.cells and table.cells[-1].row >= MOST_ROWS:
            yield _told("rows-not-looked-at", table.location, file, MOST_ROWS)
    for reading in prose.readings.values():
        if len(reading.tokens) > MOST_TOKENS:
            yield _told("passage-too-long", reading.passage.place(0, 1), file, MOST_TOKENS)


def _told(code: str, place: Location, file: str, most: int) -> Problem:
    located = evolve(place, file=place.file or file)
    return Problem(code=f"claims/{code}", location=located, severity=Severity.WARNING, args={"most": most})

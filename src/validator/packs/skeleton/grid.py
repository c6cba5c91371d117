"""A table of a document as a grid: the text and the formula at each row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.model.document import Table
    from validator.model.problem import Problem

Place = tuple[int, int]
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TERM = re.compile(r"\s{0,9}([+-]?)\s{0,9}(?:SUM\(([^()]*)\)|([$A-Z0-9:]+))", re.IGNORECASE)
_MOST_PARTS = 200
_UNPRINTED = "document/no-cached-value"


@record
class Grid:
    """Texts (of merged cells wherever they reach), formulas, and where the table begins in its sheet."""

    title: str
    rows: int
    columns: int
    texts: Mapping[Place, str]
    formulas: Mapping[Place, str]
    first: Place

    def text(self, row: int, column: int) -> str:
        """Return the text at a place, empty if there is none."""
        return self.texts.get((row, column), "")

    def row(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row."""
        return tuple(self.text(row, column) for column in range(self.columns))

    def parts(self, formula: str) -> tuple[tuple[int, Place], ...] | None:
        """Return the signed places that a formula adds up, None if it does something else."""
        found: list[tuple[int, Place]] = []
        body = formula.removeprefix("=").replace(" ", "")
        end = 0
        for match in _TERM.finditer(body):
            if match.start() != end or (found and not match[1]):
                return None
            end = match.end()
            places = [
                place for text in re.split("[,;]", match[2] or match[3]) for place in self._places(text)
            ]
            found.extend((-1 if match[1] == "-" else 1, place) for place in places)
        inside = all(min(place) >= 0 for _, place in found)
        is_sum = end == len(body) and 0 < len(found) <= _MOST_PARTS and inside
        return tuple(found) if is_sum else None

    def _places(self, text: str) -> list[Place]:
        """Return the places that ``C3`` or ``C3:C5`` means, from the first cell of the table on."""
        corners = [place for part in text.split(":") if (place := _place(part)) is not None]
        if len(corners) != text.count(":") + 1 or len(corners) > 2:
            return [(-1, -1)]
        (top, left), (bottom, right) = corners[0], corners[-1]
        if (bottom - top + 1) * (right - left + 1) > _MOST_PARTS:
            return [(-1, -1)]
        return [
            (row - self.first[0], column - self.first[1])
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]


def read_grid(table: Table, problems: Iterable[Problem] = ()) -> Grid:
    """Return *table* as a grid; formulas without a kept value are known from the reader's *problems*."""
    texts: dict[Place, str] = {}
    formulas: dict[Place, str] = {}
    first: Place | None = None
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                texts[row, column] = " ".join(cell.text.split())
        if cell.formula:
            formulas[cell.row, cell.column] = cell.formula
        here = _place(cell.location.cell or "")
        if here is not None and first is None:
            first = (here[0] - cell.row, here[1] - cell.column)
    for problem in problems:
        here = _place(problem.location.cell or "") if problem.code == _UNPRINTED else None
        if here is not None and first is not None and problem.location.sheet == table.location.sheet:
            formulas[here[0] - first[0], here[1] - first[1]] = str(problem.args.get("formula", ""))
    rows = max((row for row, _ in (*texts, *formulas)), default=-1) + 1
    columns = max((column for _, column in (*texts, *formulas)), default=-1) + 1
    kept = {place: formula for place, formula in formulas.items() if min(place) >= 0}
    return Grid(
        title=table.title or "", rows=rows, columns=columns, texts=texts, formulas=kept, first=first or (0, 0)
    )


def _place(text: str) -> Place | None:
    """Return row and column of a cell's name, counted from 0."""
    match = _REFERENCE.fullmatch(text.upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1

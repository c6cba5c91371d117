"""A blank form → what it shows of a pack: its tables, fields and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Table
from validator.packs.skeleton.column_form import column_form, number_row
from validator.packs.skeleton.draft import unique
from validator.packs.skeleton.grid import read_grid
from validator.packs.skeleton.row_form import row_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.document import Document
    from validator.model.problem import Problem
    from validator.packs.skeleton.draft import DraftTable

_LEAST_COLUMNS = 2


def draft_of(document: Document, problems: Iterable[Problem] = ()) -> tuple[DraftTable, ...]:
    """Return the tables of a form that ask for values; the *problems* of reading it name formulas too."""
    noted = tuple(problems)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    fields: set[str] = set()
    found: list[DraftTable] = []
    for table in tables:
        grid = read_grid(table, noted)
        if grid.columns < _LEAST_COLUMNS or grid.rows < _LEAST_COLUMNS:
            continue
        numbers = number_row(grid)
        if numbers is not None and numbers.makes_columns:
            found.append(column_form(grid, numbers, unique("rows", fields)))
            continue
        first = numbers.row + 1 if numbers is not None else max(table.header_rows, default=0) + 1
        rows = row_form(grid, first, fields)
        if rows is not None:
            found.append(rows)
    return tuple(found)

"""The filled cells of a sheet → paragraphs and tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.readers.paragraph import RawCell, RawItem, RawParagraph, RawTable
from validator.readers.table_shape import header_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True, kw_only=True)
class Grid:
    """The cells of one sheet by row, counted from 0; only cells that hold something."""

    name: str
    cells: list[RawCell] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def items_of(grid: Grid) -> list[RawItem]:
    """Return what stands on a sheet in reading order."""
    for cell in grid.cells:
        cell.row_span, cell.column_span = grid.merged.get((cell.row, cell.column), (1, 1))
    items: list[RawItem] = []
    for rows in _parts(grid):
        _add_part(items, grid, rows)
    return items


Rows = list[tuple[int, list[RawCell]]]


def _parts(grid: Grid) -> Iterator[Rows]:
    """Yield runs of rows with no empty row between them."""
    rows: dict[int, list[RawCell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    part: Rows = []
    reached = -1
    for row in sorted(rows):
        if part and row > reached + 1:
            yield part
            part = []
        part.append((row, rows[row]))
        reached = max(reached, row + max(cell.row_span for cell in rows[row]) - 1)
    if part:
        yield part


def _add_part(items: list[RawItem], grid: Grid, rows: Rows) -> None:
    """Add a run of rows: the lines above its table, the table, the lines below it."""
    start, end = _table_bounds(rows)
    lines, table_rows, rest = rows[:start], rows[start:end], rows[end:]
    items.extend(_lines(grid, lines))
    if table_rows:
        table = _table(grid, table_rows)
        before = items[-1] if items and not lines else None
        if isinstance(before, RawTable) and _is_continuation(before, table):
            _extend(before, table)
        else:
            items.append(table)
    items.extend(_lines(grid, rest))


def _table_bounds(rows: Rows) -> tuple[int, int]:
    """Return where in *rows* the table starts and ends."""
    wide = [place for place, (_, cells) in enumerate(rows) if _is_row(cells)]
    if not wide:
        return len(rows), len(rows)
    start = wide[0]
    # A line of its own between a letterhead and a header is the title: the table is below it.
    for place, (_, cells) in enumerate(rows[: wide[-1]]):
        if place > start and len(cells) == 1 and cells[0].column_span > 1 and place <= start + 8:
            held = [cell for _, found in rows[start:place] for cell in found]
            if not any(_is_number(cell.text) for cell in held):
                start = next(found for found in wide if found > place)
    end = len(rows)
    while end > wide[-1] + 1 and rows[end - 1][1][0].column_span > 1:
        end -= 1
    if len(wide) == 1 and len(rows[wide[0]][1]) == 2 and len(rows) == 1:
        return len(rows), len(rows)
    return start, end


def _is_row(cells: list[RawCell]) -> bool:
    """Whether the cells of a row are a row of a table."""
    return len(cells) > 1


def _is_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and not any(sign.isalpha() for sign in text)


def _lines(grid: Grid, rows: Rows) -> Iterator[RawParagraph]:
    """Yield the cells of *rows* as paragraphs."""
    for _, cells in rows:
        for cell in cells:
            yield RawParagraph(text=cell.text, sheet=grid.name, cell=cell.cell)


def _table(grid: Grid, rows: Rows) -> RawTable:
    """Return the table of *rows*, its rows and columns counted from its own corner."""
    first = rows[0][0]
    left = min(cell.column for _, cells in rows for cell in cells)
    cells = [cell for _, found in rows for cell in found]
    for cell in cells:
        cell.row -= first
        cell.column -= left
    return RawTable(cells=cells, sheet=grid.name, first_row=first + 1)


def _is_continuation(before: RawTable, table: RawTable) -> bool:
    """Whether *table* goes on from *before* past an empty row: it has no header of its own."""
    return not header_rows(table) and _left(table) == _left(before) and bool(header_rows(before))


def _left(table: RawTable) -> str:
    """Return the letters of the leftmost column of a table."""
    cells = sorted(table.cells, key=lambda cell: cell.column)
    return "".join(filter(str.isalpha, cells[0].cell or ""))


def _extend(before: RawTable, table: RawTable) -> None:
    shift = table.first_row - before.first_row
    for cell in table.cells:
        cell.row += shift
    before.cells.extend(table.cells)

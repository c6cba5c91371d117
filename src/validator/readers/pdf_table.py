"""Ruling lines and words of a PDF page → tables, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.readers.paragraph import RawCell, RawTable
from validator.readers.pdf_page import Length, Page, Ruling, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = 3.0
_LEAST_CELL = 5.0
_MOST_LINES = 300
_MOST_CELLS = 6_000


@dataclass(slots=True)
class FoundTable:
    """A table on a page: its edges (left to right, top to bottom) and what stands in it."""

    columns: list[Length]
    rows: list[Length]
    page: int
    upright: list[Ruling]
    level: list[Ruling]
    words: list[Word] = field(default_factory=list)

    def holds(self, word: Word) -> bool:
        """Whether *word* stands inside the table."""
        middle = (word.left + word.right) / 2
        height = word.base + word.size * 3 / 10
        return bool(
            self.columns[0] - _NEAR <= middle <= self.columns[-1] + _NEAR
            and self.rows[-1] - _NEAR <= height <= self.rows[0] + _NEAR
        )

    @property
    def top(self) -> Length:
        """Where the table begins."""
        return self.rows[0]


def tables_of(page: Page) -> list[FoundTable]:
    """Return the tables of *page* from top to bottom; they take their words off the page."""
    found = [table for table in map(_grid_of, _groups(page.rulings)) if table]
    tables = sorted(found, key=lambda table: -table.top)
    for table in tables:
        table.page = page.number
    rest: list[Word] = []
    for word in page.words:
        home = next((table for table in tables if table.holds(word)), None)
        (rest if home is None else home.words).append(word)
    page.words = rest
    return [table for table in tables if table.words]


def raw_table(table: FoundTable) -> RawTable:
    """Return the cells of *table* with their texts."""
    cells, owner = _cells(table)
    words: dict[int, list[Word]] = {id(cell): [] for cell in cells}
    for word in table.words:
        row = _index(table.rows, word.base + word.size * 3 / 10, falling=True)
        column = _index(table.columns, (word.left + word.right) / 2, falling=False)
        words[id(owner[row, column])].append(word)
    for cell in cells:
        cell.text = _text(words[id(cell)])
        cell.seen = tuple(word.seen for word in words[id(cell)] if word.seen is not None)
    return RawTable(cells=cells, page=table.page)


def boxes_of(rulings: list[Ruling]) -> list[tuple[Length, Length, Length, Length]]:
    """Return the left, bottom, right and top edges of the cells that lines rule."""
    return [
        (
            table.columns[cell.column],
            table.rows[cell.row + cell.row_span],
            table.columns[cell.column + cell.column_span],
            table.rows[cell.row],
        )
        for table in filter(None, map(_grid_of, _groups(rulings)))
        for cell in _cells(table)[0]
    ]


def _cells(table: FoundTable) -> tuple[list[RawCell], dict[tuple[int, int], RawCell]]:
    """Return the cells of *table*, still empty, and which of them lies at each row and column."""
    cells: list[RawCell] = []
    owner: dict[tuple[int, int], RawCell] = {}
    for row, column in _places(table):
        if (row, column) in owner:
            continue
        width, height = _extent(table, row, column, owner)
        cell = RawCell(text="", row=row, column=column, row_span=height, column_span=width, page=table.page)
        cells.append(cell)
        for down in range(height):
            for along in range(width):
                owner[row + down, column + along] = cell
    return cells, owner


def _groups(rulings: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the upright and the level lines that touch each other, group by group."""
    upright = _joined([line for line in rulings if line.upright])
    level = _joined([line for line in rulings if not line.upright])
    if len(upright) > _MOST_LINES or len(level) > _MOST_LINES:
        return
    left_upright, left_level = list(upright), list(level)
    while left_upright:
        group_upright, group_level = [left_upright.pop()], []
        grown = True
        while grown:
            met = [line for line in left_level if any(_cross(line, up) for up in group_upright)]
            left_level = [line for line in left_level if line not in met]
            group_level += met
            more = [up for up in left_upright if any(_cross(line, up) for line in met)]
            left_upright = [up for up in left_upright if up not in more]
            group_upright += more
            grown = bool(more)
        yield group_upright, group_level


def _cross(level: Ruling, upright: Ruling) -> bool:
    return bool(
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _joined(rulings: list[Ruling]) -> list[Ruling]:
    """Join the pieces of lines that lie on one another or follow one another."""
    joined: list[Ruling] = []
    for pieces in _level_with(sorted(rulings, key=lambda line: line.at)):
        run: list[Ruling] = []
        for line in sorted(pieces, key=lambda line: line.start):
            if run and line.start <= run[-1].end + _NEAR:
                held = run[-1]
                run[-1] = Ruling(held.upright, held.at, held.start, max(held.end, line.end))
            else:
                run.append(line)
        joined += run
    return joined


def _level_with(rulings: list[Ruling]) -> Iterator[list[Ruling]]:
    """Yield the lines that lie at nearly the same place, group by group."""
    group: list[Ruling] = []
    for line in rulings:
        if group and line.at - group[0].at > _NEAR:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _grid_of(group: tuple[list[Ruling], list[Ruling]]) -> FoundTable | None:
    """Return the table that a group of lines rules, or None where it is none."""
    upright, level = group
    columns = _edges([line.at for line in upright])
    rows = _edges([line.at for line in level])[::-1]
    if len(columns) < 2 or len(rows) < 2 or (len(columns) == 2 and len(rows) == 2):
        return None
    if len(columns) * len(rows) > _MOST_CELLS:
        return None
    return FoundTable(columns, rows, 0, upright, level)


def _edges(places: list[Length]) -> list[Length]:
    """Return the different places, those that nearly agree taken as one."""
    edges: list[Length] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _LEAST_CELL:
            edges.append(place)
    return edges


def _places(table: FoundTable) -> Iterator[tuple[int, int]]:
    for row in range(len(table.rows) - 1):
        for column in range(len(table.columns) - 1):
            yield row, column


def _extent(
    table: FoundTable, row: int, column: int, owner: dict[tuple[int, int], RawCell]
) -> tuple[int, int]:
    """Return over how many columns and rows the cell at *row*, *column* goes."""
    width = 1
    while (
        column + width < len(table.columns) - 1
        and (row, column + width) not in owner
        and not _ruled_right(table, row, column + width)
    ):
        width += 1
    height = 1
    while row + height < len(table.rows) - 1 and not any(
        _ruled_below(table, row + height, column + along) for along in range(width)
    ):
        height += 1
    return width, height


def _ruled_right(table: FoundTable, row: int, edge: int) -> bool:
    """Whether a line stands at column *edge* beside row *row*."""
    at = table.columns[edge]
    middle = (table.rows[row] + table.rows[row + 1]) / 2
    return any(
        abs(line.at - at) <= _LEAST_CELL and line.start <= middle <= line.end for line in table.upright
    )


def _ruled_below(table: FoundTable, edge: int, column: int) -> bool:
    """Whether a line lies at row *edge* under column *column*."""
    at = table.rows[edge]
    middle = (table.columns[column] + table.columns[column + 1]) / 2
    return any(abs(line.at - at) <= _LEAST_CELL and line.start <= middle <= line.end for line in table.level)


def _index(edges: list[Length], place: Length, *, falling: bool) -> int:
    """Return between which two edges *place* lies."""
    for index in range(len(edges) - 2):
        edge = edges[index + 1]
        if place >= edge if falling else place <= edge:
            return index
    return len(edges) - 2


def _text(words: list[Word]) -> str:
    """Return the words of a cell line by line; wrapped lines are one, items begin new ones."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        if lines and abs(lines[-1][0].base - word.base) <= word.size * 4 / 10:
            lines[-1].append(word)
        else:
            lines.append([word])
    texts = (" ".join(w.text for w in sorted(line, key=lambda w: w.left)) for line in lines)
    text = ""
    for line in texts:
        parted = "\n" if line.startswith(("- ", "+ ", "* ")) else " "
        text = f"{text}{parted}{line}" if text else line
    return text

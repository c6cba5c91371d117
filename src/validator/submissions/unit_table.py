"""A workbook or a CSV file → the rows of a list of units, each cell by what its column is headed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from validator.model.document import Table
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve, field, record
from validator.model.verdict import Severity
from validator.readers.document import read_document
from validator.readers.encoding import cannot_open
from validator.readers.formats import DOCUMENTS, FORMATS, STRUCTURED
from validator.readers.media_type import media_type_of
from validator.readers.notation import load_notation
from validator.resources import load_words, rules_folder
from validator.tables.grid import is_numbering
from validator.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from validator.model.document import Document

_MOST_ABOVE = 40
"""How many rows may stand above the header."""
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BRACKETS = re.compile(r"\([^()]*\)")
_PARTED = {"predecessors", "synonyms"}


@record
class UnitCell:
    """What stands in a cell, and where."""

    text: str
    place: Location


@record
class UnitRow:
    """One row below the header: its cells by kind, what stands under no heading, where the row is.

    ``goes_on`` says that its name was merged with that of the row above.
    """

    cells: Mapping[str, UnitCell]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beyond: UnitCell | None = None
    place: Location = field(default_factory=Location)
    goes_on: bool = False


@record
class UnitRows:
    """The rows of all sheets that have a header, and what is wrong with the file."""

    rows: tuple[UnitRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_columns: bool = False


@record
class ListWords:
    """The words of a list of units, folded."""

    columns: Mapping[str, tuple[tuple[str, ...], ...]]
    parts: re.Pattern[str]
    offices: tuple[tuple[str, ...], ...]


@cache
def load_list_words() -> ListWords:
    """Return the words of lists of units, read once."""
    data = load_words(rules_folder() / "units" / "list.yaml")
    joins = "|".join(rf"\s+{re.escape(each)}\s+" for each in data["joins"])
    return ListWords(
        columns={kind: tuple(map(words, names)) for kind, names in data["columns"].items()},
        parts=re.compile(rf"[\n{re.escape(data['signs'])}]|{joins}"),
        offices=tuple(map(words, data["offices"])),
    )


def is_unit_table(path: Path) -> bool:
    """Whether a list of units is an office document, by the content of the file and then by its name."""
    if path.suffix.lower() in STRUCTURED:
        return False
    try:
        found = FORMATS.get(media_type_of(path))
    except (OSError, ValueError):
        return False
    return path.suffix.lower() in DOCUMENTS if found is None else found.is_sheet or not found.is_text


def unit_rows(path: Path) -> UnitRows:
    """Return the rows of the list in the file at *path*."""
    try:
        found = FORMATS.get(media_type_of(path))
    except (OSError, ValueError) as fault:
        return UnitRows(problems=(cannot_open(str(path), fault),))
    if found is not None and not found.is_sheet:
        return UnitRows(problems=(problem("not-a-table", Location(file=str(path)), path=path.name),))
    read = read_document(path)
    if read.document is None or found is None:
        return UnitRows(problems=read.problems)
    seen: list[str] = []
    rows: list[UnitRow] = []
    sheets = _sheets(read.document)
    headers = {name: header for name, grid in sheets.items() if (header := _header(grid, seen)) is not None}
    for name, (columns, first) in headers.items():
        rows += _rows(sheets[name], columns, first, is_parted=found.is_text)
    problems = read.problems
    if not headers:
        shown = ", ".join(f"“{each}”" for each in seen[:8])
        place = Location(file=str(path))
        problems = (*problems, problem("no-name-column", place, path=path.name, headings=shown))
    has_columns = any(len(columns) > 1 for columns, _ in headers.values())
    return UnitRows(rows=tuple(rows), problems=problems, has_columns=has_columns)


def problem(code: str, place: Location, severity: Severity = Severity.ERROR, **args: object) -> Problem:
    """Return a problem ``units/<code>``."""
    return Problem(code=f"units/{code}", location=place, severity=severity, args=args)


@record
class _Placed:
    cell: UnitCell
    rows: int = 1
    columns: int = 1


_Grid = dict[int, dict[int, _Placed]]
_Columns = dict[int, str]


def _sheets(document: Document) -> dict[str, _Grid]:
    """Return the cells of each sheet by row and column of the file, tables and single lines alike."""
    found: dict[str, _Grid] = {}
    for block in document.blocks:
        cells: Iterable[tuple[str, Location, int, int]] = (
            [(each.text, each.location, each.row_span, each.column_span) for each in block.cells]
            if isinstance(block, Table)
            else [(f"{block.marker} {block.text}".strip(), block.location, 1, 1)]
        )
        for text, place, rows, columns in cells:
            match = _CELL.fullmatch(place.cell or "")
            if match is None or not text.strip():
                continue
            row, column = int(match[2]), _number(match[1])
            where = evolve(_plain(place, document.file), row=row)
            grid = found.setdefault(place.sheet or "", {})
            cell = UnitCell(text=text, place=where)
            grid.setdefault(row, {})[column] = _Placed(cell=cell, rows=rows, columns=columns)
    return {name: {row: grid[row] for row in sorted(grid)} for name, grid in found.items()}


def _plain(place: Location, file: str) -> Location:
    """Return where a cell is, as somebody finds it who has the file open."""
    return Location(file=file, line=place.line, sheet=place.sheet, cell=place.cell)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _header(grid: _Grid, seen: list[str]) -> tuple[_Columns, int] | None:
    """Return which column holds what and the row below the header, None where no column holds names.

    *seen* gets the headings that stand there instead.
    """
    rows = list(grid)[:_MOST_ABOVE]
    for place, row in enumerate(rows):
        kinds = _kinds(grid[row])
        if len(kinds) * 2 < len(grid[row]) or not kinds:
            continue
        last = place
        while last + 1 < len(rows) and rows[last + 1] == rows[last] + 1 and _is_heading(grid[rows[last + 1]]):
            last += 1
            kinds = [*kinds, *_kinds(grid[rows[last]])]
        columns = _chosen(kinds)
        if "name" in columns.values():
            return columns, rows[last] + 1
        seen.extend(each.cell.text for each in grid[row].values())
    if not seen and rows:
        seen.extend(each.cell.text for each in max((grid[row] for row in rows), key=len).values())
    return None


_Kind = tuple[int, str, int]


def _kinds(row: Mapping[int, _Placed]) -> list[_Kind]:
    """Return column, kind and rank of each heading of a row that is known."""
    return [
        (column, *found) for column, each in row.items() if (found := _kind_of(each.cell.text)) is not None
    ]


def _kind_of(heading: str) -> tuple[str, int] | None:
    """Return what a heading announces, and its place among the words for that."""
    for text in dict.fromkeys((heading, _BRACKETS.sub(" ", heading))):
        told = words(text)
        best: tuple[int, str, int] | None = None
        for kind, names in load_list_words().columns.items():
            for rank, name in enumerate(names):
                is_it = told == name or (len(name) > 1 and told[: len(name)] == name)
                if is_it and (best is None or len(name) > best[0]):
                    best = (len(name), kind, rank)
        if best is not None:
            return best[1:]
    return None


def _chosen(kinds: list[_Kind]) -> _Columns:
    """Return the kind of each column; of two columns of one kind the one that is headed best counts."""
    columns: _Columns = {}
    for column, kind, _ in sorted(kinds, key=lambda each: each[2]):
        if kind in _PARTED or kind not in columns.values():
            columns.setdefault(column, kind)
    return columns


def _is_heading(row: Mapping[int, _Placed]) -> bool:
    """Whether a row is another row of a header, or only numbers its columns."""
    texts = [each.cell.text.strip() for each in row.values()]
    return is_numbering(texts) or all(_kind_of(text) is not None for text in texts)


def _rows(grid: _Grid, columns: _Columns, first: int, *, is_parted: bool) -> Iterator[UnitRow]:
    """Yield the rows below the header; one that repeats it is none, merged cells hold for all their rows.

    Where cells are parted by signs (*is_parted*), one more than there are headings says that one was cut.
    """
    held: dict[int, tuple[_Placed, int]] = {}
    header = max((row for row in grid if row < first), default=first)
    last = max(*columns, *grid.get(header, ()))
    for row in range(first, max(grid, default=first) + 1):
        own = grid.get(row, {})
        if own and _is_heading(own) and len(own) > 1:
            continue
        merged = {column: each for column, (each, end) in held.items() if row <= end and column not in own}
        held |= {column: (each, row + each.rows - 1) for column, each in own.items() if each.rows > 1}
        if not own or _is_line_across(own, columns):
            continue
        beyond = next((each.cell for column, each in own.items() if column > last), None)
        yield evolve(
            _row({column: each.cell for column, each in {**merged, **own}.items()}, columns),
            beyond=beyond if is_parted else None,
            place=next(iter(own.values())).cell.place,
            goes_on=any(columns.get(column) == "name" for column in merged),
        )


def _row(cells: Mapping[int, UnitCell], columns: _Columns) -> UnitRow:
    parts = load_list_words().parts
    alone: dict[str, UnitCell] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for at, kind in columns.items():
        if at not in cells:
            continue
        if kind in _PARTED:
            named = (_clean(each) for each in parts.split(cells[at].text))
            lists[kind] = (*lists.get(kind, ()), *filter(None, named))
        elif text := _clean(cells[at].text):
            alone[kind] = evolve(cells[at], text=text)
    return UnitRow(cells=alone, lists=lists)


def _is_line_across(row: Mapping[int, _Placed], columns: _Columns) -> bool:
    """Whether a row is one line over several columns: a heading within the list."""
    each = next(iter(row.values()))
    return len(row) == 1 and each.columns > 1 and len(columns) > 1


def _clean(text: str) -> str:
    return " ".join(load_notation().clean(text).split())

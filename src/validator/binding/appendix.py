"""Tables of figures → rows: code, label, unit, value and note, each with its place and its parents."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.tables.grid import begins_with_number, rows_of
from validator.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.binding.recognition import Recognition
    from validator.model.document import Table, TableCell
    from validator.model.location import Location

_CODE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}\.?")
_MOST_HEADER_ROWS = 4
_YEAR_WORDS = 3
_PAIR, _FEWEST_PAIRS, _FEWEST_LETTERS = 2, 2, 3


@record
class FigureRow:
    """One row of an appendix. ``label_variants`` are its label's words, whole and without brackets.

    ``heading`` is what stands over its value: title of the table and headings of the column, a line
    each. ``before`` are the rows of the same parent that stand above it. ``mark`` is what its first
    column holds, a number or not.
    """

    code: str
    label: str
    label_variants: tuple[tuple[str, ...], ...]
    unit: str = ""
    value: str = ""
    note: str = ""
    heading: str = ""
    location: Location
    value_location: Location
    note_location: Location | None = None
    order: int = 0
    mark: str = ""
    parent: int | None = None
    before: tuple[int, ...] = ()

    @property
    def label_words(self) -> tuple[str, ...]:
        """The words of the whole label."""
        return self.label_variants[0]


@record
class FigureTable:
    """The rows of one table, and why its figures cannot be told (empty if they can).

    ``columns`` are the columns of figures where there are several, with what stands over each.
    """

    rows: tuple[FigureRow, ...]
    why: str = ""
    columns: tuple[tuple[int, str], ...] = ()


def figure_rows(
    table: Table, known: Recognition, year: int | None = None, above: str = "", column: int | None = None
) -> FigureTable | None:
    """Return the rows of *table* if its columns are those of an appendix, else None.

    Of several columns of figures the one that is headed by *year*, and alone is, counts. The line
    *above* the table heads its columns too. *column* is the one to read of several.
    """
    grid = rows_of(table.cells)
    roles = _roles(table, grid, known, year)
    if not (roles.get("label") and roles.get("value")):
        if labelled := _labelled_columns(table, grid, known):
            return FigureTable(rows=with_parents(labelled))
        roles = _pair_of_columns(grid)
    if not (roles.get("label") and roles.get("value")):
        return None
    header = _header_texts(table, grid, known)
    if column is not None:
        roles["value"] = [column]
    if len(roles["value"]) > 1:
        columns = tuple((each, _heading_of(each, table, grid, header)) for each in roles["value"])
        return FigureTable(rows=(), why="several-value-columns", columns=columns)
    rows: list[FigureRow] = []
    heading = _heading_of(roles["value"][0], table, grid, header)
    for number in sorted(grid):
        if number in header or _repeats_header(grid[number], header.values()):
            continue
        row = _row(grid[number], {role: columns[0] for role, columns in roles.items()}, table, known)
        if row is not None:
            rows.append(evolve(row, order=len(rows), heading=f"{heading}\n{above}"))
    return FigureTable(rows=with_parents(rows))


def _header_texts(
    table: Table, grid: Mapping[int, Mapping[int, TableCell]], known: Recognition
) -> dict[int, frozenset[str]]:
    """Return the folded cells of the rows that head the table, by row."""
    found: dict[int, frozenset[str]] = {}
    names = frozenset().union(*known.columns.values())
    for number in sorted(grid)[:_MOST_HEADER_ROWS]:
        texts = [words(cell.text) for cell in grid[number].values() if cell.text.strip()]
        hits = sum(_names_column(text, names) for text in texts)
        if number in table.header_rows or (hits >= 2 and hits * 2 >= len(texts)):
            found[number] = frozenset(
                folded(cell.text) for cell in grid[number].values() if cell.text.strip()
            )
        elif found:
            break
    return found


def _heading_of(
    column: int,
    table: Table,
    grid: Mapping[int, Mapping[int, TableCell]],
    header: Iterable[int],
) -> str:
    """Return the title of a table and the headings over one of its columns, a line each."""
    cells = [cell for number in header for cell in grid[number].values()]
    over = [cell.text for cell in cells if cell.column <= column < cell.column + cell.column_span]
    return "\n".join([table.title or "", *over])


def _names_column(text: tuple[str, ...], names: Iterable[tuple[str, ...]]) -> bool:
    return any(text[: len(name)] == name for name in names)


def _repeats_header(row: Mapping[int, TableCell], headers: Iterable[frozenset[str]]) -> bool:
    """Whether every cell of *row* is one of a header row's: it was printed again on a new page."""
    texts = {folded(cell.text) for cell in row.values() if cell.text.strip()}
    return bool(texts) and any(texts <= header for header in headers)


def _roles(
    table: Table, grid: Mapping[int, Mapping[int, TableCell]], known: Recognition, year: int | None
) -> dict[str, list[int]]:
    """Return the columns that play each part, by the deepest heading over them."""
    headings: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    rows = sorted(_header_texts(table, grid, known))
    for number in rows:
        for cell in grid[number].values():
            for column in range(cell.column, cell.column + cell.column_span):
                if cell.text.strip():
                    headings[column].append(words(cell.text))
    roles: dict[str, list[int]] = defaultdict(list)
    for column, texts in sorted(headings.items()):
        role = next((role for text in reversed(texts) if (role := _role_of(text, known))), None)
        if role:
            roles[role].append(column)
    values = roles.get("value") or [
        column for column, texts in headings.items() if any(len(text) <= _YEAR_WORDS for text in texts)
    ]
    dated = [column for column in values if any(str(year) in text for text in headings[column])]
    return _narrowed(dict(roles) | ({"value": dated} if len(dated) == 1 else {}), grid, rows)


def _pair_of_columns(grid: Mapping[int, Mapping[int, TableCell]]) -> dict[str, list[int]]:
    """Return the columns of a small table without headings: labels and, beside each, its figure."""
    filled = [
        {at: cell.text.strip() for at, cell in row.items() if cell.text.strip()} for row in grid.values()
    ]
    columns = sorted({at for row in filled for at in row})
    if len(filled) < _FEWEST_PAIRS or len(columns) != _PAIR:
        return {}
    label, value = columns
    are_pairs = all(
        len(row) == _PAIR and _is_label(row[label]) and begins_with_number(row[value]) for row in filled
    )
    return {"label": [label], "value": [value]} if are_pairs else {}


def _labelled_columns(
    table: Table, grid: Mapping[int, Mapping[int, TableCell]], known: Recognition
) -> list[FigureRow]:
    """Return the columns of a table of two rows, labels and figures below them, as rows."""
    rows = [row for _, row in sorted(grid.items()) if any(cell.text.strip() for cell in row.values())]
    if len(rows) != _PAIR or len(rows[0]) < _PAIR or rows[0].keys() != rows[1].keys():
        return []
    above, below = rows
    if not all(_is_label(above[at].text) and begins_with_number(below[at].text) for at in above):
        return []
    pairs = (
        _row({0: above[at], 1: below[at]}, {"label": 0, "value": 1}, table, known) for at in sorted(above)
    )
    return [evolve(row, order=order) for order, row in enumerate(filter(None, pairs))]


def _is_label(text: str) -> bool:
    """Whether a cell holds words rather than a number."""
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not begins_with_number(text)


def _role_of(text: tuple[str, ...], known: Recognition) -> str | None:
    """Return the role whose name begins *text*, the longest name first."""
    if any(f" {each} " in f" {' '.join(text)} " for each in known.other_columns):
        return "other"
    best, role_found = 0, None
    for role, names in known.columns.items():
        for name in names:
            if len(name) > best and text[: len(name)] == name:
                best, role_found = len(name), role
    return role_found


def _narrowed(
    roles: dict[str, list[int]], grid: Mapping[int, Mapping[int, TableCell]], header: Sequence[int]
) -> dict[str, list[int]]:
    """Drop columns of values that never hold one: a heading may span more than its figures."""
    values = roles.get("value", [])
    if len(values) > 1:
        held = [
            column
            for column in values
            if any(
                begins_with_number(grid[row][column].text)
                for row in grid
                if row not in header and column in grid[row]
            )
        ]
        roles["value"] = held or values[:1]
    return roles


def _row(
    cells: Mapping[int, TableCell], roles: Mapping[str, int], table: Table, known: Recognition
) -> FigureRow | None:
    texts = {role: cells[column].text.strip() if column in cells else "" for role, column in roles.items()}
    label, code = texts["label"], texts.get("code", "")
    if "code" not in roles:
        code, label = split_code(label)
    if not label:
        return None
    place = cells[roles["label"]].location if roles["label"] in cells else table.location
    named = {
        "row_code": code.rstrip(".") if is_code(code) else None,
        "row_label": " ".join(label.split()),
        "table_title": short_title(table.title, known),
    }
    value, note = cells.get(roles["value"]), cells.get(roles.get("note", -1))
    return FigureRow(
        code=code.rstrip(".") if is_code(code) else "",
        mark=code.strip(),
        label=" ".join(label.split()),
        label_variants=known.label_variants(label),
        unit=texts.get("unit", ""),
        value=texts["value"],
        note=texts.get("note", ""),
        location=evolve(place, **named),
        value_location=evolve(value.location if value else place, **named),
        note_location=evolve(note.location, **named) if note else None,
    )


def short_title(title: str | None, known: Recognition) -> str | None:
    """Return the name and number of an appendix out of its title, or the title."""
    from validator.text.fold import fold

    if not title:
        return None
    seen = fold(title)
    found = known.appendix_name.search(seen.text)
    if found is None:
        return title if len(title) <= 60 else title[:60] + "…"
    start, end = seen.span(*found.span())
    return title[start:end].strip()


def is_code(text: str) -> bool:
    """Whether *text* is the number of a row."""
    return _CODE.fullmatch(text.strip()) is not None


def split_code(text: str) -> tuple[str, str]:
    """Part the number in front of a label from it."""
    found = re.match(r"\s*([0-9]{1,3}(?:\.[0-9]{1,3}){0,5})[.)]?\s+(?=\D)", text)
    return (found[1], text[found.end() :]) if found else ("", text.strip())


def with_parents(rows: Sequence[FigureRow]) -> tuple[FigureRow, ...]:
    """Give each row its parent: by its code, or the coded row above if it has none."""
    done: list[FigureRow] = []
    open_codes: dict[str, int] = {}
    last_coded: int | None = None
    children: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        parent = _code_parent(row.code, open_codes) if row.code else last_coded
        done.append(evolve(row, parent=parent, before=tuple(children[parent])))
        children[parent].append(row.order)
        if row.code:
            last_coded = row.order
            open_codes = {code: at for code, at in open_codes.items() if row.code.startswith(code + ".")}
            open_codes[row.code] = row.order
    return tuple(done)


def _code_parent(code: str, open_codes: Mapping[str, int]) -> int | None:
    while "." in code:
        code = code.rpartition(".")[0]
        if code in open_codes:
            return open_codes[code]
    return None

"""Forms with a row a field: number, words, unit of measure, value; totals by equations or formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.packs.printed import parse_printed
from validator.packs.skeleton.draft import DraftField, DraftSum, DraftTable, name_of, unique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.skeleton.grid import Grid, Place

_CODE = re.compile(r"\(?([0-9]+(?:\.[0-9]+)*[a-z]?|[IVX]+|[a-z])\)?\.?")
_EQUATION = re.compile(r"\(?\d{1,9}[a-z]?\)?\s{0,9}=[\d\s()+\-−–….=a-z]{0,300}[\d)]")
_NUMBERING = re.compile(r"^\(?[0-9.]+[).]?\s+")
_BRACKETED = re.compile(r"\(\d+[a-z]?\)")
_LONGEST_UNIT, _SHORTEST_WORDS = 20, 8


@record
class Layout:
    """Which column of a form holds what; -1 where it has none."""

    first_row: int
    code: int
    label: int
    unit: int
    value: int


def row_form(grid: Grid, first_row: int, taken: set[str]) -> DraftTable | None:
    """Return the fields of a form from *first_row* on, None if its rows name none."""
    layout = _layout(grid, first_row)
    if layout is None:
        return None
    rows = {row: _field(grid, row, layout, taken) for row in _field_rows(grid, layout)}
    if not rows:
        return None
    table = DraftTable(fields=tuple(rows.values()))
    names = {(row, layout.value): field.name for row, field in rows.items()}
    sums = (*_printed(grid, layout, rows), *_formulas(grid, names))
    found: dict[object, DraftSum] = {}
    for each in sums:
        if table.is_sound(each):
            found.setdefault((each.total, tuple(sorted(each.parts))), each)
    return DraftTable(label=grid.title, fields=table.fields, sums=tuple(found.values()))


def _layout(grid: Grid, first_row: int) -> Layout | None:
    rows = range(first_row, grid.rows)
    columns = range(grid.columns)
    texts = {column: [text for row in rows if (text := grid.text(row, column))] for column in columns}
    label = _label_column(texts, len(rows))
    if label < 0:
        return None
    codes = [column for column in range(label) if texts[column] and all(map(_CODE.fullmatch, texts[column]))]
    units = [column for column in columns if column > label and _holds_units(texts[column], len(rows))]
    unit = units[0] if units else -1
    formulas = {column for row, column in grid.formulas if row >= first_row}
    after = [column for column in columns if column > label and column != unit]
    value = next((column for column in after if column in formulas), after[0] if after else -1)
    return Layout(first_row=first_row, code=codes[0] if codes else -1, label=label, unit=unit, value=value)


def _label_column(texts: dict[int, list[str]], rows: int) -> int:
    """Return the first column of words that nearly every row has, else the one with most words."""
    for column, found in sorted(texts.items()):
        if 3 * len(found) >= 2 * rows and sum(map(len, found)) >= _SHORTEST_WORDS * len(found) > 0:
            return column
    longest = max(texts, key=lambda column: sum(map(len, texts[column])), default=-1)
    return longest if longest >= 0 and texts[longest] else -1


def _holds_units(texts: list[str], rows: int) -> bool:
    """Whether a column repeats short words, as that of the units of measure does."""
    short = sum(len(text) <= _LONGEST_UNIT and not any(map(str.isdigit, text)) for text in texts)
    # Header rows that recur stand in the column too.
    return 10 * short >= 9 * len(texts) and 3 * len(texts) >= rows and 2 * len(set(texts)) <= len(texts) + 1


def _field_rows(grid: Grid, layout: Layout) -> Iterator[int]:
    """Yield the rows that ask for a value; headings have no unit of measure."""
    for row in range(layout.first_row, grid.rows):
        asked = layout.unit < 0 or grid.text(row, layout.unit) or (row, layout.value) in grid.formulas
        spans = grid.text(row, layout.label) == grid.text(row, layout.value)
        if grid.text(row, layout.label) and asked and not spans:
            yield row


def _field(grid: Grid, row: int, layout: Layout, taken: set[str]) -> DraftField:
    written = grid.text(row, layout.label)
    words = _EQUATION.sub("", written)
    words = written if words == written else words.strip(" ()")
    unit = grid.text(row, layout.unit) if layout.unit >= 0 else ""
    percent = unit == "%" or (not unit and "%" in words)
    code = _row_code(grid, row, layout)
    return DraftField(
        name=unique(name_of(_NUMBERING.sub("", words), f"row_{row + 1}"), taken, code.replace(".", "_")),
        label=words or written,
        type="percent" if percent else "count",
        unit="" if percent else unit.lower(),
        code=code,
    )


def _row_code(grid: Grid, row: int, layout: Layout) -> str:
    match = _CODE.fullmatch(grid.text(row, layout.code)) if layout.code >= 0 else None
    return match[1].lower() if match else ""


def _printed(grid: Grid, layout: Layout, rows: dict[int, DraftField]) -> Iterator[DraftSum]:
    names: dict[str, str] = {}
    for field in rows.values():
        names.setdefault(field.code, field.name)
    texts = dict.fromkeys(text for row in range(layout.first_row, grid.rows) for text in grid.row(row))
    for text in texts:
        for match in _EQUATION.finditer(text):
            written = _unwrapped(match[0].strip())
            for each in parse_printed(written) or ():
                if all(code in names for code in (each.total, *(code for _, code in each.parts))):
                    parts = tuple((sign, names[code]) for sign, code in each.parts)
                    yield DraftSum(total=names[each.total], parts=parts, printed=written)


def _unwrapped(text: str) -> str:
    """Return an equation without the brackets around the whole of it."""
    if text.startswith("(") and _BRACKETED.match(text) is None:
        text = text[1:]
    return text.removesuffix(")") if text.count(")") > text.count("(") else text


def _formulas(grid: Grid, names: dict[Place, str]) -> Iterator[DraftSum]:
    for place, formula in sorted(grid.formulas.items()):
        parts = grid.parts(formula)
        if place in names and parts and all(part in names for _, part in parts):
            yield DraftSum(total=names[place], parts=tuple((sign, names[part]) for sign, part in parts))

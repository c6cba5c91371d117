"""Forms with a row of column numbers: a table whose columns add up as that row prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.packs.printed import parse_printed
from validator.packs.skeleton.draft import DraftField, DraftSum, DraftTable, name_of, unique

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.packs.skeleton.grid import Grid

_CODE = re.compile(r"\(?\s{0,9}([0-9]+[a-z]?|[A-Z])\s{0,9}\)?\s{0,9}(=.*)?", re.DOTALL)
_LEAST_COLUMNS, _MANY_COLUMNS = 3, 6


@record
class NumberRow:
    """A row of column numbers: the code of each numbered column, the equations by their text."""

    row: int
    codes: Mapping[int, str]
    printed: tuple[str, ...]

    @property
    def makes_columns(self) -> bool:
        """Whether the columns, not the rows, are what the form is about."""
        letters = any(code.isalpha() for code in self.codes.values())
        return bool(self.printed) or letters or len(self.codes) >= _MANY_COLUMNS


def number_row(grid: Grid) -> NumberRow | None:
    """Return the row of column numbers of a form, None if it has none."""
    for row in range(grid.rows):
        filled = {column: text for column, text in enumerate(grid.row(row)) if text}
        matches = {column: _CODE.fullmatch(text) for column, text in filled.items()}
        codes = {column: match[1] for column, match in matches.items() if match is not None}
        numbers = sum(code[0].isdigit() for code in codes.values())
        distinct = len(set(codes.values())) == len(codes) == len(filled)
        if distinct and len(codes) >= _LEAST_COLUMNS and numbers > 1:
            printed = tuple(text for text in filled.values() if "=" in text and parse_printed(text))
            return NumberRow(row=row, codes=codes, printed=printed)
    return None


def column_form(grid: Grid, found: NumberRow, name: str) -> DraftTable:
    """Return the table that a form with numbered columns asks for."""
    taken: set[str] = set()
    words = _text_columns(grid, found)
    fields: dict[int, DraftField] = {}
    for column, code in found.codes.items():
        label = _label(grid, found.row, column)
        last = label.rpartition(" – ")[2]
        kind = "text" if column in words else "percent" if "%" in label else "count"
        chosen = unique(name_of(last, f"column_{code.lower()}"), taken, code.lower())
        fields[column] = DraftField(
            name=chosen, label=f"{label} ({code})".strip(), type=kind, code=code.lower()
        )
    sums = (*_printed(found, fields), *_formulas(grid, found, fields))
    table = DraftTable(name=name, label=grid.title, fields=tuple(fields.values()))
    kept = dict.fromkeys((each.total, tuple(sorted(each.parts))) for each in sums if table.is_sound(each))
    chosen_sums = tuple(next(each for each in sums if _same(each, key)) for key in kept)
    return DraftTable(name=name, label=grid.title, fields=table.fields, sums=chosen_sums)


def _same(found: DraftSum, key: tuple[str, tuple[tuple[int, str], ...]]) -> bool:
    return (found.total, tuple(sorted(found.parts))) == key


def _text_columns(grid: Grid, found: NumberRow) -> frozenset[int]:
    """Return the columns that name the row: lettered ones, else those before the first number."""
    letters = frozenset(column for column, code in found.codes.items() if code.isalpha())
    if letters:
        return letters
    totals = [column for column in found.codes if "=" in grid.text(found.row, column)]
    formulas = [column for row, column in grid.formulas if row > found.row]
    first = min((*totals, *formulas), default=min(2, len(found.codes) - 1))
    return frozenset(column for column in found.codes if column < first)


def _label(grid: Grid, end: int, column: int) -> str:
    """Return the headings over a column, the outermost first."""
    words: list[str] = []
    for row in range(end):
        text = grid.text(row, column)
        across = len({*grid.row(row)}) == 1 and grid.columns > 1
        if text and not across and text not in words:
            words.append(text)
    return " – ".join(words)


def _printed(found: NumberRow, fields: Mapping[int, DraftField]) -> tuple[DraftSum, ...]:
    names = {field.code: field.name for field in fields.values()}
    sums: list[DraftSum] = []
    for text in found.printed:
        for each in parse_printed(text) or ():
            codes = (each.total, *(code for _, code in each.parts))
            if all(code in names for code in codes):
                parts = tuple((sign, names[code]) for sign, code in each.parts)
                sums.append(DraftSum(total=names[each.total], parts=parts, printed=text))
    return tuple(sums)


def _formulas(grid: Grid, found: NumberRow, fields: Mapping[int, DraftField]) -> tuple[DraftSum, ...]:
    """Return the sums along rows that formulas make; sums over rows are left to the author."""
    sums: list[DraftSum] = []
    for (row, column), formula in sorted(grid.formulas.items()):
        parts = grid.parts(formula)
        if row <= found.row or column not in fields or not parts:
            continue
        if all(there == row and other in fields for _, (there, other) in parts):
            named = tuple((sign, fields[other].name) for sign, (_, other) in parts)
            sums.append(DraftSum(total=fields[column].name, parts=named))
    return tuple(sums)

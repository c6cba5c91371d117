"""The figures that two versions of a report state differently."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from validator.diagnostics.number import exact_text
from validator.model.comparison import ChangedFigure
from validator.model.diagnostic import Label
from validator.model.record import evolve
from validator.model.words import by_language, together
from validator.readers.notation import load_notation
from validator.reviewing.row_pair import paired_rows, row_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.field import FieldDef, Form, TableDef
    from validator.model.report import Cell, Report, Row

Pair = tuple["Cell | None", "Cell | None"]


def changed_figures(old: Report, new: Report, form: Form) -> tuple[ChangedFigure, ...]:
    """Return the figures whose exact values differ, in the order of the form."""
    found: list[ChangedFigure] = []
    for path, field in form.fields.items():
        words = by_language(field.label, path)
        pairs = _pairs(old.cells.get(path, ()), new.cells.get(path, ()), field)
        found += (_changed(pair, path, words, field) for pair in pairs)
    for name, table in form.tables.items():
        found += _in_table(old.tables.get(name, ()), new.tables.get(name, ()), table)
    return tuple(evolve(each, is_unread=True) if _is_unread(each, old, new) else each for each in found)


def _is_unread(each: ChangedFigure, old: Report, new: Report) -> bool:
    """Whether the version that does not state a figure was not read whole."""
    return (each.old is None and not old.is_whole) or (each.new is None and not new.is_whole)


def is_stated(cell: Cell) -> bool:
    """Whether anything is stated: a dash and a blank state nothing."""
    return cell.value is not None or not load_notation().is_nothing(cell.raw)


def figure(cell: Cell, field: FieldDef, words: str) -> Label:
    """Return what a cell states, with its words and its place."""
    place = cell.location
    if place.column_name == field.path.rpartition(".")[2]:
        place = evolve(place, column_name=by_language(field.label, place.column_name or ""))
    raw = " ".join(cell.raw.split())
    return Label(path=cell.path, label=words, raw=raw, location=place, value=exact_text(cell, field))


def _pairs(old: Sequence[Cell], new: Sequence[Cell], field: FieldDef) -> Iterator[Pair]:
    """Yield the statements of one field that differ, each with the one that took its place."""
    before = [(_value(cell, field), cell) for cell in old if is_stated(cell)]
    after = [(_value(cell, field), cell) for cell in new if is_stated(cell)]
    if len(before) == len(after):
        if sorted(value for value, _ in before) != sorted(value for value, _ in after):
            yield from ((one, two) for (a, one), (b, two) in zip(before, after, strict=True) if a != b)
        return
    known_before, known_after = dict(reversed(before)), dict(reversed(after))
    lost = [cell for value, cell in before if value not in known_after]
    come = [cell for value, cell in after if value not in known_before]
    # A statement that has no counterpart is held against the one that counts.
    first_before, first_after = (found[0][1] if found else None for found in (before, after))
    for one, two in zip_longest(lost, come):
        yield one or first_before, two or first_after


def _value(cell: Cell, field: FieldDef) -> str:
    return exact_text(cell, field) or f"? {' '.join(cell.raw.split())}"


def _changed(pair: Pair, path: str, words: str, field: FieldDef) -> ChangedFigure:
    old, new = (None if cell is None else figure(cell, field, words) for cell in pair)
    return ChangedFigure(path=path, label=words, old=old, new=new)


def _in_table(old: Sequence[Row], new: Sequence[Row], table: TableDef) -> Iterator[ChangedFigure]:
    partners = paired_rows(old, new, table)
    came = {after: before for before, after in partners.items()}
    for place, row in enumerate(new):
        yield from _in_row(old[came[place]] if place in came else None, row, place, table)
    for place, row in enumerate(old):
        if place not in partners:
            yield from _in_row(row, None, place, table)


def _in_row(old: Row | None, new: Row | None, place: int, table: TableDef) -> Iterator[ChangedFigure]:
    name = _name(new or old, table)
    for column, field in table.columns.items():
        before, after = _cell(old, column), _cell(new, column)
        words = by_language(field.label, column)
        path = f"{table.name}[{place + 1}].{column}"
        label = together([name, words], " – ")
        yield from (_changed(pair, path, label, field) for pair in _pairs(before, after, field))


def _cell(row: Row | None, column: str) -> tuple[Cell, ...]:
    return (row.cells[column],) if row is not None and column in row.cells else ()


def _name(row: Row | None, table: TableDef) -> str:
    """Return the code and words of a row."""
    if row is None:
        return ""
    told = (row.location.row_code, row.location.row_label)
    return " ".join(filter(None, told if any(told) else row_name(row, table)[:2]))

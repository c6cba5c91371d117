"""A computed report as rows for people: each figure with who makes it up, who is missing, why it is blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.quantity import Quantity
from validator.model.record import record
from validator.model.words import text_in
from validator.readers.notation import load_notation
from validator.render.figures_cell import shown, unit_of
from validator.render.written import written_value
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.field import FieldDef, Form
    from validator.model.report import Cell, Unit
    from validator.model.rollup import Lacking, LeftOut, Rolled, Rollup

_LONGEST = 120


@record
class RollupRow:
    """A figure of the superior's report.

    ``cell`` is None where nothing can be said exactly: ``why`` says why then, and ``least`` what it is at
    least, if that much is known. ``sources`` says who makes it up and with what, ``lacking`` who is missing.
    """

    path: str
    label: str
    unit: str
    cell: Cell | None = None
    why: str = ""
    least: str = ""
    sources: str = ""
    lacking: str = ""


def rollup_rows(rolled: Rollup, form: Form, lang: str) -> tuple[RollupRow, ...]:
    """Return the figures in the order of the form, those that are left blank too.

    A sum of which a unit is lacking is left blank; what it is at least stands beside it.
    """
    rows = _Rows(rolled, form, lang)
    made = {row.path: row for row in (*rows.figures(), *rows.left_out())}
    order = {path: at for at, path in enumerate((*form.fields, *form.tables))}
    return tuple(sorted(made.values(), key=lambda row: order.get(row.path, len(order))))


class _Rows:
    def __init__(self, rolled: Rollup, form: Form, lang: str) -> None:
        self.rolled, self.form, self.lang = rolled, form, lang

    def word(self, key: str, **args: object) -> str:
        return message(f"rollup/{key}", self.lang, args)

    def figures(self) -> Iterator[RollupRow]:
        for path, cells in self.rolled.report.cells.items():
            how = self.rolled.figures.get(path)
            if how is not None:
                yield self._figure(path, cells[0], how)

    def _figure(self, path: str, cell: Cell, how: Rolled) -> RollupRow:
        field = self.form.fields[path]
        is_whole = not how.lacking
        return RollupRow(
            path=path,
            label=text_in(field.label, self.lang) or path,
            unit=unit_of(field),
            cell=cell if is_whole else None,
            why="" if is_whole else self.word("blank-lacking", count=len(how.lacking)),
            least="" if is_whole or how.parts else f"≥ {written_value(cell, field)}",
            sources=self._sources(how),
            lacking=self._lacking(how.lacking),
        )

    def _sources(self, how: Rolled) -> str:
        if how.parts:
            labels = (self._label(path) for path in how.parts)
            return self.word("worked-out", parts=", ".join(labels))
        return " + ".join(
            self.word("term", raw=_short(each.cell.raw), unit=_name(each.unit)) for each in how.sources
        )

    def _lacking(self, found: Iterable[Lacking]) -> str:
        return ", ".join(
            self.word("lacking-unit", unit=_name(each.unit), why=self.word(each.reason)) for each in found
        )

    def left_out(self) -> Iterator[RollupRow]:
        for left in self.rolled.left_out:
            yield self._left(left)

    def _left(self, left: LeftOut) -> RollupRow:
        field = self.form.fields.get(left.path)
        unit = unit_of(field) if field is not None else ""
        return RollupRow(path=left.path, label=self._label(left.path), unit=unit, why=self.word(left.reason))

    def _label(self, path: str) -> str:
        field: FieldDef | None = self.form.fields.get(path)
        if field is not None:
            return text_in(field.label, self.lang) or path
        name, _, column = path.rpartition(".")
        table = self.form.tables.get(path) or self.form.tables.get(name)
        if table is None:
            return path
        found = table.columns.get(column) if path != table.name else None
        return text_in(found.label if found else table.label, self.lang) or path


def number_of(cell: Cell, field: FieldDef) -> tuple[str, str] | None:
    """Return the number of a cell as Excel holds it and the format that shows it, None if it cannot."""
    value = cell.value
    found = shown(value.value, value.step, field) if isinstance(value, Quantity) else None
    return None if found is None else (found.number, found.format)


def figure_text(cell: Cell, field: FieldDef) -> str:
    """Return a figure as it is written below the unit of its row: of money the number alone."""
    found = number_of(cell, field) if field.type is FieldType.MONEY else None
    if found is None:
        return written_value(cell, field)
    whole, _, decimals = found[0].partition(".")
    notation = load_notation().data
    grouped = f"{int(whole):,}".replace(",", notation.group[:1] or "")
    return f"{grouped}{notation.decimal}{decimals}" if decimals else grouped


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""


def _short(raw: str) -> str:
    text = " ".join(raw.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

"""A computed report as a report file: above each value what it was added up from and who is lacking."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from validator.checking.sidecar import quoted
from validator.model.words import text_in
from validator.render.place import place
from validator.render.report_yaml import field_tree, report_header
from validator.render.terminal import clean
from validator.render.written import written_value
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.model.field import FieldDef, Form, TableDef
    from validator.model.report import Cell, Row, Unit
    from validator.model.rollup import Lacking, OwnFigure, Rolled, Rollup

_WIDTH = 110
_LONGEST_TEXT = 120
_MOST_NAMES = 50
_GROUPED = re.compile(r"\d\.\d{3}\b")
_DIGITS = re.compile(r"\d+")


def rollup_yaml(rolled: Rollup, form: Form, lang: str) -> str:
    """Return *rolled* as YAML that reads as the computed report."""
    writing = _Writing(rolled, form, lang)
    lines = [*writing.top(), *report_header(rolled.report)]
    lines += writing.group(field_tree(rolled.report.cells), 0)
    for name, rows in rolled.report.tables.items():
        lines += writing.table(rows, form.tables[name])
    return "\n".join(lines) + "\n"


def rollup_summary(rolled: Rollup, lang: str) -> str:
    """Return how much was added up, in one line."""
    args = {
        "count": len(rolled.units),
        "figures": len(rolled.figures),
        "missing": len(rolled.missing),
        "aside": len(rolled.aside),
        "differences": len(rolled.differences),
    }
    return message("rollup/summary", lang, args)


class _Writing:
    """Writes the parts of one computed report in one language."""

    def __init__(self, rolled: Rollup, form: Form, lang: str) -> None:
        self.rolled, self.form, self.lang = rolled, form, lang
        unit = rolled.report.unit
        self.parent = unit.name or unit.id or ""

    def word(self, key: str, **args: object) -> str:
        return message(f"rollup/{key}", self.lang, args)

    # What stands at the top

    def top(self) -> Iterator[str]:
        """Yield what a reader must know of the whole: who is in it, who is not, what differs."""
        rolled = self.rolled
        count, units = len(rolled.units), _names(rolled.units)
        yield from self._said(self.word("head", parent=self.parent, count=count, units=units))
        yield from self._said(self.word("head-own", parent=self.parent))
        if rolled.missing:
            yield from self._said(
                self.word("missing", count=len(rolled.missing), units=_names(rolled.missing))
            )
        if rolled.unread:
            yield from self._said(self.word("unread", count=len(rolled.unread), units=_names(rolled.unread)))
        for narrative, appendix in rolled.joined:
            yield from self._said(self.word("joined", path=narrative, other=appendix))
        if rolled.aside:
            yield from self._said(self.word("aside-heading", count=len(rolled.aside)))
            for each in rolled.aside:
                sentences = filter(None, [each.reason.title, each.reason.help])
                reason = ". ".join(each.rstrip(".") for each in sentences) + "."
                yield from self._said(self.word("aside", path=each.path, reason=reason), "  - ")
        if rolled.passed_over:
            names = ", ".join(rolled.passed_over[:_MOST_NAMES])
            more = len(rolled.passed_over) - _MOST_NAMES
            yield from self._said(self.word("passed-over", count=len(rolled.passed_over), files=names))
            if more > 0:
                yield from self._said(self.word("passed-over-more", count=more), "  - ")
        yield from self._own()
        if rolled.left_out:
            yield from self._said(self.word("left-heading", count=len(rolled.left_out)))
            for left in rolled.left_out:
                words = self.word(
                    "left", path=left.path, label=self._label(left.path), why=self.word(left.reason)
                )
                yield from self._said(words, "  - ")

    def _own(self) -> Iterator[str]:
        found = self.rolled.differences
        args = {"parent": self.parent, "path": self.rolled.own, "count": len(found)}
        if self.rolled.own:
            yield from self._said(self.word("differences-heading" if found else "agrees", **args))
        for each in found:
            yield from self._said(self._difference(each), "  - ")

    def _difference(self, each: OwnFigure) -> str:
        field = self.form.fields[each.path]
        where = place(each.own.location, self.lang)
        computed = written_value(each.computed, field)
        own = " ".join(each.own.raw.split())
        if _GROUPED.search(own):
            computed = _DIGITS.sub(lambda found: f"{int(found[0]):,}".replace(",", "."), computed, count=1)
        label = text_in(field.label, self.lang) or each.path
        words = self.word("difference", label=label, own=own, place=where, computed=computed)
        return f"{words} {self.word(f'why-{each.why}')}" if each.why else words

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

    # Figures

    def group(self, tree: Mapping[str, Any], depth: int) -> Iterator[str]:
        """Yield a group of fields, each figure below its sources."""
        lead = "  " * depth
        for name, found in tree.items():
            if isinstance(found, dict):
                yield f"{lead}{name}:"
                yield from self.group(found, depth + 1)
                continue
            cell: Cell = found[0]
            how = self.rolled.figures.get(cell.path)
            if how is not None:
                yield from self._said(self._how(how, self.form.fields[cell.path]), lead=lead)
            yield f"{lead}{name}: {quoted(written_value(cell, self.form.fields[cell.path]))}"

    def _how(self, how: Rolled, field: FieldDef) -> str:
        lacking = self._lacking(how.lacking)
        if how.parts:
            key = "share-partial" if how.lacking else "share"
            words = self.word(key, parts=", ".join(how.parts), rule=how.rule)
        else:
            terms = " + ".join(
                self.word("term", raw=_short(each.cell.raw), unit=_name(each.unit)) for each in how.sources
            )
            words = self.word("at-least" if how.lacking else "sum", terms=terms)
            steps = {getattr(each.cell.value, "step", None) for each in how.sources}
            if field.is_rounded and len(steps) > 1:
                words = f"{words} {self.word('rounded')}"
        return "; ".join(filter(None, [words, lacking]))

    def _lacking(self, found: Sequence[Lacking]) -> str:
        if not found:
            return ""
        units = ", ".join(
            self.word("lacking-unit", unit=_name(each.unit), why=self.word(each.reason)) for each in found
        )
        return self.word("lacking", units=units)

    def table(self, rows: Sequence[Row], table: TableDef) -> Iterator[str]:
        """Yield a table, each row below the units it was put together from."""
        yield f"{table.name}:"
        for number, row in enumerate(rows, start=1):
            figures = [self.rolled.figures.get(f"{table.name}[{number}].{column}") for column in row.cells]
            units = {
                each.unit.id: each.unit for how in figures if how is not None for each in how.sources
            }.values()
            yield from self._said(self.word("row", count=len(units), units=_names(units)), lead="  ")
            parts = (
                f"{column}: {quoted(written_value(row.cells[column], definition))}"
                for column, definition in table.columns.items()
                if column in row.cells
            )
            yield f"  - {{{', '.join(parts)}}}"

    @staticmethod
    def _said(text: str, mark: str = "", lead: str = "") -> Iterator[str]:
        """Yield a comment of as many lines as it takes; nothing in *text* ends it."""
        columns = _WIDTH - len(lead) - len(mark) - 2
        for number, line in enumerate(textwrap.wrap(clean(text), columns) or [""]):
            yield f"{lead}# {mark if not number else ' ' * len(mark)}{line}".rstrip()


def _name(unit: Unit) -> str:
    return unit.name or unit.id or ""


def _names(units: Iterable[Unit]) -> str:
    return ", ".join(map(_name, units))


def _short(raw: str) -> str:
    text = " ".join(raw.split())
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"

"""A computed report as an Excel workbook: a table in the order of the form, and who makes up each figure."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from validator.render.bulk_sheet import look_of, number_cell, text_cell
from validator.render.package import require, stamp
from validator.render.rollup_rows import RollupRow, number_of, rollup_rows
from validator.render.rollup_yaml import rollup_summary
from validator.render.written import written_value
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.field import Form
    from validator.model.rollup import Rollup
    from validator.render.workbook import Book

_PLAIN = (("number", 5), ("label", 60), ("unit", 16), ("figure", 18), ("remark", 44))
_SOURCES = (("number", 5), ("label", 50), ("figure", 18), ("sources", 70), ("lacking", 50), ("why", 40))
_HEAD = 3
_LINE = 15


def rollup_xlsx(rolled: Rollup, form: Form, lang: str) -> bytes:
    """Return the report as a workbook with a sheet of sources. The same report gives the same bytes."""
    rows = rollup_rows(rolled, form, lang)
    made = _Made(rolled, form, lang)
    made.report(rows)
    made.sources(rows, {})
    return made.done()


def sources_xlsx(rolled: Rollup, form: Form, lang: str, said: Mapping[str, str]) -> bytes:
    """Return a workbook with the sources alone; *said* is why cells of a filled form stayed blank."""
    made = _Made(rolled, form, lang)
    made.sources(rollup_rows(rolled, form, lang), said)
    return made.done()


class _Made:
    """The workbook while it is made."""

    def __init__(self, rolled: Rollup, form: Form, lang: str) -> None:
        require("xlsxwriter")
        from validator.render.workbook import Book

        self._rolled, self._form, self._lang = rolled, form, lang
        self._target = io.BytesIO()
        period = rolled.report.period
        day = stamp(period.end or period.start)
        self._book: Book = Book(self._target, lang, day.replace(tzinfo=None))
        self._plain = {
            name: look_of(self._book.look(name)) for name in ("text", "number", "head", "title", "note")
        }

    def done(self) -> bytes:
        self._book.close()
        return self._target.getvalue()

    def _word(self, key: str, **args: object) -> str:
        return message(f"rollup/{key}", self._lang, args)

    def report(self, rows: Sequence[RollupRow]) -> None:
        """Write the plain table."""
        lines = []
        for number, row in enumerate(rows, start=1):
            remark = ". ".join(filter(None, [row.least, row.why]))
            lines.append((str(number), row.label, row.unit, row, remark))
        self._sheet("report", _PLAIN, lines)

    def sources(self, rows: Sequence[RollupRow], said: Mapping[str, str]) -> None:
        """Write who makes up each figure and who is missing."""
        lines = []
        for number, row in enumerate(rows, start=1):
            why = ". ".join(filter(None, [row.why or said.get(row.path, ""), row.least]))
            lines.append((str(number), row.label, row, row.sources, row.lacking, why))
        self._sheet("sources", _SOURCES, lines)

    def _sheet(
        self, name: str, columns: Sequence[tuple[str, int]], lines: Sequence[tuple[str | RollupRow, ...]]
    ) -> None:
        sheet, plain = self._book.bulk(self._word(f"sheet-{name}")), self._plain
        letters = "ABCDEF"
        unit = self._rolled.report.unit
        title = self._word(f"title-{name}", parent=unit.name or unit.id or "")
        sheet.write_row_xml(0, text_cell("A", 0, plain["title"], title), 0)
        sheet.write_row_xml(1, text_cell("A", 1, plain["note"], rollup_summary(self._rolled, self._lang)), 0)
        heads = [
            text_cell(letters[at], _HEAD, plain["head"], self._word(f"column-{head}"))
            for at, (head, _) in enumerate(columns)
        ]
        for at, (_, width) in enumerate(columns):
            sheet.set_column(at, at, width)
        sheet.write_row_xml(_HEAD, "".join(heads), len(columns) - 1)
        for row, line in enumerate(lines, start=_HEAD + 1):
            cells = [self._cell(letters[at], row, each) for at, each in enumerate(line)]
            height = max(_lines(each, width) for each, (_, width) in zip(line, columns, strict=True))
            sheet.write_row_xml(row, "".join(cells), len(columns) - 1, min(height * _LINE, 400))
        sheet.freeze_panes(_HEAD + 1, 2)
        sheet.repeat_rows(_HEAD)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")

    def _cell(self, column: str, row: int, held: str | RollupRow) -> str:
        if isinstance(held, str):
            return text_cell(column, row, self._plain["number" if column == "A" else "text"], held)
        if held.cell is None:
            return text_cell(column, row, self._plain["text"], "")
        field = self._form.fields[held.path]
        found = number_of(held.cell, field)
        if found is None:
            return text_cell(column, row, self._plain["text"], written_value(held.cell, field))
        look = self._book.made_look("text", num_format=found[1], align="right", quote_prefix=False)
        return number_cell(column, row, look_of(look), found[0])


def _lines(held: str | RollupRow, width: int) -> int:
    return 1 + len(held) // width if isinstance(held, str) else 1

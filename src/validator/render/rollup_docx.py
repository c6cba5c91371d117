"""A computed report as a Word document: a table in the order of the form, and who makes up each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.package import require
from validator.render.rollup_rows import figure_text, rollup_rows
from validator.render.rollup_yaml import rollup_summary
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument

    from validator.model.field import Form
    from validator.model.rollup import Rollup

_REPORT = (("number", 10), ("label", 110), ("unit", 30), ("figure", 37), ("remark", 70))
_SOURCES = (("number", 10), ("label", 62), ("sources", 105), ("lacking", 80))


def rollup_docx(rolled: Rollup, form: Form, lang: str) -> bytes:
    """Return the report as a Word document with an annex of sources. The same report gives the same bytes."""
    require("docx")
    from validator.render import word_page

    def word(key: str, **args: object) -> str:
        return clean(message(f"rollup/{key}", lang, args))

    period = rolled.report.period
    parent = rolled.report.unit.name or rolled.report.unit.id or ""
    title = word("title-report", parent=parent)
    document = word_page.blank_page(lang, title, period.end or period.start)
    word_page.write(document.add_paragraph(), title, bold=True, align=word_page.CENTRE)
    word_page.sentence(document, rollup_summary(rolled, lang), italic=True)
    rows = rollup_rows(rolled, form, lang)
    lines = []
    for number, row in enumerate(rows, start=1):
        figure = "" if row.cell is None else figure_text(row.cell, form.fields[row.path])
        remark = ". ".join(filter(None, [row.least, row.why]))
        lines.append((str(number), row.label, row.unit, figure, remark))
    _table(document, [(word(f"column-{name}"), width) for name, width in _REPORT], lines)
    word_page.heading(document, word("title-sources", parent=parent))
    made = [
        (str(number), row.label, row.sources, row.lacking or row.why)
        for number, row in enumerate(rows, start=1)
        if row.sources or row.why
    ]
    _table(document, [(word(f"column-{name}"), width) for name, width in _SOURCES], made)
    return word_page.saved(document)


def _table(
    document: WordDocument, columns: Sequence[tuple[str, int]], lines: Sequence[tuple[str, ...]]
) -> None:
    from validator.render import word_page

    widths = [width for _, width in columns]
    table = word_page.ruled_table(document, widths, [head for head, _ in columns])
    for line in lines:
        for cell, text in zip(word_page.add_cells(table, widths), line, strict=True):
            word_page.write(cell.paragraphs[0], clean(text), size=word_page.TABLE)

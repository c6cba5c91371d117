"""A run as a list to print (.docx): a page for each report, made as the slips of a review are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.render.finding import files
from validator.render.package import require
from validator.render.printed import left_aside, printed, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from validator.model.diagnostic import FileResult, RunResult
    from validator.render.option import Options
    from validator.render.printed import Asked, Printed
    from validator.render.request import Request

_COLUMNS = ("number", "place", "matter", "figures", "ask", "answer")
_WIDTHS = (11, 42, 64, 60, 50, 30)
_EXPLAINED = (11, 46, 100, 100)


class DocxWriter:
    """Takes the files of a run and makes one document of them. Raises ValidatorError without python-docx."""

    def __init__(self, options: Options) -> None:
        require("docx")
        self._options = options
        self._pages: list[Printed] = []

    def file(self, file: FileResult) -> None:
        """Take what is told of one file."""
        self._pages.append(printed(file, self._options))

    def made(self, run: RunResult) -> bytes:
        """Return the document once all files were taken, the same bytes for the same run."""
        from validator.render import word_page as page

        lang = self._options.lang
        document = page.blank_page(lang, say("title", lang), None)
        for number, told in enumerate(self._pages):
            title = _report(document, told, lang)
            title.paragraph_format.page_break_before = number > 0
        if left := left_aside(run, self._options):
            page.sentence(document, left, italic=True)
        return page.saved(document)


def printed_docx(run: RunResult, options: Options) -> bytes:
    """Return the document of a run that is held as a whole."""
    writer = DocxWriter(options)
    for each in files(run):
        writer.file(each)
    return writer.made(run)


def _report(document: WordDocument, told: Printed, lang: str) -> Paragraph:
    """Add the page of one report; return its first paragraph."""
    from validator.render import finding_table as table
    from validator.render import word_page as page

    def word(key: str, **args: object) -> str:
        return say("off-by" if key == "difference" else key, lang, **args)

    words = say("title", lang).upper()
    title = page.write(document.add_paragraph(), words, size=14, bold=True, align=page.CENTRE)
    page.write(document.add_paragraph(), told.name, bold=True, align=page.CENTRE, before=2)
    for name, text in told.facts:
        page.write(document.add_paragraph(), f"{name}: {text}", before=2)
    if told.tiles:
        counts = {kind: count for kind, count, _ in told.tiles}
        page.write(document.add_paragraph(), say("looked-at", lang, **counts), before=2)
    page.write(document.add_paragraph(), told.result, bold=True, before=4)
    if told.open:
        page.heading(document, word("open-heading"))
        titles = [word(f"column-{each}") for each in _COLUMNS]
        matters = table.open_table(document, _WIDTHS, titles, _without_basis(told.open), word)
        for cell, each in zip(matters, told.open, strict=True):
            if each.beside:
                page.write(cell.add_paragraph(), each.beside, size=page.SMALL, italic=True)
        page.sentence(document, word("no-blame"), italic=True)
    if told.explained:
        page.heading(document, word("explained-heading"))
        titles = [word(f"column-{each}") for each in (*_COLUMNS[:3], "explained")]
        table.explained_table(document, _EXPLAINED, titles, _without_basis(told.explained), word)
    for heading, texts in told.notes:
        table.points(document, heading, texts)
    return title


def _without_basis(asked: Iterable[Asked]) -> Iterable[Request]:
    """Return findings without the grounds of their rules, which authors wrote for authors."""
    return (evolve(each.told, basis="") for each in asked)

"""Findings as a table of a Word page: where, what does not agree, its figures, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render import word_page as page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docx.document import Document as WordDocument
    from docx.table import _Cell

    from validator.render.request import Request

    Say = Callable[..., str]


def open_table(
    document: WordDocument, widths: Sequence[int], titles: Sequence[str], told: Iterable[Request], say: Say
) -> Iterable[_Cell]:
    """Add a row for each finding that is open; return the cells of the matters, for what else is to be said.

    Columns are number, place, matter, figures, what is asked, and one to write in.
    """
    table = page.ruled_table(document, widths, titles)
    matters = []
    for number, each in enumerate(told, start=1):
        cells = _begun(page.add_cells(table, widths), number, each, say)
        for at, figure in enumerate(each.figures):
            line(cells[3], f"- {figure}", first=at == 0)
        line(cells[4], each.ask, first=True, bold=True)
        if each.help:
            line(cells[4], each.help)
        matters.append(cells[2])
    return matters


def explained_table(
    document: WordDocument, widths: Sequence[int], titles: Sequence[str], told: Iterable[Request], say: Say
) -> None:
    """Add a row for each finding that is explained: number, place, matter, explanation."""
    table = page.ruled_table(document, widths, titles)
    for number, each in enumerate(told, start=1):
        cells = _begun(page.add_cells(table, widths), number, each, say)
        line(cells[3], each.waiver, first=True)


def line(cell: _Cell, text: str, *, first: bool = False, bold: bool = False) -> None:
    """Add a line to a cell, or put it in its first one."""
    page.write(cell.paragraphs[0] if first else cell.add_paragraph(), text, size=page.TABLE, bold=bold)


def points(document: WordDocument, heading: str, texts: Iterable[str]) -> None:
    """Add a list under a heading, nothing where there is nothing to list."""
    told = tuple(texts)
    if told:
        page.heading(document, heading)
    for text in told:
        page.point(document, text)


def _begun(cells: list[_Cell], number: int, told: Request, say: Say) -> list[_Cell]:
    page.write(cells[0].paragraphs[0], str(number), size=page.TABLE, align=page.CENTRE)
    line(cells[1], told.place, first=True)
    if told.excerpt:
        page.write(cells[1].add_paragraph(), f"“{told.excerpt}”", size=page.SMALL, italic=True)
    line(cells[2], told.title or told.rule, first=True, bold=True)
    if told.explanation:
        line(cells[2], told.explanation)
    if told.difference:
        line(cells[2], say("difference", difference=told.difference))
    if told.basis:
        page.write(cells[2].add_paragraph(), say("basis", basis=told.basis), size=page.SMALL, italic=True)
    return cells

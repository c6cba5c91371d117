"""PDF files with a text layer → `Document`; scanned ones by way of OCR where it is asked for."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from validator.model.diagnostic import Label
from validator.model.document import Document, Seen
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity
from validator.model.words import say
from validator.readers.assembly import assemble
from validator.readers.bounds import Bounds
from validator.readers.compartment import Compartments
from validator.readers.legacy_encoding import convert
from validator.readers.paragraph import RawItem, RawTable
from validator.readers.pdf_line import Line, lines_of, measure, paragraphs_of
from validator.readers.pdf_page import Page, read_page
from validator.readers.pdf_table import FoundTable, raw_table, tables_of
from validator.readers.reader import DocumentResult, Input, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.problem import Problem

MOST_PAGES = 1_000
_FEWEST_WORDS = 3
_NEAR = 6
_MOST_SHOWN = 20


def read(given: Input) -> DocumentResult:
    """Read a PDF file."""
    apart = Compartments(given.file)
    with _page_reader(given) as reader:
        pages = _read_pages(given, apart, reader)
    empty = [page.number for page in pages if len(page.found.words) < _FEWEST_WORDS]
    if len(empty) == len(pages):
        is_scan = any(page.found.has_picture for page in pages) and not given.ocr
        return given.refusal("needs-ocr", pages=len(pages)) if is_scan else given.refusal("no-text")
    nothing: tuple[list[RawItem], str | None] = ([], None)
    items, encoding = apart.one(Location(), lambda: convert(_items(pages)), nothing)
    problems = list(_told_of_recognition(given, pages))
    if encoding is not None:
        problems.append(given.problem("legacy-font", Severity.INFO, encoding=encoding.upper(), count=1))
    scanned = [page.number for page in pages if page.number in empty and page.found.has_picture]
    if scanned:
        shown = ", ".join(map(str, scanned[:_MOST_SHOWN])) + (" …" if len(scanned) > _MOST_SHOWN else "")
        problems.append(given.problem("pages-without-text", Severity.WARNING, pages=shown))
    last, bounds = pages[-1], Bounds()
    if MOST_PAGES <= last.number < last.of:
        problems.append(given.problem("too-many-pages", Severity.WARNING, most=MOST_PAGES, pages=last.of))
    blocks = assemble(given.file, bounds.items(items), apart)
    if last.number < min(last.of, MOST_PAGES):
        bounds.end = bounds.end or Location(page=last.number)
    problems += [*apart.told(), *bounds.problems(given)]
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    return DocumentResult(document=document, problems=tuple(problems))


@dataclass(slots=True)
class _PageItems:
    """The lines and tables of a page, in the order in which they are read."""

    number: int
    of: int
    found: Page
    tables: list[FoundTable] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


@contextmanager
def _page_reader(given: Input) -> Iterator[Callable[[Any, int], Page]]:
    """Give what reads a page; where it is asked for, pictures without text are recognised."""
    if not given.ocr:
        yield read_page
        return
    from validator.readers.ocr import Recogniser

    recogniser = Recogniser(given.limits.recognition_seconds)

    def read_or_recognise(document: Any, number: int) -> Page:
        found = read_page(document, number)
        is_scan = len(found.words) < _FEWEST_WORDS and found.has_picture
        return recogniser.read(document, number) if is_scan else found

    with recogniser:
        yield read_or_recognise


def _told_of_recognition(given: Input, pages: list[_PageItems]) -> Iterator[Problem]:
    """Yield what is to be said of the pages that were recognised, and of their figures in doubt."""
    recognised = [page for page in pages if page.found.is_recognised]
    if not recognised:
        return
    figures = sum(any(map(str.isdigit, seen.text)) for page in recognised for seen in page.seen)
    yield given.problem("read-by-ocr", Severity.WARNING, pages=len(recognised), figures=figures)
    doubtful = [(page.number, seen) for page in recognised for seen in page.seen if seen.doubt]
    if doubtful:
        told = given.problem("figures-in-doubt", Severity.WARNING, count=len(doubtful))
        yield evolve(told, labels=tuple(_doubt(given.file, number, seen) for number, seen in doubtful))


def _doubt(file: str, page: int, seen: Seen) -> Label:
    """Return a place of a scan that may have been misread: what was read there, and where it stands."""
    place = Location(file=file, page=page, page_line=seen.line, box=seen.box, confidence=seen.confidence)
    raw = " / ".join(f"“{text}”" for text in (seen.text, seen.other) if text)
    return Label(path="", label=say("render/in-doubt"), raw=raw, location=place)


def _read_pages(given: Input, apart: Compartments, read: Callable[[Any, int], Page]) -> list[_PageItems]:
    """Read the pages of a file, each let go before the next."""
    pages: list[_PageItems] = []
    room = Bounds().left
    with _opened(given) as document:
        count = len(document)
        for number in range(1, min(count, MOST_PAGES) + 1):
            found = read(document, number)
            words = list(found.words)
            page = _PageItems(number, count, found)
            place = Location(page=number)
            page.tables = apart.one(place, partial(tables_of, found), page.tables)
            page.lines = apart.one(place, partial(lines_of, found), page.lines)
            page.seen = [word.seen for word in words if word.seen is not None]
            found.words = words[:_FEWEST_WORDS]
            found.rulings = []
            pages.append(page)
            room -= sum(len(word.text) for word in words)
            if room < 0:
                break
    if not pages:
        raise Unreadable("damaged")
    return pages


@contextmanager
def _opened(given: Input) -> Iterator[Any]:
    """Open a file with pdfium; passwords and damage raise Unreadable."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(given.path)
    except pypdfium2.PdfiumError as fault:
        is_locked = "password" in str(fault).lower()
        raise Unreadable("encrypted" if is_locked else "damaged") from fault
    try:
        yield document
    except (pypdfium2.PdfiumError, ctypes.ArgumentError) as fault:
        raise Unreadable("damaged") from fault
    finally:
        document.close()


def _items(pages: list[_PageItems]) -> list[RawItem]:
    """Return the paragraphs and tables of all pages in reading order."""
    lines = [line for page in pages for line in page.lines]
    usual = measure(lines) if lines else None
    items: list[RawItem] = []
    run: list[Line] = []
    last: FoundTable | None = None

    def end_run() -> None:
        if run and usual is not None:
            items.extend(paragraphs_of(run, usual))
            run.clear()

    for page in pages:
        for part in _in_order(page):
            if isinstance(part, Line):
                run.append(part)
                last = None
                continue
            end_run()
            table = raw_table(part)
            if last is not None and _goes_on(last, part):
                _extend(items[-1], table)
            else:
                items.append(table)
            last = part
    end_run()
    return items


def _in_order(page: _PageItems) -> list[Line | FoundTable]:
    """Return the lines and tables of a page from top to bottom."""
    parts: list[Line | FoundTable] = []
    tables = iter(page.tables)
    table = next(tables, None)
    for line in page.lines:
        while table is not None and table.top > line.base:
            parts.append(table)
            table = next(tables, None)
        parts.append(line)
    return [*parts, *([] if table is None else [table]), *tables]


def _goes_on(above: FoundTable, below: FoundTable) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the last."""
    return (
        above.page + 1 == below.page
        and len(above.columns) == len(below.columns)
        and all(abs(one - other) <= _NEAR for one, other in zip(above.columns, below.columns, strict=True))
    )


def _extend(before: RawItem, table: RawTable) -> None:
    """Add the rows of *table* to the table *before*, across a page end."""
    if not isinstance(before, RawTable):
        return
    shift = max(cell.row + cell.row_span for cell in before.cells)
    for cell in table.cells:
        cell.row += shift
    before.cells.extend(table.cells)
    before.broken_before |= {shift}

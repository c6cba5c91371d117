"""Workbooks (.xlsx, .xlsm) → `Document`, straight from their XML; macros are never run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from validator.model.document import Document
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.verdict import Severity
from validator.readers import number_format
from validator.readers.archive import Archive, open_archive
from validator.readers.assembly import assemble
from validator.readers.bounds import MOST_OF_ONE, Bounds, clipped
from validator.readers.compartment import Compartments
from validator.readers.legacy_encoding import convert
from validator.readers.paragraph import RawCell, RawItem
from validator.readers.reader import DocumentResult, Input
from validator.readers.safe_xml import child, elements, integer, local
from validator.readers.sheet import Grid, column_letters, items_of
from validator.readers.xlsx_book import Book, SheetEntry, has_struck, open_book, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CELLS = 100_000
_MOST_ELEMENTS = 3_000_000
_MOST_SHEET = 400_000_000
_MOST_SPAN = 20_000
_MOST_FAULTS = 50
_LONGEST_SHOWN = 100
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")


def read(given: Input) -> DocumentResult:
    """Read a workbook."""
    items: list[RawItem] = []
    nothing: list[RawItem] = []
    problems: list[Problem] = []
    apart, bounds = Compartments(given.file), Bounds()
    with open_archive(given.path) as archive:
        book = open_book(archive, apart)
        left, room = MOST_CELLS, bounds.left
        for entry in book.sheets:
            sheet = _Sheet(given, book, entry, left, room, apart)
            place = Location(sheet=entry.name)
            apart.part(entry.part, place, partial(sheet.read, archive), None)
            left, room = left - len(sheet.grid.cells), sheet.room
            problems.extend(sheet.notices())
            items.extend(apart.one(place, partial(items_of, sheet.grid), nothing))
    items, encoding = convert(items)
    if encoding is not None:
        problems.append(given.problem("legacy-font", Severity.INFO, encoding=encoding.upper(), count=1))
    blocks = assemble(given.file, bounds.items(items), apart)
    problems += [*apart.told(), *bounds.problems(given)]
    document = Document(file=given.file, media_type=given.media_type, blocks=blocks)
    return DocumentResult(document=document, problems=tuple(problems))


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read."""

    given: Input
    book: Book
    entry: SheetEntry
    left: int
    room: int
    apart: Compartments
    grid: Grid = field(init=False)
    faults: list[Problem] = field(default_factory=list)
    more_faults: int = 0
    struck: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)
    row: int = -1
    column: int = -1
    cut: bool = False

    def __post_init__(self) -> None:
        self.grid = Grid(name=self.entry.name)

    def read(self, archive: Archive) -> None:
        """Read the cells, row by row; what was read is let go at once."""
        seen = 0
        data: Element | None = None
        with archive.stream(self.entry.part, _MOST_SHEET) as stream:
            for event, element in elements(stream):
                name = local(element.tag)
                if event == "start":
                    if name == "sheetData":
                        data = element
                    elif name == "row":
                        self._begin_row(element)
                    continue
                if name == "c":
                    seen += 1
                    if self.room < 0:
                        break  # which is told when the bounds of the whole document are
                    if len(self.grid.cells) >= self.left or seen > _MOST_ELEMENTS:
                        self.cut = True
                        break
                    place = Location(sheet=self.entry.name, cell=element.get("r"))
                    self.apart.one(place, partial(self._read_cell, element), None)
                elif name == "row" and data is not None:
                    data.clear()
                elif name == "mergeCell":
                    self._merge(element.get("ref", ""))
                elif name == "col":
                    self._note_hidden_columns(element)

    def notices(self) -> list[Problem]:
        """Return what is to be said of the sheet: cells that lack a value, what is hidden."""
        name = self.entry.name
        place = Location(file=self.given.file, sheet=name)
        notices = list(self.faults)

        def note(code: str, severity: Severity, **args: object) -> None:
            args |= {"sheet": name, "file": self.given.path.name}
            notices.append(Problem(code=f"document/{code}", location=place, severity=severity, args=args))

        if self.more_faults:
            note("more-cell-faults", Severity.WARNING, count=self.more_faults)
        if self.entry.hidden and self.grid.cells:
            note("hidden-sheet", Severity.INFO)
        if self.struck:
            shown = ", ".join(self.struck[:20]) + (" …" if len(self.struck) > 20 else "")
            note("struck-cells", Severity.INFO, cells=shown)
        if self.hidden_rows:
            filled = {cell.row + 1 for cell in self.grid.cells}
            rows = [row for row in self.hidden_rows if row in filled]
            if rows:
                note("hidden-rows", Severity.INFO, rows=_ranges(rows))
        if self.hidden_columns:
            note("hidden-columns", Severity.INFO, columns=", ".join(self.hidden_columns[:20]))
        if self.cut:
            note("too-many-cells", Severity.WARNING, most=MOST_CELLS, row=self.row + 1)
        return notices

    def _begin_row(self, element: Element) -> None:
        number = integer(element.get("r"))
        self.row = number - 1 if number else self.row + 1
        self.column = -1
        if element.get("hidden") in {"1", "true"} or element.get("ht") == "0":
            self.hidden_rows.append(self.row + 1)

    def _read_cell(self, element: Element) -> None:
        place = place_of(element.get("r", ""))
        self.row, self.column = place or (self.row, self.column + 1)
        formula = self._formula(element)
        value = child(element, "v")
        text = clipped(shown_text(element, self.book))
        name = f"{column_letters(self.column)}{self.row + 1}"
        # Programs that write formulas without working them out leave the value out, or blank.
        is_blank = value is None or (not value.text and element.get("t", "n") == "n")
        if formula is not None and is_blank and child(element, "is") is None:
            self._add_fault("no-cached-value", name, formula=clipped(formula)[:_LONGEST_SHOWN])
        elif formula is not None and self.book.is_stale and _is_figure(text):
            # Excel works it out anew when it opens the file; what is stored may be a placeholder.
            formula = clipped(formula)[:_LONGEST_SHOWN]
            self._add_fault("stale-value", name, formula=formula, value=text)
            return
        elif element.get("t") == "e":
            self._add_fault("cell-error", name, value=text)
        elif not is_readable(element, self.book):
            self._add_fault("cell-unreadable", name, value=clipped(stored_text(element))[:_LONGEST_SHOWN])
        if is_struck(element, self.book):
            self.struck.append(name)
            text = "" if self.book.is_style_struck(style_of(element)) else text
        if text.strip():
            self.room -= min(len(text), MOST_OF_ONE)
            self.grid.cells.append(
                RawCell(text=text, row=self.row, column=self.column, formula=formula, cell=name)
            )

    def _formula(self, element: Element) -> str | None:
        """Return the formula of a cell; cells that share one name it by a number."""
        found = child(element, "f")
        if found is None:
            return None
        text = found.text or ""
        if found.get("t") == "shared":
            key = found.get("si", "")
            text = text or self.shared.get(key, "")
            self.shared[key] = text
        return f"={text}"

    def _add_fault(self, code: str, cell: str, **args: object) -> None:
        if len(self.faults) >= _MOST_FAULTS:
            self.more_faults += 1
            return
        place = Location(file=self.given.file, sheet=self.entry.name, cell=cell, row=self.row + 1)
        args |= {"cell": cell, "sheet": self.entry.name, "file": self.given.path.name}
        self.faults.append(
            Problem(code=f"document/{code}", location=place, severity=Severity.WARNING, args=args)
        )

    def _merge(self, reference: str) -> None:
        """Note a merged area, by its top left corner."""
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last)
        if start and end:
            rows, columns = end[0] - start[0] + 1, end[1] - start[1] + 1
            self.grid.merged[start] = (min(rows, _MOST_SPAN), min(columns, _MOST_SPAN))

    def _note_hidden_columns(self, element: Element) -> None:
        if element.get("hidden") in {"1", "true"} or element.get("width") == "0":
            first, last = integer(element.get("min"), 1), integer(element.get("max"), 1)
            letters = column_letters(max(first, 1) - 1)
            end = column_letters(max(last, 1) - 1)
            self.hidden_columns.append(letters if letters == end else f"{letters}–{end}")


def shown_text(element: Element, book: Book) -> str:
    """Return what a cell shows."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        inline = child(element, "is")
        return "" if inline is None else text_of(inline)
    value = child(element, "v")
    if value is None:
        return ""
    stored = clipped(value.text or "")
    match kind:
        case "s":
            place = integer(stored, -1)
            return book.texts[place] if 0 <= place < len(book.texts) else ""
        case "n":
            style = style_of(element)
            code = book.formats[style] if style < len(book.formats) else "General"
            return number_format.shown(stored, code, from_1904=book.from_1904)
        case "b":
            return "TRUE" if stored == "1" else "FALSE"
        case "d":
            return number_format.day_of(stored)
        case _:
            return stored


def stored_text(element: Element) -> str:
    """Return what the file holds of a cell."""
    value = child(element, "v")
    return "" if value is None else value.text or ""


def is_readable(element: Element, book: Book) -> bool:
    """Whether a cell holds what its type says: a number within bounds, a text that is there."""
    value = child(element, "v")
    if value is None or not value.text:
        return True
    match element.get("t", "n"):
        case "s":
            return 0 <= integer(value.text.strip(), -1) < len(book.texts)
        case "n":
            return number_format.number_of(clipped(value.text)) is not None
        case _:
            return True


def is_struck(element: Element, book: Book) -> bool:
    """Whether a line is drawn through a cell, or through a part of its text."""
    if child(element, "v") is None and child(element, "is") is None:
        return False
    if book.is_style_struck(style_of(element)):
        return True
    value, inline = child(element, "v"), child(element, "is")
    if inline is not None:
        return has_struck(inline)
    is_shared = element.get("t") == "s" and value is not None
    return is_shared and integer(value.text if value is not None else None, -1) in book.struck_texts


def style_of(element: Element) -> int:
    """Return the number of the style of a cell."""
    return integer(element.get("s"))


def _is_figure(text: str) -> bool:
    """Whether a result is one that a calculation would change: a number, not words."""
    return any(sign.isdigit() for sign in text) and not any(sign.isalpha() for sign in text)


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as ``B12``, counted from 0."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1


def _ranges(rows: list[int]) -> str:
    """Return rising row numbers as ``3, 7–9``."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in parts]
    return ", ".join(shown[:20]) + (" …" if len(shown) > 20 else "")

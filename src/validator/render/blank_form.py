"""The empty cells of a form's tables: which there are, and the form with some of them filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.model.record import record
from validator.readers.compartment import Compartments
from validator.readers.docx import main_part
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import integer, local
from validator.readers.xlsx import place_of, shown_text
from validator.readers.xlsx_book import open_book
from validator.render.annotate_package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FEWEST_HEADS = 3
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@record
class Written:
    """What is put into a cell: a text, or in a workbook a number if it is one."""

    text: str
    is_number: bool = False


def filled_form(data: bytes, *, is_sheet: bool, texts: Mapping[int, Written] | None) -> tuple[bytes, int]:
    """Return the form with *texts* in its empty cells, by their numbers, and how many these are.

    Without *texts* each gets a number of its own (`marker`), by which it is known when the form is read.
    Raises Unreadable as readers do.
    """
    package = Package(data)
    cells: Iterator[_WordCell | _SheetCell] = _sheets(package) if is_sheet else _word(package)
    count = 0
    for at, cell in enumerate(cells):
        count += 1
        if texts is None:
            cell.write(Written(text=marker(at)))
        elif at in texts:
            cell.write(texts[at])
    if texts and is_sheet:
        _work_out_anew(package)
    return package.written(), count


def marker(at: int) -> str:
    """Return the number that stands for the empty cell number *at*; nobody writes such numbers."""
    return str(7_400_001 + at)


def marked(raw: str) -> int | None:
    """Return for which empty cell a figure stands that was read."""
    digits = "".join(filter(str.isdigit, raw))
    return int(digits) - 7_400_001 if digits.startswith("74") and len(digits) == len(marker(0)) else None


def _to_fill(grid: Mapping[int, Mapping[int, str]], columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the empty places of rows with words, in the columns of which most such rows have nothing."""
    rows = [row for row, cells in grid.items() if any(_LETTER.search(text) for text in cells.values())]
    for column in columns:
        empty = [row for row in rows if not grid[row].get(column)]
        if len(empty) > 1 and 3 * (len(rows) - len(empty)) <= len(rows):
            yield from ((row, column) for row in empty)


# Word


class _WordCell:
    """An empty cell of a table in Word."""

    def __init__(self, element: _Element, space: str) -> None:
        self._element, self._w = element, space

    def write(self, held: Written) -> None:
        """Write into its first paragraph, in the letters that its end is set in."""
        w = self._w
        paragraph = next(each for each in self._element if local(each.tag) == "p")
        run = etree.SubElement(paragraph, f"{{{w}}}r")
        set_in = paragraph.find(f"{{{w}}}pPr/{{{w}}}rPr")
        if set_in is not None:
            run.append(etree.fromstring(etree.tostring(set_in)))
        text = etree.SubElement(run, f"{{{w}}}t")
        text.set(_XML_SPACE, "preserve")
        text.text = held.text


def _word(package: Package) -> Iterator[_WordCell]:
    root = package.edited(main_part(package.archive))
    if root is None:
        raise Unreadable("damaged")
    for table in (each for each in root.iter() if local(each.tag) == "tbl"):
        yield from _word_table(table, etree.QName(root).namespace or "")


def _word_table(table: _Element, space: str) -> Iterator[_WordCell]:
    grid: dict[int, dict[int, str]] = {}
    cells: dict[tuple[int, int], _Element] = {}
    for row, line in enumerate(each for each in table if local(each.tag) == "tr"):
        column = 0
        for cell in (each for each in line if local(each.tag) == "tc"):
            span, follows = _shape(cell, space)
            has_paragraph = any(local(each.tag) == "p" for each in cell)
            is_free = has_paragraph and not follows
            text = "".join(each.text or "" for each in cell.iter() if local(each.tag) == "t").strip()
            grid.setdefault(row, {})[column] = text if is_free else text or "-"
            cells[row, column] = cell
            column += span
    width = max((column for _, column in cells), default=0) + 1
    for place in sorted(_to_fill(grid, range(width))):
        if place in cells:
            yield _WordCell(cells[place], space)


def _shape(cell: _Element, space: str) -> tuple[int, bool]:
    """Return over how many columns a cell goes, and whether it goes on from the one above."""
    w = space
    span = cell.find(f"{{{w}}}tcPr/{{{w}}}gridSpan")
    merged = cell.find(f"{{{w}}}tcPr/{{{w}}}vMerge")
    count = 1 if span is None else integer(str(span.get(f"{{{w}}}val") or "1"), 1)
    return max(1, count), merged is not None and merged.get(f"{{{w}}}val") != "restart"


# Excel


class _SheetCell:
    """An empty cell of a sheet, which may not be there yet."""

    def __init__(self, line: _Element, name: str, cell: _Element | None) -> None:
        self._line, self._name, self._cell = line, name, cell

    def write(self, held: Written) -> None:
        """Write a number or a text; how the cell looks stays."""
        space = etree.QName(self._line).namespace or ""
        cell = self._cell if self._cell is not None else self._new(space)
        for each in list(cell):
            cell.remove(each)
        if held.is_number and _NUMBER.fullmatch(held.text):
            cell.attrib.pop("t", "")
            etree.SubElement(cell, f"{{{space}}}v").text = held.text
            return
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
        text.set(_XML_SPACE, "preserve")
        text.text = held.text

    def _new(self, space: str) -> _Element:
        made = etree.Element(f"{{{space}}}c", r=self._name)
        column = (place_of(self._name) or (0, 0))[1]
        for at, each in enumerate(self._line):
            if (place_of(str(each.get("r", ""))) or (0, -1))[1] > column:
                self._line.insert(at, made)
                return made
        self._line.append(made)
        return made


def _sheets(package: Package) -> Iterator[_SheetCell]:
    book = open_book(package.archive, Compartments(""))
    for entry in book.sheets:
        root = package.edited(entry.part)
        if root is not None and not entry.hidden:
            yield from _sheet(root, book)


def _sheet(root: _Element, book: Any) -> Iterator[_SheetCell]:
    """Yield the empty cells below the first row of heads, as wide as that row."""
    grid: dict[int, dict[int, str]] = {}
    lines: dict[int, _Element] = {}
    cells: dict[tuple[int, int], _Element] = {}
    for line in (each for each in root.iter() if local(each.tag) == "row"):
        row = integer(str(line.get("r") or "0")) - 1
        lines[row] = line
        for cell in (each for each in line if local(each.tag) == "c"):
            place = place_of(str(cell.get("r", "")))
            if place is not None:
                has_formula = any(local(each.tag) == "f" for each in cell)
                text = shown_text(cast("Any", cell), book).strip()
                grid.setdefault(row, {})[place[1]] = text or ("=" if has_formula else "")
                cells[row, place[1]] = cell
    head = next(
        (row for row, held in sorted(grid.items()) if sum(map(bool, held.values())) >= _FEWEST_HEADS), None
    )
    if head is None:
        return
    columns = [column for column, text in grid[head].items() if text]
    below = {row: held for row, held in grid.items() if row >= head}
    covered = set(_covered(root))
    for row, column in sorted(_to_fill(below, range(min(columns), max(columns) + 1))):
        if (row, column) not in covered:
            name = f"{_letters(column)}{row + 1}"
            yield _SheetCell(lines[row], name, cells.get((row, column)))


def _covered(root: _Element) -> Iterator[tuple[int, int]]:
    """Yield the cells that lie under a merged one."""
    for each in root.iter():
        if local(each.tag) == "mergeCell":
            first, _, last = str(each.get("ref", "")).partition(":")
            start, end = place_of(first), place_of(last)
            if start and end and (end[0] - start[0]) * (end[1] - start[1] + 1) < 100_000:
                yield from (
                    (row, column)
                    for row in range(start[0], end[0] + 1)
                    for column in range(start[1], end[1] + 1)
                    if (row, column) != start
                )


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _work_out_anew(package: Package) -> None:
    """Ask for formulas to be worked out when the workbook is opened, if it has any: their results are old."""
    names = [name for name in package.names if name.startswith("xl/worksheets/sheet")]
    trees: Sequence[_Element] = [tree for name in names if (tree := package.tree(name)) is not None]
    if not any(local(each.tag) == "f" for tree in trees for each in tree.iter()):
        return
    root = package.edited("xl/workbook.xml")
    if root is None:
        return
    space = etree.QName(root).namespace or ""
    found = root.find(f"{{{space}}}calcPr")
    if found is None:
        found = etree.Element(f"{{{space}}}calcPr")
        before = [each for each in root if local(each.tag) in ("definedNames", "sheets")]
        before[-1].addnext(found)
    found.set("fullCalcOnLoad", "1")

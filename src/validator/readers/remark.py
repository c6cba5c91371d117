"""What people wrote into a sheet of figures, read back: found by hidden keys, wherever it was moved.

The sheet is one that this program wrote and somebody may have sorted, filtered, added columns to, and saved.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.model.record import evolve, record
from validator.model.remark import Remark, Remarks
from validator.readers.archive import MOST_PART, open_archive
from validator.readers.compartment import Compartments
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import child, elements, integer, local
from validator.readers.xlsx import place_of, shown_text
from validator.readers.xlsx_book import open_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from validator.readers.archive import Archive
    from validator.readers.xlsx_book import Book, SheetEntry

MARK = "validator-figures"
KEY_ROW, HEAD_ROW = 3, 4
UNIT_KEY, NAME_KEY, STATUS_KEY, REMARK_KEY, OTHER_KEY = "unit:", "name", "status", "remark", "other"
PLACES_KEY, LOOSE_KEY = "places", "loose"
_UNKEYED = "+"
_PROPERTIES, _TEXTS = "docProps/custom.xml", "xl/sharedStrings.xml"


@record
class Filled:
    """The remarks of each form's sheet by the name of the form.

    ``others`` are sheets that somebody added, ``broken`` those whose keys are gone; ``is_ours`` says that the
    file is a sheet of figures at all.
    """

    forms: Mapping[str, Remarks]
    others: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    is_ours: bool = True


def read_remarks(path: Path) -> Filled:
    """Return what people wrote into the workbook at *path*. Raises `Unreadable` if it is not whole."""
    forms: dict[str, Remarks] = {}
    others: list[str] = []
    broken: list[str] = []
    with open_archive(path) as archive:
        apart = Compartments(str(path))
        book = open_book(archive, apart)
        if apart.problems:
            raise Unreadable("damaged")
        texts = tuple(_texts(archive))
        is_marked = MARK.encode() in (archive.part(_PROPERTIES) or b"")
        for entry in book.sheets:
            sheet = _Sheet(book, texts)
            sheet.read(archive, entry)
            if sheet.form:
                forms[sheet.form] = sheet.remarks()
            elif sheet.is_grid:
                broken.append(entry.name)
            elif not sheet.is_ours and (sheet.is_filled or "worksheets/" not in entry.part):
                others.append(entry.name)
    is_ours = bool(forms) or is_marked
    return Filled(forms=forms, others=tuple(others), broken=tuple(broken), is_ours=is_ours)


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, book: Book, texts: tuple[str, ...]) -> None:
        self._book, self._texts = book, texts
        self.form, self.is_ours, self.is_filled, self.is_grid = "", False, False, False
        self._keys: dict[int, str] = {}
        self._others: dict[int, str] = {}
        self._rows: dict[str, Remark] = {}

    def read(self, archive: Archive, entry: SheetEntry) -> None:
        """Read the rows as far as they matter."""
        data: Element | None = None
        with archive.stream(entry.part, MOST_PART) as stream:
            for event, element in elements(stream):
                name = local(element.tag)
                if event == "start":
                    data = element if name == "sheetData" else data
                elif name == "row" and data is not None:
                    self._row(integer(element.get("r")) - 1, element)
                    data.clear()
                    if self.is_ours and not self.form:
                        return

    def _row(self, row: int, element: Element) -> None:
        if row == KEY_ROW:
            self._keys = {at: text for at, text in self._cells(element) if text}
            first = self._keys.get(min(self._keys, default=0), "")
            self.is_ours = first in (PLACES_KEY, LOOSE_KEY)
            form = next((key for key in self._keys.values() if key.startswith(UNIT_KEY)), "")
            is_whole = form and {STATUS_KEY, REMARK_KEY} <= set(self._keys.values())
            self.form = form.removeprefix(UNIT_KEY) if is_whole else ""
            self.is_grid = not self.form and bool(form or {STATUS_KEY, REMARK_KEY} & set(self._keys.values()))
        elif not self.form:
            self.is_filled = self.is_filled or any(text for _, text in self._cells(element))
        elif row == HEAD_ROW:
            heads = dict(self._cells(element))
            last = max(at for at, key in self._keys.items() if key in (STATUS_KEY, REMARK_KEY))
            self._others = {
                at: head
                for at, head in heads.items()
                if head and (self._keys.get(at) == OTHER_KEY or (at not in self._keys and at > last))
            }
        elif row > HEAD_ROW:
            self._remark(element)

    def _remark(self, element: Element) -> None:
        own = (NAME_KEY, STATUS_KEY, REMARK_KEY, f"{UNIT_KEY}{self.form}")
        wanted = {at: key for at, key in self._keys.items() if key in own}
        cells = {at: text for at, text in self._cells(element, {*wanted, *self._others}) if text}
        told = {key: cells.get(at, "") for at, key in wanted.items()}
        found = Remark(
            name=told.get(NAME_KEY, ""),
            status=told[STATUS_KEY],
            text=told[REMARK_KEY],
            others={head: cells[at] for at, head in self._others.items() if at in cells},
        )
        key = told[f"{UNIT_KEY}{self.form}"]
        if found.is_empty:
            return
        if not key or key in self._rows:  # a row that somebody added or copied
            key = f"{_UNKEYED}{len(self._rows) + 1}"
            while key in self._rows:
                key += _UNKEYED
        self._rows[key] = found

    def remarks(self) -> Remarks:
        """Return what was found."""
        return Remarks(rows=self._rows, columns=tuple(self._others.values()))

    def _cells(self, row: Element, wanted: set[int] | None = None) -> Iterator[tuple[int, str]]:
        column = -1
        for element in row:
            if local(element.tag) == "c":
                name = element.get("r", "").rstrip("0123456789")
                column = _column(name) if name else column + 1
                if wanted is None or column in wanted:
                    yield column, self._text(element).strip()

    def _text(self, element: Element) -> str:
        """Return what a cell holds, also what somebody has struck through."""
        kind, value = element.get("t", "n"), child(element, "v")
        if kind == "inlineStr":
            return _whole(element)
        if kind == "s" and value is not None:
            place = integer(value.text, -1)
            return self._texts[place] if 0 <= place < len(self._texts) else ""
        return shown_text(element, self._book)


@cache
def _column(letters: str) -> int:
    """Return the number of a column from 0, -1 for letters that are none."""
    found = place_of(f"{letters}1")
    return found[1] if found else -1


def _texts(archive: Archive) -> Iterator[str]:
    """Yield the texts that cells share, whole."""
    if _TEXTS not in archive.names:
        return
    with archive.stream(_TEXTS, MOST_PART) as stream:
        for event, element in elements(stream):
            if event == "end" and local(element.tag) == "si":
                yield _whole(element)
                element.clear()


def _whole(element: Element) -> str:
    """Return all text in an element but aids to reading."""
    if local(element.tag) == "t":
        return element.text or ""
    return "".join(_whole(each) for each in element if local(each.tag) not in ("rPh", "f", "v"))


def with_names(found: Remarks, keys: Mapping[str, str]) -> Remarks:
    """Return remarks under the keys that units have now, where a unit was known by its name before.

    *keys* are by name. A unit that has got an id since keeps what was written of it.
    """
    there = set(found.rows)
    rows = {}
    for key, remark in found.rows.items():
        now = keys.get(remark.name, key)
        is_moved = key not in keys.values() and now not in there and not key.startswith("#")
        rows[now if is_moved else key] = remark
    return evolve(found, rows=rows)

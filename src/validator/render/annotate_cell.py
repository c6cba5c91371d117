"""The places of a finding → the cells of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from validator.model.record import record
from validator.readers.safe_xml import integer, local
from validator.readers.sheet import column_letters
from validator.readers.xlsx import place_of, shown_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from validator.readers.xlsx_book import Book, SheetEntry
    from validator.render.annotate_package import Package
    from validator.render.annotate_plan import Spot

# How far down a row may go on that was read as one.
_MOST_ROWS_JOINED = 5


@record(kw_only=False)
class Anchor:
    """A cell: the part that holds its sheet, and its row and column, counted from 0."""

    part: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """The cell's name, such as ``D107``."""
        return f"{column_letters(self.column)}{self.row + 1}"


class Cells:
    """Finds cells by sheet and name; ``taken`` are those that cannot take a comment."""

    def __init__(self, package: Package, book: Book) -> None:
        self.taken: set[Anchor] = set()
        self._package = package
        self._book = book
        self._parts = {entry.name: entry.part for entry in reversed(book.sheets)}
        self._sheets: dict[str, dict[Anchor, _Element]] = {}

    def find(self, spot: Spot) -> Anchor | None:
        """Return the cell of *spot*, or None where there is none or it takes no comment."""
        place = spot.location
        part = self._parts.get(place.sheet or "")
        at = place_of(place.cell or "")
        if part is None or at is None or (anchor := Anchor(part, *at)) not in self.of(part):
            return None
        anchor = self._below(anchor, spot)
        return None if anchor in self.taken else anchor

    def of(self, part: str) -> dict[Anchor, _Element]:
        """Return the cells of a sheet in reading order."""
        if part not in self._sheets:
            self._sheets[part] = _cells(part, self._package.tree(part))
        return self._sheets[part]

    def has_grid(self, part: str) -> bool:
        """Whether a sheet has cells at all, which one that is a chart has not."""
        root = self._package.tree(part)
        return root is not None and any(local(each.tag) == "sheetData" for each in root)

    def text(self, anchor: Anchor) -> str:
        """Return what a cell shows, on one line."""
        element = self.of(anchor.part).get(anchor)
        return "" if element is None else " ".join(shown_text(cast("Any", element), self._book).split())

    def first(self, but: Collection[Anchor] = ()) -> Anchor | None:
        """Return the first filled cell that takes a comment, of a sheet that shows if there is one."""
        for entry in sorted(self._book.sheets, key=_is_hidden):
            for anchor in self.of(entry.part):
                if anchor not in self.taken and anchor not in but and self.text(anchor):
                    return anchor
        return None

    def _below(self, anchor: Anchor, spot: Spot) -> Anchor:
        """Return the cell further down that really holds the text, where rows were read as one."""
        raw, around = " ".join(spot.raw.split()), spot.location.excerpt or ""
        if not raw or raw in self.text(anchor):
            return anchor
        for step in range(1, _MOST_ROWS_JOINED):
            below = Anchor(anchor.part, anchor.row + step, anchor.column)
            text = self.text(below)
            if raw in text and (text in around or around.strip("…") in text):
                return below
        return anchor


def _cells(part: str, root: _Element | None) -> dict[Anchor, _Element]:
    """Return the cells of a sheet; those without a name follow the one before, as readers have it."""
    found: dict[Anchor, _Element] = {}
    row = -1
    for line in root.iter() if root is not None else ():
        if local(line.tag) != "row":
            continue
        number = integer(line.get("r"))
        row = number - 1 if number else row + 1
        column = -1
        for cell in line:
            if local(cell.tag) == "c":
                row, column = place_of(cell.get("r") or "") or (row, column + 1)
                found.setdefault(Anchor(part, row, column), cell)
    return found


def _is_hidden(entry: SheetEntry) -> bool:
    return entry.hidden

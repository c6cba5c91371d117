"""A workbook → a copy with cell comments and filled cells, made by changing its XML in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from validator.readers.compartment import Compartments
from validator.readers.reader import Unreadable
from validator.readers.xlsx_book import open_book
from validator.render.annotate_active import leave_out_what_acts
from validator.render.annotate_cell import Anchor, Cells
from validator.render.annotate_fill import Fills
from validator.render.annotate_note import SheetNotes
from validator.render.annotate_package import Package
from validator.render.annotate_plan import plan_comments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import FileResult
    from validator.readers.xlsx_book import Book
    from validator.render.annotate_words import Lines

_MAIN = "xl/workbook.xml"
_STYLES = "xl/styles.xml"


def annotate(
    data: bytes, result: FileResult, lang: str, *, keep_active: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """Return a copy of the workbook *data* with comments, and what was left out of it.

    Raises Unreadable as the reader does.
    """
    package = Package(data)
    left_out = () if keep_active else leave_out_what_acts(package, _MAIN)
    book = open_book(package.archive, Compartments(""))
    cells = Cells(package, book)
    sheets = {entry.part: SheetNotes(package, entry.part, lang) for entry in book.sheets}
    commented: set[Anchor] = set()
    obstacles: list[str] = []
    for part, sheet in sheets.items():
        obstacle = sheet.obstacle
        cells.taken |= sheet.threaded if obstacle is None else set(cells.of(part))
        obstacles += [] if obstacle is None else [obstacle]
        commented |= sheet.commented
    plan = plan_comments(result, lang, cells.find, left_out)
    notes = cast("dict[Anchor, tuple[Lines, ...]]", dict(plan.notes))
    _fill(package, cells, (*notes, *cast("tuple[Anchor, ...]", plan.marks)))
    first = _first(cells, commented, book)
    if first is None:
        raise Unreadable("damaged", part=(*obstacles, _MAIN)[0])
    notes[first] = (*plan.summary, *notes.get(first, ()))
    for part, sheet in sheets.items():
        own = {anchor: notes[anchor] for anchor in sorted(notes, key=_key) if anchor.part == part}
        root = package.edited(part) if own else None
        if root is not None:
            sheet.write(root, own)
    return package.written(), left_out


def _fill(package: Package, cells: Cells, anchors: Iterable[Anchor]) -> None:
    """Fill the cells of the findings, if the workbook has styles."""
    wanted = sorted(anchors, key=_key)
    root = package.edited(_STYLES) if wanted else None
    if root is None:
        return
    fills = Fills(root)
    for anchor in wanted:
        fills.fill(cells.of(anchor.part)[anchor])


def _first(cells: Cells, commented: set[Anchor], book: Book) -> Anchor | None:
    """Return the cell for the summary: the first filled one, rather one without a comment."""
    free = cells.first(commented) or cells.first()
    if free is not None:
        return free
    for entry in book.sheets:
        corner = Anchor(entry.part, 0, 0)
        if corner not in cells.taken and cells.has_grid(entry.part):
            return corner
    return None


def _key(anchor: Anchor) -> tuple[str, int, int]:
    return anchor.part, anchor.row, anchor.column

"""A document as a sequence of blocks, the same for every office format."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING

from validator.model.record import evolve, record

if TYPE_CHECKING:
    from validator.model.location import Location


class BlockKind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"


@record(kw_only=False)
class Anchor:
    """From ``offset`` in a block's text on, the text stands at this line, column or page."""

    offset: int
    line: int | None = None
    column: int | None = None
    page: int | None = None


@record
class Block:
    """A heading, paragraph, list item, footnote or text box.

    ``level`` is the depth of a heading or list item (1 is outermost); ``marker`` is its printed
    numbering or bullet (``2.1.``, ``a)``, ``+``), which ``text`` does not repeat. ``anchors``
    (by rising offset) say where parts of the text stand when that is not all in one place;
    ``location_at`` reads them.
    """

    kind: BlockKind
    text: str
    location: Location
    level: int = 0
    marker: str = ""
    anchors: tuple[Anchor, ...] = ()

    def location_at(self, start: int, end: int | None = None) -> Location:
        """Return the place of ``text[start:end]``, down to line and column where known."""
        found = bisect_right(self.anchors, start, key=lambda anchor: anchor.offset)
        if found == 0:
            return evolve(self.location, start=start, end=end)
        anchor = self.anchors[found - 1]
        column = None if anchor.column is None else anchor.column + start - anchor.offset
        width = None if end is None else end - start
        return evolve(
            self.location,
            line=anchor.line or self.location.line,
            page=anchor.page or self.location.page,
            column=column,
            end_column=None if column is None or width is None else column + width,
            start=start,
            end=end,
        )


@record
class TableCell:
    """One cell; ``row`` and ``column`` count from 0 and name its top left corner.

    ``text`` is what a reader of the page sees, numbers in the document's notation.
    ``formula`` is set when the value was computed by the office program.
    """

    text: str
    row: int
    column: int
    location: Location
    row_span: int = 1
    column_span: int = 1
    formula: str | None = None


@record
class Table:
    """A table: its cells in reading order, the count of its rows and columns, its title."""

    cells: tuple[TableCell, ...]
    rows: int
    columns: int
    location: Location
    title: str | None = None
    header_rows: tuple[int, ...] = ()


@record
class Document:
    """What a reader found in a file, in reading order; ``media_type`` is the format read."""

    file: str
    media_type: str
    blocks: tuple[Block | Table, ...]

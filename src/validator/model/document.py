"""A document as a sequence of blocks, the same for every office format."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.location import Location


class BlockKind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"


@record
class Block:
    """A heading, paragraph, list item, footnote or text box.

    ``level`` is the depth of a heading or list item (1 is outermost); ``marker`` is its printed
    numbering or bullet (``2.1.``, ``a)``, ``+``), which ``text`` does not repeat.
    """

    kind: BlockKind
    text: str
    location: Location
    level: int = 0
    marker: str = ""


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

"""What a format's reader hands to the assembly: paragraphs and tables without structure yet."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.document import Anchor, BlockKind, Seen


@dataclass(slots=True, kw_only=True)
class RawParagraph:
    """A paragraph as the file has it; hints are set only where the format knows them.

    ``heading`` is the level that a style gives (0: none), ``marker`` an automatic numbering that
    the text does not hold, ``indent`` the depth of a list item, ``strong`` and ``centred`` say
    how the whole paragraph is set. ``after_page_break`` allows to join it to the one before.
    ``sources`` counts the paragraphs of the file that it was made of, where a format keeps count.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()
    kind: BlockKind | None = None
    heading: int = 0
    marker: str = ""
    indent: int = 0
    strong: bool = False
    centred: bool = False
    after_page_break: bool = False
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(slots=True, kw_only=True)
class RawCell:
    """A cell at its top left corner, counted from 0; place parts are set where known."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    formula: str | None = None
    page: int | None = None
    line: int | None = None
    text_column: int | None = None
    cell: str | None = None
    sources: tuple[int, ...] = ()
    seen: tuple[Seen, ...] = ()


@dataclass(slots=True, kw_only=True)
class RawTable:
    """Cells in reading order; ``header_rows`` holds the rows that the file itself calls so.

    ``broken_before`` names the rows before which a page ended, so that a row may go on there.
    """

    cells: list[RawCell]
    header_rows: tuple[int, ...] = ()
    broken_before: frozenset[int] = frozenset()
    title: str | None = None
    sheet: str | None = None
    page: int | None = None
    first_row: int = 1


RawItem = RawParagraph | RawTable

"""A document as a sequence of blocks, the same for every office format."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.location import Box, Location


_BEFORE, _AFTER, _LONGEST_QUOTE = 24, 16, 45
"""How many characters around a figure are quoted, and how many of a long stretch."""


class BlockKind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"


@record(kw_only=False)
class Seen:
    """A figure as recognised in a picture: its letters there, box, confidence, and whether it is in doubt.

    ``box`` is left, bottom, right and top in points from the lower left corner of the page;
    ``confidence`` is per cent. ``other`` is what a second look read where the two differ. ``line`` is the
    line of the page, counted from the top.
    """

    text: str
    box: Box
    confidence: int
    doubt: bool = False
    other: str = ""
    line: int | None = None


@record(kw_only=False)
class Anchor:
    """From ``offset`` in a block's text on, the text stands at this line, column or page.

    With ``seen`` it is a figure that was recognised in a picture, and its letters alone are meant.
    """

    offset: int
    line: int | None = None
    column: int | None = None
    page: int | None = None
    seen: Seen | None = None


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
        quote = words_around(self.text, start, end)
        if not self.anchors:
            return evolve(self.location, start=start, end=end, quote=quote)
        found = bisect_right(self.anchors, start, key=lambda anchor: anchor.offset)
        anchor = self.anchors[found - 1] if found else Anchor(0)
        column = None if anchor.column is None else anchor.column + start - anchor.offset
        width = None if end is None else end - start
        place = evolve(
            self.location,
            line=anchor.line or self.location.line,
            page=anchor.page or self.location.page,
            column=column if found else self.location.column,
            end_column=None if column is None or width is None else column + width,
            start=start,
            end=end,
            quote=quote,
        )
        if end is None:
            return place
        return seen_at(place, list(self._figures(max(0, found - 1), start, end)))

    def _figures(self, first: int, start: int, end: int) -> Iterator[Seen]:
        """Yield the recognised figures that stand in ``text[start:end]``."""
        for anchor in islice(self.anchors, first, None):
            if anchor.offset >= end:
                break
            if anchor.seen is not None and anchor.offset + len(anchor.seen.text) > start:
                yield anchor.seen

    @property
    def is_doubtful(self) -> bool:
        """Whether a figure in the text may have been misread."""
        return any(anchor.seen is not None and anchor.seen.doubt for anchor in self.anchors)

    @property
    def sure_text(self) -> str:
        """The text with what may have been misread blotted out, letter by letter."""
        text = self.text
        for anchor in self.anchors:
            if anchor.seen is not None and anchor.seen.doubt:
                end = min(len(text), anchor.offset + len(anchor.seen.text))
                text = text[: anchor.offset] + "□" * (end - anchor.offset) + text[end:]
        return text

    @property
    def line_starts(self) -> tuple[int, ...]:
        """Where lines and pages begin in the text, as far as that is known."""
        return tuple(anchor.offset for anchor in self.anchors if anchor.seen is None)


def words_around(text: str, start: int, end: int | None = None) -> str | None:
    """Return ``text[start:end]`` with a few words around it, as it stands there; None where there is nothing.

    A long stretch is quoted by its beginning. Word finds no more than 255 characters.
    """
    stop = min(start + _LONGEST_QUOTE, len(text) if end is None else max(end, start + 1))
    first = max(0, start - _BEFORE)
    if first:
        first = text.rfind(" ", 0, first + 1) + 1 if text[first] != " " else first + 1
    last = min(len(text), stop + _AFTER)
    if last < len(text) and text[last] != " ":
        last = max(stop, text.rfind(" ", stop, last))
    line = text.rfind("\n", first, start) + 1
    words = text[max(first, line) : last].partition("\n")[0].strip(" \t,;.")
    return words or None


def seen_at(place: Location, figures: Sequence[Seen]) -> Location:
    """Return *place* with the box around the recognised *figures*, the least confidence, and any doubt."""
    if not figures:
        return place
    left, bottom, right, top = zip(*(each.box for each in figures), strict=True)
    return evolve(
        place,
        page_line=min((each.line for each in figures if each.line is not None), default=None),
        box=(min(left), min(bottom), max(right), max(top)),
        confidence=min(each.confidence for each in figures),
        doubt=any(each.doubt for each in figures) or None,
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

    @property
    def surely_read(self) -> Document:
        """The document without the figures of its running text that may have been misread."""
        doubtful = any(isinstance(each, Block) and each.is_doubtful for each in self.blocks)
        if not doubtful:
            return self
        blocks = tuple(
            evolve(each, text=each.sure_text) if isinstance(each, Block) and each.anchors else each
            for each in self.blocks
        )
        return evolve(self, blocks=blocks)

"""Where the figures of findings stand in the text: the piece, and the characters in it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from validator.binding.found import excerpt
from validator.model.document import Block
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.location import Location
    from validator.render.review_page.passage import Passage, Piece

# Beyond these a text is no report of ours, and looking closer would take too long.
_LONGEST_FIGURE, _LONGEST_TEXT, _MOST_PLACES = 200, 100_000, 200
_Key = tuple[object, ...]


@record(kw_only=False)
class Spot:
    """Characters of a piece, by passage and piece; an empty spot at 0 means all of the piece."""

    passage: int
    piece: int
    start: int = 0
    end: int = 0


class Locator:
    """Finds places of one document."""

    def __init__(self, found: tuple[Passage, ...], file: str) -> None:
        self._passages = found
        self._file = file
        self._index: dict[_Key, tuple[int, int]] = {}
        for number, passage in enumerate(found):
            for at, piece in enumerate(passage.pieces):
                for key in _names(piece):
                    self._index.setdefault(key, (number, at))

    def find(self, location: Location, raw: str) -> Spot | None:
        """Where the text *raw* at *location* stands: exactly, else the piece, None if it is elsewhere."""
        if location.file and location.file != self._file:
            return None
        where = next((self._index[key] for key in _keys(location) if key in self._index), None)
        if where is None:
            return None
        start, end = _within(self._passages[where[0]].pieces[where[1]], location, raw)
        return Spot(*where, start, end)


def _keys(location: Location) -> Iterable[_Key]:
    """The names of a place, the most certain first."""
    if location.cell:
        yield ("cell", location.sheet, location.cell)
    if location.row is not None:
        yield ("row", location.sheet, location.table, location.row, location.column_name)
    if location.paragraph is not None and location.row is None:
        yield ("paragraph", location.sheet, location.paragraph)
    if location.line is not None:
        yield ("line", location.line)
    if location.row is not None:
        yield ("row", location.sheet, location.table, location.row, None)


def _names(piece: Piece) -> Iterable[_Key]:
    """What a piece answers to: its own place, each line it has, the row it opens."""
    yield from _keys(piece.location)
    if piece.location.row is not None:
        yield ("row", piece.location.sheet, piece.location.table, piece.location.row, None)
    if isinstance(piece.source, Block):
        yield from (("line", anchor.line) for anchor in piece.source.anchors if anchor.line is not None)


def _within(piece: Piece, location: Location, raw: str) -> tuple[int, int]:
    """The characters of *raw* in a piece; (0, 0) if it cannot be told which they are."""
    column = _column_offset(piece, location)
    end = None if column is None else _end(piece, location, raw, column)
    if column is not None and end is not None:
        return column, end
    places = _occurrences(piece.text, raw)
    quoted = [span for span in places if excerpt(piece.text, *span) == location.excerpt]
    for found in (quoted, places):
        if len(found) == 1:
            return found[0]
    return 0, 0


def _column_offset(piece: Piece, location: Location) -> int | None:
    """Where a line and column are in a piece's text."""
    if location.line is None or location.column is None:
        return None
    if piece.source is None:
        return location.column - 1
    for anchor in piece.source.anchors if isinstance(piece.source, Block) else ():
        if anchor.line == location.line and anchor.column is not None and anchor.column <= location.column:
            return anchor.offset + location.column - anchor.column
    return None


def _end(piece: Piece, location: Location, raw: str, start: int) -> int | None:
    """Where a figure ends that starts at *start*, None if it is not what stands there."""
    text = piece.text
    if not 0 <= start < len(text):
        return None
    if raw and text.startswith(raw, start):
        return start + len(raw)
    # A quoted value is written with its quotation marks.
    if location.end_column is not None and location.column is not None and piece.source is None:
        return min(len(text), max(start + 1, location.end_column - 1))
    return None


def _occurrences(text: str, raw: str) -> list[tuple[int, int]]:
    """Where *raw* stands as a whole number or word, however it is spaced."""
    if not raw.strip() or len(raw) > _LONGEST_FIGURE or len(text) > _LONGEST_TEXT:
        return []
    words = r"\s+".join(map(re.escape, raw.split()))
    found = re.finditer(rf"(?<![\w])(?<!\d[.,]){words}(?!\w)(?![.,]\d)", text)
    return [match.span() for match in islice(found, _MOST_PLACES)]

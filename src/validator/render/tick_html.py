"""The text of any document as a page that needs nothing else, with a tick mark at every figure."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.document import Block
from validator.model.record import record
from validator.render.page import environment, policy
from validator.render.review_page.passage import passages_of
from validator.render.tick_words import MOST_TIES, TickWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.document import Document, Table, TableCell
    from validator.model.tick import Tick, TickKind, Ticks
    from validator.render.review_page.passage import Passage, Piece

_FOLDER = Path(__file__).resolve().parent / "tick_page"
_MOST_LINKS = 5
_WIDEST = 200


@record
class Mark:
    """A figure on the page: its number, kind and words, and the comparisons that it leads to."""

    id: str
    kind: TickKind
    words: str
    ties: tuple[int, ...]
    more: int = 0


@record(kw_only=False)
class Segment:
    """Text that is a figure, or is none."""

    text: str
    mark: Mark | None = None


@record
class Cell:
    """A cell of a table, or what is blank between cells."""

    segments: tuple[Segment, ...] = ()
    is_header: bool = False
    rows: int = 1
    columns: int = 1


@record
class Part:
    """A block, or a table with its rows."""

    kind: str
    marker: str = ""
    segments: tuple[Segment, ...] = ()
    caption: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()


@record
class Shown:
    """A document on the page; ids of its figures and comparisons begin with a ``prefix`` of their own."""

    words: TickWords
    prefix: str
    parts: tuple[Part, ...]
    ties: tuple[tuple[int, TickKind, str, str, tuple[tuple[str, str], ...]], ...]


def tick_html(ticks: Ticks, lang: str) -> str:
    """Return the page, with the appendices below. What documents hold is shown as text, whatever it is."""
    every = enumerate((ticks, *ticks.beside))
    pages = tuple(_shown(each, f"d{at}-" if at else "", lang) for at, each in every)
    style = _style()
    template = environment(_FOLDER, longest=None).get_template("page.html.j2")
    return template.render(pages=pages, words=pages[0].words, lang=lang, style=style, policy=policy(style))


def _shown(ticks: Ticks, prefix: str, lang: str) -> Shown:
    words = TickWords(ticks, lang)
    links = [
        tuple((f"{prefix}f{at}", ticks.figures[at].text) for at in tie.figures)
        for tie in ticks.ties[:MOST_TIES]
    ]
    ties = tuple(
        (number, kind, what, figures, links[number])
        for number, (kind, what, figures) in enumerate(words.ties())
    )
    parts = tuple(_parts(ticks.document, _Marker(ticks, words, prefix)))
    return Shown(words=words, prefix=prefix, parts=parts, ties=ties)


class _Marker:
    """Cuts texts along the figures in them."""

    def __init__(self, ticks: Ticks, words: TickWords, prefix: str) -> None:
        self._words, self._prefix = words, prefix
        self._by_block: dict[object, list[tuple[int, Tick]]] = {}
        for number, each in enumerate(ticks.figures):
            self._by_block.setdefault(each.location.block, []).append((number, each))

    def segments(self, piece: Piece) -> tuple[Segment, ...]:
        """Return the text of a block or cell, figures apart; of two that are one block the first has them."""
        return tuple(self._cut(piece.text, self._by_block.pop(piece.location.block, [])))

    def _cut(self, text: str, found: Iterable[tuple[int, Tick]]) -> Iterator[Segment]:
        at = 0
        for number, each in found:
            place = each.location
            start = 0 if place.start is None else place.start
            end = len(text) if place.end is None else place.end
            if start > at:
                yield Segment(text[at:start])
            if end > start:
                yield Segment(text[start:end], self._mark(number, each))
            at = max(at, end)
        if at < len(text):
            yield Segment(text[at:])

    def _mark(self, number: int, found: Tick) -> Mark:
        shown = tuple(each for each in found.comparisons if each < MOST_TIES)[:_MOST_LINKS]
        more = len(found.comparisons) - len(shown)
        words = self._words.told(found)
        return Mark(id=f"{self._prefix}f{number}", kind=found.kind, words=words, ties=shown, more=more)


def _parts(document: Document, marker: _Marker) -> Iterator[Part]:
    for _, group in groupby(passages_of(document), key=lambda each: id(each.table)):
        members = list(group)
        table = members[0].table
        if table is not None:
            yield _table(table, members, marker)
            continue
        for passage in members:
            piece = passage.pieces[0]
            if isinstance(piece.source, Block):
                kind, marker_text = piece.source.kind.value, piece.source.marker
                yield Part(kind=kind, marker=marker_text, segments=marker.segments(piece))


def _table(table: Table, members: list[Passage], marker: _Marker) -> Part:
    numbers = [passage.row for passage in members]
    taken: dict[int, int] = {}
    rows = tuple(tuple(_cells(passage, numbers, taken, marker)) for passage in members)
    return Part(kind="table", caption=table.title or table.location.sheet or "", rows=rows)


def _cells(passage: Passage, numbers: list[int], taken: dict[int, int], marker: _Marker) -> Iterator[Cell]:
    """Yield the cells of a row; *taken* tells up to which row a column is covered from above."""
    at = 0
    for piece in passage.pieces:
        cell: TableCell | Block | None = piece.source
        if cell is None or isinstance(cell, Block):
            continue
        yield from _blank(range(at, min(cell.column, at + _WIDEST)), passage.row, taken)
        last = cell.row + cell.row_span
        height = max(1, bisect_left(numbers, last) - bisect_left(numbers, cell.row))
        width = min(max(1, cell.column_span), _WIDEST)
        if height > 1:
            taken.update(dict.fromkeys(range(cell.column, cell.column + width), last))
        yield Cell(segments=marker.segments(piece), is_header=passage.is_header, rows=height, columns=width)
        at = cell.column + width
    width = 0 if passage.table is None else passage.table.columns
    yield from _blank(range(at, min(width, at + _WIDEST)), passage.row, taken)


def _blank(columns: range, row: int, taken: Mapping[int, int]) -> Iterator[Cell]:
    yield from (Cell() for column in columns if taken.get(column, 0) <= row)


@cache
def _style() -> str:
    return (_FOLDER / "page.css").read_text(encoding="utf-8")

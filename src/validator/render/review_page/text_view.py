"""The text of a unit as the page shows it: paragraphs, tables, lines, gaps, and the marks in them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING

from validator.model.document import Block, TableCell
from validator.model.record import evolve, field, record
from validator.render.review_page.marking import Mark, PieceKey, Segment, segments
from validator.render.review_page.selection import selected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.render.review_page.passage import Passage

_MOST_BLANK = 200
_Numbered = tuple[int, "Passage"]


@record
class TextCell:
    """A cell; one without segments is blank. ``whole`` is the mark of the cell as a whole."""

    segments: tuple[Segment, ...] = ()
    whole: Mark | None = None
    is_header: bool = False
    rows: int = 1
    columns: int = 1


@record
class TextRow:
    """A row of a table, or ``left_out`` rows that are not shown."""

    cells: tuple[TextCell, ...] = ()
    left_out: int = 0


@record
class Part:
    """One thing below the other; ``kind`` is that of a block, ``line``, ``table`` or ``gap``."""

    kind: str
    marker: str = ""
    level: int = 0
    segments: tuple[Segment, ...] = ()
    whole: Mark | None = None
    caption: str = ""
    head: tuple[TextRow, ...] = ()
    rows: tuple[TextRow, ...] = ()
    columns: int = 0
    left_out: int = 0


@record
class TextView:
    """The parts of a text, its marks with their ids, and how many passages are not shown."""

    parts: tuple[Part, ...] = ()
    marks: Mapping[PieceKey, tuple[Mark, ...]] = field(default_factory=dict)
    left_out: int = 0


def text_view(
    found: Sequence[Passage], marks: Mapping[PieceKey, tuple[Mark, ...]], most: int, prefix: str
) -> TextView:
    """Show at most about *most* characters of the passages; the ids of marks begin with *prefix*."""
    shown = selected(found, {passage for passage, _ in marks}, most)
    named = _named({key: each for key, each in marks.items() if key[0] in shown}, prefix)
    parts: list[Part] = []
    for _, group in groupby(enumerate(found), key=lambda each: id(each[1].table)):
        members = list(group)
        if members[0][1].table is None:
            parts += _texts(members, shown, named)
        elif any(number in shown for number, _ in members):
            parts.append(_table(members, shown, named))
        else:
            parts.append(Part(kind="gap", left_out=len(members)))
    return TextView(parts=tuple(_joined(parts)), marks=named, left_out=len(found) - len(shown))


def _named(marks: Mapping[PieceKey, tuple[Mark, ...]], prefix: str) -> dict[PieceKey, tuple[Mark, ...]]:
    """The marks with ids in reading order."""
    named: dict[PieceKey, tuple[Mark, ...]] = {}
    count = 0
    for key in sorted(marks):
        ids = range(count + 1, count + 1 + len(marks[key]))
        named[key] = tuple(
            evolve(mark, id=f"{prefix}{number}") for number, mark in zip(ids, marks[key], strict=True)
        )
        count += len(marks[key])
    return named


def _joined(parts: list[Part]) -> Iterator[Part]:
    """The parts with gaps that follow each other made one."""
    for is_gap, group in groupby(parts, key=lambda part: part.kind == "gap"):
        if is_gap:
            yield Part(kind="gap", left_out=sum(part.left_out for part in group))
        else:
            yield from group


def _texts(
    members: list[_Numbered], shown: frozenset[int], marks: Mapping[PieceKey, tuple[Mark, ...]]
) -> Iterator[Part]:
    for number, passage in members:
        if number not in shown:
            yield Part(kind="gap", left_out=1)
            continue
        piece, found = passage.pieces[0], marks.get((number, 0), ())
        body = tuple(segments(piece.text, found))
        if isinstance(piece.source, Block):
            yield Part(
                kind=piece.source.kind.value,
                marker=piece.source.marker,
                level=piece.source.level,
                segments=body,
                whole=_whole(found),
            )
        else:
            line = str(piece.location.line)
            yield Part(kind="line", marker=line, segments=body, whole=_whole(found))


def _whole(marks: tuple[Mark, ...]) -> Mark | None:
    return next((mark for mark in marks if mark.end == 0), None)


def _table(
    members: list[_Numbered], shown: frozenset[int], marks: Mapping[PieceKey, tuple[Mark, ...]]
) -> Part:
    """A table; where rows are left out, cells that reach over several rows stand in their first only."""
    table = members[0][1].table
    numbers = [passage.row for _, passage in members]
    is_complete = all(number in shown for number, _ in members)
    taken: dict[int, int] = {}
    rows: list[tuple[bool, TextRow]] = []
    for is_shown, group in groupby(members, key=lambda each: each[0] in shown):
        if not is_shown:
            rows.append((False, TextRow(left_out=len(list(group)))))
            continue
        for number, passage in group:
            cells = tuple(_cells(number, passage, numbers if is_complete else [], taken, marks))
            rows.append((passage.is_header, TextRow(cells=cells)))
    leading = next((at for at, (is_header, _) in enumerate(rows) if not is_header), len(rows))
    if leading == len(rows):
        leading = 0
    columns = max(
        (sum(cell.columns for cell in row.cells) for _, row in rows if row.cells),
        default=1,
    )
    return Part(
        kind="table",
        caption=(table and (table.title or table.location.sheet)) or "",
        head=tuple(row for _, row in rows[:leading]),
        rows=tuple(row for _, row in rows[leading:]),
        columns=columns,
    )


def _cells(
    number: int,
    passage: Passage,
    rows: list[int],
    taken: dict[int, int],
    marks: Mapping[PieceKey, tuple[Mark, ...]],
) -> Iterator[TextCell]:
    """The cells of a row; *taken* tells up to which row a column is covered from above."""
    at = 0
    for index, piece in enumerate(passage.pieces):
        cell, found = piece.source, marks.get((number, index), ())
        if not isinstance(cell, TableCell):
            continue
        yield from _blank(range(at, min(cell.column, at + _MOST_BLANK)), passage.row, taken)
        last = cell.row + cell.row_span
        height = bisect_left(rows, last) - bisect_left(rows, cell.row) if rows else 1
        width = min(max(1, cell.column_span), _MOST_BLANK)
        if height > 1:
            taken.update(dict.fromkeys(range(cell.column, cell.column + width), last))
        yield TextCell(
            segments=tuple(segments(piece.text, found)),
            whole=_whole(found),
            is_header=passage.is_header,
            rows=max(1, height),
            columns=width,
        )
        at = cell.column + width
    if passage.table is not None:
        yield from _blank(range(at, min(passage.table.columns, at + _MOST_BLANK)), passage.row, taken)


def _blank(columns: range, row: int, taken: Mapping[int, int]) -> Iterator[TextCell]:
    """Blank cells for the columns that nothing covers."""
    for is_free, group in groupby(columns, key=lambda column: taken.get(column, 0) <= row):
        if is_free:
            yield TextCell(columns=len(list(group)))

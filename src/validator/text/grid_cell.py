"""Tables that were flattened to one cell a line: header lines, then a label and its figures, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Block
from validator.model.record import evolve
from validator.text.grid import Grid, column_of, row_of
from validator.text.mention import Mention, MentionKind, Reading
from validator.text.row_code import split_code
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.text.grid import Column
    from validator.text.passage import Passage
    from validator.text.role import RoleBook
    from validator.text.vocabulary import Lexicon

_LEAST_ROWS, _LEAST_COLUMNS, _MOST_COLUMNS = 2, 2, 20
_LONGEST = 80
_ENDS = (".", ":", ";", ",")


def grid_of_cells(
    passages: Sequence[Passage],
    readings: Mapping[int, Reading],
    start: int,
    book: RoleBook,
    lexicon: Lexicon,
) -> tuple[Grid, int] | None:
    """The table whose first row has its label at *start*, and where the text goes on; None if there is none.

    Each row is a label and as many lines of one figure as there are header lines after the first.
    """
    width = _count_bare(passages, readings, start + 1)
    if not _LEAST_COLUMNS <= width <= _MOST_COLUMNS or not _is_label(passages[start], readings.get(start)):
        return None
    header = range(start - width, start)
    if header.start < 1 or not all(
        _is_label(passages[at], readings.get(at)) for at in (*header, start - width - 1)
    ):
        return None
    end = start
    while _is_row(passages, readings, end, width):
        end += width + 1
    if end - start < _LEAST_ROWS * (width + 1):
        return None
    columns = tuple(
        column_of(column, [passages[at].text], 1, 0, book, lexicon) for column, at in enumerate(header)
    )
    rows = []
    for at in range(start, end, width + 1):
        code, label = split_code(passages[at].text)
        held = {
            column.index: figure
            for column in columns
            if (figure := figure_at(readings[at + 1 + column.index], 0, column)) is not None
        }
        rows.append(row_of(label, code, (), held, (), book, lexicon))
    return Grid(columns=columns, rows=tuple(rows)), end


def figure_at(reading: Reading, place: int, column: Column) -> Mention | None:
    """The figure at a token of a line that was a cell, as its column has it."""
    mention = next((m for m in reading.mentions if m.first == place), None) or _plain(reading, place)
    if mention is None:
        return None
    if column.kind == "share":
        mention = evolve(mention, kind=MentionKind.PERCENT, is_quantity=False)
    elif mention.kind is MentionKind.NAME:
        mention = evolve(mention, kind=MentionKind.COUNT, is_quantity=True)
    return evolve(mention, unit="", group="", unit_is_near=False, role="")


def _plain(reading: Reading, place: int) -> Mention | None:
    token = reading.tokens[place]
    if token.numeral is None:
        return None
    return Mention(
        passage=reading.index,
        first=place,
        last=place + 1,
        start=token.start,
        end=token.end,
        kind=MentionKind.COUNT,
        is_quantity=True,
        value=token.numeral.value,
        amount=token.numeral.value,
        decimals=token.numeral.decimals,
        text=token.text,
    )


def _is_row(passages: Sequence[Passage], readings: Mapping[int, Reading], at: int, width: int) -> bool:
    if at >= len(passages) or not _is_label(passages[at], readings.get(at)):
        return False
    return _count_bare(passages, readings, at + 1) == width


def _count_bare(passages: Sequence[Passage], readings: Mapping[int, Reading], at: int) -> int:
    count = 0
    while at + count < len(passages) and count <= _MOST_COLUMNS and _is_bare(readings.get(at + count)):
        count += 1
    return count


def _is_bare(reading: Reading | None) -> bool:
    """Whether a line is one figure, and nothing else but a sign for per cent."""
    if reading is None or not 1 <= len(reading.tokens) <= 2 or not isinstance(reading.passage.source, Block):
        return False
    first, *rest = reading.tokens
    return first.kind is TokenKind.NUMBER and all(token.key == "%" for token in rest)


def _is_label(passage: Passage, reading: Reading | None) -> bool:
    """Whether a line may be the label of a row or a column: short, no sentence, no item, no figure alone."""
    text = passage.text.rstrip()
    plain = bool(text) and len(text) <= _LONGEST and not text.endswith(_ENDS) and not passage.marker
    return plain and isinstance(passage.source, Block) and not _is_bare(reading)

"""Tables of a document in order, with those that were flattened to lines of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.document import Table, TableCell
from validator.text.grid import Grid, column_of, grid_of_table, row_of
from validator.text.grid_cell import figure_at, grid_of_cells
from validator.text.row_code import split_code
from validator.text.token import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.text.mention import Mention, Reading
    from validator.text.passage import Passage
    from validator.text.role import RoleBook
    from validator.text.vocabulary import Lexicon

_LEAST_LINES = 2


def grids_of(
    passages: Sequence[Passage],
    readings: Mapping[int, Reading],
    cells: Mapping[int, Reading],
    book: RoleBook,
    lexicon: Lexicon,
) -> Iterator[Grid]:
    """Yield the tables of a document in order, the flattened ones among them."""
    index, count = 0, len(passages)
    while index < count:
        passage = passages[index]
        if isinstance(passage.source, Table):
            end = index + 1
            while end < count and isinstance(passages[end].source, TableCell):
                end += 1
            grid = grid_of_table(
                passage.source, range(index + 1, end), passages, readings, cells, book, lexicon
            )
            if grid is not None:
                yield grid
            index = end
            continue
        one_a_line = grid_of_cells(passages, readings, index, book, lexicon)
        if one_a_line is not None:
            grid, index = one_a_line
            yield grid
            continue
        end = index
        while end < count and _is_line(passages[end], readings.get(end)):
            end += 1
        if end - index >= 1:
            grid = _grid_of_lines(passages, readings, index, end, book, lexicon)
            if grid is not None:
                yield grid
        index = max(end, index + 1)


# ── tables flattened to lines ────────────────────────────────────────────────────────────────────


def _is_line(passage: Passage, reading: Reading | None) -> bool:
    """Whether a passage is a label and two or more bare figures: a row that lost its table."""
    if reading is None or passage.marker or len(reading.tokens) > 60:
        return False
    figures = _line_figures(reading)
    return len(figures) >= 2


def _line_figures(reading: Reading) -> list[int]:
    """The tokens of the figures that end a line, nothing but figures among them."""
    tokens = reading.tokens
    start = len(tokens)
    while start and (tokens[start - 1].kind is TokenKind.NUMBER or tokens[start - 1].key in {"%", "-", "–"}):
        start -= 1
    if start == len(tokens) or start == 0:
        return []
    if any(token.kind is TokenKind.MARK and token.key in {":", ";"} for token in tokens[:start]):
        return []
    return [at for at in range(start, len(tokens)) if tokens[at].kind is TokenKind.NUMBER]


def _grid_of_lines(
    passages: Sequence[Passage],
    readings: Mapping[int, Reading],
    start: int,
    end: int,
    book: RoleBook,
    lexicon: Lexicon,
) -> Grid | None:
    counts = [len(_line_figures(readings[at])) for at in range(start, end)]
    width = max(set(counts), key=counts.count)
    # A label may end in a number of its own: "Grade 2   940   940   0".
    fits = (width, width + 1) if width > _LEAST_LINES else (width,)
    rows_at = [at for at, count in zip(range(start, end), counts, strict=True) if count in fits]
    labels = _header(passages[start - 1].text if start else "", width)
    if labels is None and len(rows_at) <= _LEAST_LINES:
        return None
    width = len(labels) if labels else width
    columns = tuple(
        column_of(index, [labels[index]] if labels else [], 1, 0, book, lexicon) for index in range(width)
    )
    rows = []
    for at in rows_at:
        reading = readings[at]
        places = _line_figures(reading)[-width:]
        held: dict[int, Mention] = {}
        for column, place in enumerate(places):
            mention = figure_at(reading, place, columns[column])
            if mention is not None:
                held[column] = mention
        label = reading.passage.text[: reading.tokens[places[0]].start]
        code, rest = split_code(label)
        rows.append(row_of(rest, code, (), held, (), book, lexicon))
    return Grid(columns=columns, rows=tuple(rows))


def _header(text: str, width: int) -> list[str] | None:
    """The labels of the columns from a line that lost its table: pieces that begin with a capital."""
    if not text or re.search(r"\d{2}", text) or text.rstrip().endswith((".", ":", ";")):
        return None
    pieces: list[str] = []
    for word in text.split():
        if pieces and not word[:1].isupper():
            pieces[-1] += " " + word
        else:
            pieces.append(word)
    if len(pieces) == width:  # The label of the rows ends in a number itself.
        return pieces[1:] if width > _LEAST_LINES else None
    return pieces[-width:] if len(pieces) > width else None

"""The shape of a table: header rows, the names of columns, rows that a page end has parted."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from validator.tables.grid import filled, is_number, is_numbering, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.readers.paragraph import RawCell, RawTable

_MOST_HEADER_ROWS = 5
_NUMBERED = re.compile(r"\(?\s{0,9}(?:\d{1,2}|[A-Z])\s{0,9}\)?(?:\s{0,9}=.*)?\Z", re.DOTALL)
_STARTS_DATA = re.compile(r"\s*(?:[IVX]{1,6}|[A-Z]|\d[\d.]*)[.)]?\s*\Z")


def header_rows(table: RawTable) -> tuple[int, ...]:
    """Return the header rows at the top and wherever they recur."""
    rows = rows_of(table.cells)
    top = _top_header(table, rows)
    seen = {_folded(rows[row]) for row in top if row in rows}
    seen.discard(())
    again = [row for row, cells in rows.items() if row not in top and _folded(cells) in seen]
    return tuple(sorted({*top, *again}))


def column_names(table: RawTable, headers: tuple[int, ...]) -> dict[int, str]:
    """Return the name of each column: the words of the innermost header above it."""
    names: dict[int, str] = {}
    if len(headers) == len(rows_of(table.cells)):
        return names  # nothing but headings: a letterhead, a line of signatures
    top = [row for place, row in enumerate(sorted(headers)) if row == place]
    for cell in table.cells:
        text = " ".join(cell.text.split())
        if cell.row not in top or not text or _NUMBERED.match(text):
            continue
        for column in range(cell.column, cell.column + cell.column_span):
            names[column] = text
    return names


def join_parted_rows(table: RawTable, headers: tuple[int, ...]) -> bool:
    """Put what a page end has cut off a row back on that row; say whether there was any."""
    rows = rows_of(table.cells)
    order = sorted(row for row in rows if row not in headers)
    dropped: set[int] = set()
    target: int | None = None
    for row in order:
        after_header = row - 1 in headers and row - 1 > 0
        parted = row in table.broken_before or after_header
        if target is not None and _goes_on(rows[target], rows[row], parted=parted):
            _append(rows[target], rows[row])
            dropped.add(row)
        else:
            target = row
    if dropped:
        table.cells = [cell for cell in table.cells if cell.row not in dropped]
    return bool(dropped)


def _top_header(table: RawTable, rows: Mapping[int, Mapping[int, RawCell]]) -> tuple[int, ...]:
    """Return the header rows at the top: those marked so, or those before the first data."""
    marked = [row for place, row in enumerate(sorted(table.header_rows)) if row == place]
    if marked:
        return tuple(marked)
    order = sorted(rows)[: _MOST_HEADER_ROWS + 1]
    top: list[int] = []
    for row in order:
        if top and is_numbering(filled(rows[row])):
            top.append(row)
        elif _holds_data(rows[row]):
            break
        else:
            top.append(row)
    if len(top) > _MOST_HEADER_ROWS or not _has_columns(rows, top):
        return ()
    return tuple(top)


def _has_columns(rows: Mapping[int, Mapping[int, RawCell]], top: list[int]) -> bool:
    """Whether any of the rows *top* names more than one column."""
    return any(len(filled(rows[row])) > 1 for row in top)


def _holds_data(cells: Mapping[int, RawCell]) -> bool:
    """Whether a row begins with a code, or holds a cell that is a mere number."""
    texts = [cell.text.strip() for cell in cells.values()]
    if texts and _STARTS_DATA.match(texts[0]):
        return True
    if texts and re.match(r"\d+(\.\d+)+\.?\s", texts[0]):
        return True
    return any(map(is_number, texts))


def _folded(cells: Mapping[int, RawCell]) -> tuple[str, ...]:
    """Return the words of a row without case, marks and spaces, empty cells left out."""
    texts = ("".join(unicodedata.normalize("NFKD", cell.text).casefold().split()) for cell in cells.values())
    return tuple("".join(filter(str.isalnum, text)) for text in texts if text)


def _goes_on(above: Mapping[int, RawCell], below: Mapping[int, RawCell], *, parted: bool) -> bool:
    """Whether the row *below* can only be the rest of *above*: no code, no number, no new cell.

    Where a page ended between them, one cell that goes on in the middle of a sentence is enough;
    elsewhere all must, and the label may not be among them.
    """
    held = {column for column, cell in above.items() if cell.text.strip()}
    texts = {column: cell.text.strip() for column, cell in below.items() if cell.text.strip()}
    if not texts or not texts.keys() <= held or any(map(is_number, texts.values())):
        return False
    small = [text[0].islower() for text in texts.values()]
    notes_only = min(texts) >= 2
    if parted:
        return notes_only or (any(small) and not texts.get(0, "")[:1].isdigit())
    return notes_only and all(small)


def _append(above: Mapping[int, RawCell], below: Mapping[int, RawCell]) -> None:
    """Add the texts of *below* to the cells of *above*."""
    for column, cell in below.items():
        if cell.text.strip():
            held = above[column]
            held.text = f"{held.text.rstrip()} {cell.text.strip()}"
            held.sources += cell.sources

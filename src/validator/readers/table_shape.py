"""The shape of a table: header rows, the names of columns, rows that a page end has parted."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.readers.paragraph import RawCell, RawTable

_MOST_HEADER_ROWS = 5
_NUMBERED = re.compile(r"\(?\s{0,9}(?:\d{1,2}|[A-Z])\s{0,9}\)?(?:\s{0,9}=.*)?\Z", re.DOTALL)
_STARTS_DATA = re.compile(r"\s*(?:[IVX]{1,6}|[A-Z]|\d[\d.]*)[.)]?\s*\Z")


def rows_of(table: RawTable) -> dict[int, list[RawCell]]:
    """Return the cells of each row, by column."""
    rows: dict[int, list[RawCell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    return dict(rows)


def header_rows(table: RawTable) -> tuple[int, ...]:
    """Return the header rows at the top and wherever they recur."""
    rows = rows_of(table)
    top = _top_header(table, rows)
    seen = {_folded(rows[row]) for row in top if row in rows}
    seen.discard(())
    again = [row for row, cells in rows.items() if row not in top and _folded(cells) in seen]
    return tuple(sorted({*top, *again}))


def column_names(table: RawTable, headers: tuple[int, ...]) -> dict[int, str]:
    """Return the name of each column: the words of the innermost header above it."""
    names: dict[int, str] = {}
    if len(headers) == len(rows_of(table)):
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
    rows = rows_of(table)
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


def _top_header(table: RawTable, rows: dict[int, list[RawCell]]) -> tuple[int, ...]:
    """Return the header rows at the top: those marked so, or those before the first data."""
    marked = [row for place, row in enumerate(sorted(table.header_rows)) if row == place]
    if marked:
        return tuple(marked)
    order = sorted(rows)[: _MOST_HEADER_ROWS + 1]
    top: list[int] = []
    for row in order:
        if _is_numbering(rows[row]) and top:
            top.append(row)
        elif _holds_data(rows[row]):
            break
        else:
            top.append(row)
    if len(top) > _MOST_HEADER_ROWS or not _has_columns(rows, top):
        return ()
    return tuple(top)


def _has_columns(rows: dict[int, list[RawCell]], top: list[int]) -> bool:
    """Whether any of the rows *top* names more than one column."""
    return any(sum(bool(cell.text.strip()) for cell in rows[row]) > 1 for row in top)


def _is_numbering(cells: list[RawCell]) -> bool:
    """Whether a row only numbers the columns: ``(1) (2) (3)``, ``A B 1 2``."""
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(texts) > 2 and all(_NUMBERED.match(text) for text in texts)


def _holds_data(cells: list[RawCell]) -> bool:
    """Whether a row begins with a code, or holds a cell that is a mere number."""
    texts = [cell.text.strip() for cell in cells]
    if texts and _STARTS_DATA.match(texts[0]):
        return True
    if texts and re.match(r"\d+(\.\d+)+\.?\s", texts[0]):
        return True
    return any(re.fullmatch(r"[-+]?\d[\d.,]*\s*%?", text) for text in texts)


def _folded(cells: list[RawCell]) -> tuple[str, ...]:
    """Return the words of a row without case, marks and spaces, empty cells left out."""
    texts = ("".join(unicodedata.normalize("NFKD", cell.text).casefold().split()) for cell in cells)
    return tuple("".join(filter(str.isalnum, text)) for text in texts if text)


def _goes_on(above: list[RawCell], below: list[RawCell], *, parted: bool) -> bool:
    """Whether the row *below* can only be the rest of *above*: no code, no number, no new cell.

    Where a page ended between them, one cell that goes on in the middle of a sentence is enough;
    elsewhere all must, and the label may not be among them.
    """
    filled = {cell.column for cell in above if cell.text.strip()}
    texts = {cell.column: cell.text.strip() for cell in below if cell.text.strip()}
    if not texts or not texts.keys() <= filled or any(map(_is_number, texts.values())):
        return False
    small = [text[0].islower() for text in texts.values()]
    notes_only = min(texts) >= 2
    if parted:
        return notes_only or (any(small) and not texts.get(0, "")[:1].isdigit())
    return notes_only and all(small)


def _is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, which is a value of its own."""
    return re.fullmatch(r"[-+]?\d[\d.,]*\s*%?", text) is not None


def _append(above: list[RawCell], below: list[RawCell]) -> None:
    """Add the texts of *below* to the cells of *above*."""
    by_column = {cell.column: cell for cell in above}
    for cell in below:
        if cell.text.strip():
            held = by_column[cell.column]
            held.text = f"{held.text.rstrip()} {cell.text.strip()}"
            held.sources += cell.sources

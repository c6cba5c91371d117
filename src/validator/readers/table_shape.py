"""The shape of a table: header rows, the names of columns, rows that a page end has parted."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from validator.readers.paragraph import RawCell, RawTable

_MOST_HEADER_ROWS = 5
_NUMBERED = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?\Z", re.DOTALL)
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
    top = [row for place, row in enumerate(sorted(headers)) if row == place]
    for cell in table.cells:
        text = " ".join(cell.text.split())
        if cell.row not in top or not text or _NUMBERED.match(text):
            continue
        for column in range(cell.column, cell.column + cell.column_span):
            names[column] = text
    return names


def join_parted_rows(table: RawTable, headers: tuple[int, ...]) -> RawTable:
    """Put what a page end has cut off a row back on that row."""
    rows = rows_of(table)
    order = sorted(row for row in rows if row not in headers)
    dropped: set[int] = set()
    target: int | None = None
    for row in order:
        after_header = row - 1 in headers and row - 1 > 0
        parted = row in table.broken_before or after_header
        if parted and target is not None and _goes_on(rows[target], rows[row]):
            _append(rows[target], rows[row])
            dropped.add(row)
        else:
            target = row
    if dropped:
        table.cells = [cell for cell in table.cells if cell.row not in dropped]
    return table


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


def _goes_on(above: list[RawCell], below: list[RawCell]) -> bool:
    """Whether the row *below* can only be the rest of *above*: no code, no label, no new cell."""
    filled = {cell.column for cell in above if cell.text.strip()}
    texts = {cell.column: cell.text.strip() for cell in below if cell.text.strip()}
    if not texts or not texts.keys() <= filled:
        return False
    return all(column >= 2 and not _is_number(text) for column, text in texts.items())


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

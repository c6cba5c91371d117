"""A sheet of very many cells: its rows are given as XML, since writing cells one by one takes too long.

XlsxWriter takes 12 µs a cell, and a sheet of 3,300 units and 150 indicators has half a million of them, with
as many places (benchmarks/figures.py). All that is not cells is XlsxWriter's.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from validator.render.terminal import clean

MOST_TEXT = 32_767
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class BulkWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are written whole, from top to bottom; for a book that holds one row at a time."""

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self._waiting = ""

    def write_row_xml(
        self, row: int, cells: str, last: int, height: float = 0, *, hidden: bool = False
    ) -> None:
        """Write a row of cells that are XML; *last* is its last column, *height* in points (0: the usual)."""
        if row > self.previous_row:
            self._write_single_row(row)
        self._check_dimensions(row, last)
        self._check_dimensions(row, 0)
        high = f' ht="{height:g}" customHeight="1"' if height else ""
        high += ' hidden="1"' if hidden else ""
        self._waiting = f'<row r="{row + 1}"{high}>{cells}</row>'

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Write the row that is waiting, whichever way it was given."""
        if not self._waiting:
            super()._write_single_row(current_row_num)
            return
        self.fh.write(self._waiting)
        self._waiting = ""
        self.previous_row = current_row_num
        self.table.clear()


class Columns:
    """The names of columns by their numbers."""

    def __init__(self, count: int) -> None:
        self.names = tuple(map(xl_col_to_name, range(count)))


def cut(text: str, most: int) -> str:
    """Return at most *most* units of UTF-16 of *text*, which is how Excel counts."""
    if len(text) * 2 <= most or len(text.encode("utf-16-le")) <= most * 2:
        return text
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def number_cell(column: str, row: int, look: int, number: str) -> str:
    """Return a cell that holds a number, written as in a program."""
    return f'<c r="{column}{row + 1}" s="{look}"><v>{number}</v></c>'


def text_cell(column: str, row: int, look: int, text: str) -> str:
    """Return a cell that holds a text, of which nothing is taken for anything else."""
    if not text:
        return f'<c r="{column}{row + 1}" s="{look}"/>'
    text = cut(text, MOST_TEXT)
    if not text.isprintable() or "&" in text or "<" in text or ">" in text:
        text = "\n".join(map(clean, text.split("\n"))).translate(_ESCAPES)
    return (
        f'<c r="{column}{row + 1}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def look_of(found: Any) -> int:
    """Return the number by which a row names the look *found*."""
    number: int = found._get_xf_index()  # noqa: SLF001 - rows of our own need it
    return number

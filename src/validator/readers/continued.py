"""Tables that a page end has parted → one table each, every cell keeping its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.document import Table
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.document import Block, TableCell


def join_continued(blocks: Iterable[Block | Table]) -> tuple[Block | Table, ...]:
    """Return *blocks* in which each table without headings is part of the one right above that it goes on.

    It goes on if nothing stands between, it has neither title nor headings of its own, and its columns
    are as many as those that are headed there.
    """
    joined: list[Block | Table] = []
    parts: list[TableCell] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if isinstance(above, Table) and isinstance(block, Table) and _goes_on(above, block):
            parts = parts or list(above.cells)
            parts += (evolve(cell, row=cell.row + above.rows) for cell in block.cells)
            joined[-1] = evolve(above, rows=above.rows + block.rows)
            continue
        _close(joined, parts)
        joined.append(block)
        parts = []
    _close(joined, parts)
    return tuple(joined)


def _close(joined: list[Block | Table], parts: list[TableCell]) -> None:
    """Give the last table the cells of all its parts, once: there may be thousands of parts."""
    if parts and isinstance(last := joined[-1], Table):
        joined[-1] = evolve(last, cells=tuple(parts))


def _goes_on(above: Table, below: Table) -> bool:
    headed = bool(above.header_rows) and len(above.header_rows) < above.rows
    bare = not below.header_rows and not below.title and bool(below.cells)
    same = above.columns == below.columns > 1 and above.location.sheet == below.location.sheet
    return headed and bare and same

"""Tables of Word documents → raw tables, with merged cells and repeated header rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from validator.readers.bounds import MOST_OF_ONE, clipped
from validator.readers.docx_text import chosen, grid_span
from validator.readers.paragraph import RawCell, RawItem, RawParagraph, RawTable
from validator.readers.safe_xml import attribute, child, integer, local, value_of

_MOST_COLUMNS = 1000
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})

ReadCell = Callable[[Element], list[RawItem]]


@dataclass(slots=True)
class _Grid:
    """A table under way: its cells, and per column the one that may still grow downwards."""

    cells: list[RawCell] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    growing: dict[int, RawCell] = field(default_factory=dict)
    nested: list[RawItem] = field(default_factory=list)
    row: int = 0


def read_table(table: Element, read_cell: ReadCell, page: Callable[[], int | None]) -> list[RawItem]:
    """Return *table* and, after it, the tables and boxes that stand in its cells."""
    grid = _Grid()
    first_page = page()
    for row in _found(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        if child(properties, "tblHeader") is not None:
            grid.headers.append(grid.row)
        _read_row(grid, row, read_cell, page)
        grid.row += 1
    raw = RawTable(cells=grid.cells, header_rows=tuple(grid.headers), page=first_page)
    return [raw, *grid.nested] if grid.cells else list(grid.nested)


def _read_row(grid: _Grid, row: Element, read_cell: ReadCell, page: Callable[[], int | None]) -> None:
    column = min(integer(value_of(child(row, "trPr"), "gridBefore")), _MOST_COLUMNS)
    grown: dict[int, RawCell] = {}
    for cell in _found(row, "tc"):
        properties = child(cell, "tcPr")
        span = grid_span(properties)
        merge = child(properties, "vMerge")
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        above = grid.growing.get(column)
        text, sources = _cell_text(grid, read_cell(cell))
        if goes_on and above is not None:
            above.row_span += 1
            if text and len(above.text) <= MOST_OF_ONE:
                above.text = f"{above.text}\n{text}".strip()
                above.sources += sources
            grown[column] = above
        else:
            raw = RawCell(
                text=text, row=grid.row, column=column, column_span=span, page=page(), sources=sources
            )
            grid.cells.append(raw)
            if merge is not None:
                grown[column] = raw
        column = min(column + span, _MOST_COLUMNS)
    grid.growing = grown


def _cell_text(grid: _Grid, items: list[RawItem]) -> tuple[str, tuple[int, ...]]:
    """Return the lines of a cell and their sources; tables and boxes in it are put aside.

    A table that only frames one text in its cell is that text.
    """
    lines: list[str] = []
    sources: list[int] = []
    for item in items:
        if isinstance(item, RawParagraph) and item.kind is None:
            lines.append(f"{item.marker} {item.text}".strip())
            sources += item.sources
        elif isinstance(item, RawTable) and len(filled := [c for c in item.cells if c.text.strip()]) == 1:
            lines.append(filled[0].text)
            sources += filled[0].sources
        else:
            grid.nested.append(item)
    return clipped("\n".join(line for line in lines if line)), tuple(sources)


def _found(container: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through what may wrap them."""
    for element in container:
        tag = local(element.tag)
        if tag == name:
            yield element
        elif tag in _WRAPPERS:
            yield from _found(element, name)
        elif tag == "AlternateContent":
            yield from _found(chosen(element), name)

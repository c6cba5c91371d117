"""A table of a structured file: a list of rows, each a mapping from column to value."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.report import Row
from validator.readers.statement import Slot, read_statement
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from validator.model.field import TableDef
    from validator.model.report import Cell
    from validator.readers.notation import Notation
    from validator.readers.shape import Faults
    from validator.readers.tree import Node


def read_table(node: Node, table: TableDef, notation: Notation, faults: Faults) -> tuple[Row, ...] | None:
    """Read the rows of a table; None if it is left blank or is no list."""
    if isinstance(node, ScalarNode) and node.is_null:
        return None
    if not isinstance(node, SequenceNode):
        faults.shape("not-a-table", node, table.name)
        return None
    _warn_of_unknown_columns(node, table, faults)
    rows: list[Row] = []
    for number, item in enumerate(node.items, start=1):
        if isinstance(item, MappingNode):
            rows.append(_row(item, number, table, notation, faults))
        else:
            faults.shape("not-a-row", item, f"{table.name}[{number}]")
    return tuple(rows)


def _row(node: MappingNode, number: int, table: TableDef, notation: Notation, faults: Faults) -> Row:
    """Read one row; its cells name the row by its number and its first text."""
    pointer = f"{table.name}[{number}]"
    code, name = _row_names(node, table)
    cells: dict[str, Cell] = {}
    for entry in node.entries:
        column = table.columns.get(entry.name)
        at = f"{pointer}.{entry.name}"
        if column is None:
            continue
        slot = Slot(pointer=at, row=number, row_code=code, row_label=name, column_name=entry.name)
        cell = read_statement(entry.value, column, slot, notation, faults)
        if cell is not None:
            cells[entry.name] = cell
    place = Location(
        file=faults.file,
        line=node.line,
        column=node.column,
        pointer=pointer,
        row=number,
        row_code=code,
        row_label=name,
    )
    return Row(cells=cells, location=place)


def _warn_of_unknown_columns(node: SequenceNode, table: TableDef, faults: Faults) -> None:
    """Warn of each unknown column where it first occurs, not once a row."""
    told = set(table.columns)
    for number, item in enumerate(node.items, start=1):
        for entry in item.entries if isinstance(item, MappingNode) else ():
            if entry.name not in told:
                told.add(entry.name)
                at = f"{table.name}[{number}].{entry.name}"
                args = {"table": table.name, "columns": ", ".join(table.columns)}
                faults.unknown("unknown-column", entry.key, at, entry.name, table.columns, **args)


def _row_names(node: MappingNode, table: TableDef) -> tuple[str | None, str | None]:
    """Return code and words of a row, from the columns of text before the first of another type.

    The first value is the code unless it is of several words; the words are the first such value.
    """
    stub = takewhile(lambda name: table.columns[name].type is FieldType.TEXT, table.columns)
    found = [text for text in (_text(node.get(name)) for name in stub) if text]
    words = next((text for text in found if " " in text), None)
    return (found[0] if found and found[0] != words else None), words


def _text(node: Node | None) -> str | None:
    return " ".join(node.text.split()) or None if isinstance(node, ScalarNode) else None

"""One statement of a value: a scalar, or a mapping that also tells where and how it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.record import evolve, record
from validator.model.report import Cell
from validator.model.verdict import Severity
from validator.readers.tree import MappingNode, ScalarNode
from validator.readers.value import Fault, read_value, shown

if TYPE_CHECKING:
    from validator.model.field import FieldDef
    from validator.model.report import Scalar
    from validator.readers.notation import Notation
    from validator.readers.shape import Faults
    from validator.readers.tree import Node


@record
class Slot:
    """Where a value belongs: the path of its field, or its row and column in a table."""

    pointer: str
    row: int | None = None
    row_code: str | None = None
    row_label: str | None = None
    column_name: str | None = None


STATEMENT_KEYS = ("value", "place", "text", "raw")


def is_statement(node: MappingNode) -> bool:
    """Whether a mapping says a value rather than holds further fields."""
    return any(entry.name in ("value", "raw") for entry in node.entries)


def read_statement(
    node: Node, definition: FieldDef, slot: Slot, notation: Notation, faults: Faults
) -> Cell | None:
    """Read one statement; None if it is blank or has no shape that could hold a value.

    A cell whose value cannot be read is kept with its raw text, and a problem says so.
    """
    if isinstance(node, ScalarNode):
        return _cell(node, definition, slot, notation, faults)
    if not isinstance(node, MappingNode) or not is_statement(node):
        faults.shape("not-a-value", node, slot.pointer)
        return None
    parts = _parts(node, slot.pointer, faults)
    value, raw = parts.get("value"), parts.get("raw")
    if value is None or value.is_null:
        value = raw
    if value is None:
        return None
    cell = _cell(value, definition, slot, notation, faults)
    if cell is None:
        return None
    return evolve(
        cell,
        raw=_text(raw) or cell.raw,
        text=_text(parts.get("text")),
        location=evolve(cell.location, section=_text(parts.get("place"))),
    )


def _text(node: ScalarNode | None) -> str | None:
    return None if node is None or node.is_null else node.text


def _cell(
    node: ScalarNode, definition: FieldDef, slot: Slot, notation: Notation, faults: Faults
) -> Cell | None:
    if node.is_null or not node.text.strip():
        return None
    found = read_value(node, definition, notation)
    if isinstance(found, Fault):
        faults.add(found.code, node, slot.pointer, **{"path": slot.pointer, **found.args})
        found = None
    elif _has_parts_of_a_coin(node, definition, found):
        args = {"path": slot.pointer, "raw": shown(node.text)}
        faults.add("bare-point", node, slot.pointer, Severity.WARNING, **args)
    elif _counts_something_else(found, definition, notation):
        args = {"path": slot.pointer, "raw": shown(node.text), "unit": definition.unit or ""}
        faults.add("other-unit", node, slot.pointer, Severity.WARNING, **args)
    at = Location(
        file=faults.file,
        line=node.line,
        column=node.column,
        end_column=node.end_column,
        pointer=slot.pointer,
        row=slot.row,
        row_code=slot.row_code,
        row_label=slot.row_label,
        column_name=slot.column_name,
    )
    return Cell(path=definition.path, value=found, raw=node.text, location=at)


def _has_parts_of_a_coin(node: ScalarNode, definition: FieldDef, found: Scalar | None) -> bool:
    """Whether a bare amount of money has decimals: its point may be meant to group digits."""
    if node.quoted or definition.type is not FieldType.MONEY or not isinstance(found, Quantity):
        return False
    return found.unit is None and found.value.denominator != 1


def _counts_something_else(found: Scalar | None, definition: FieldDef, notation: Notation) -> bool:
    """Whether a count or a plain number is followed by another unit than its field's."""
    if not isinstance(found, Quantity) or definition.type not in (FieldType.COUNT, FieldType.NUMBER):
        return False
    return notation.is_other_unit(found.unit, definition.unit)


def _parts(node: MappingNode, pointer: str, faults: Faults) -> dict[str, ScalarNode]:
    """Return the scalars of a statement by key; complain of anything else."""
    parts: dict[str, ScalarNode] = {}
    for entry in node.entries:
        if entry.name not in STATEMENT_KEYS:
            at = f"{pointer}.{entry.name}"
            names = ", ".join(STATEMENT_KEYS)
            faults.unknown("unknown-statement-key", entry.key, at, entry.name, STATEMENT_KEYS, known=names)
        elif isinstance(entry.value, ScalarNode):
            parts[entry.name] = entry.value
        else:
            faults.shape("not-a-value", entry.value, f"{pointer}.{entry.name}")
    return parts

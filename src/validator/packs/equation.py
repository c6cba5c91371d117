"""``equations:`` of a pack: what the form prints about its columns, as equations between fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.pack import Equation
from validator.packs.printed import Printed, parse_printed
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.field import Form
    from validator.packs.reading import PackReading
    from validator.readers.tree import Node

_KEYS = ("codes", "printed")


def read_equations(node: Node | None, form: Form, reading: PackReading) -> tuple[Equation, ...]:
    """Return the equations under *node*; what cannot be read is noted and left out."""
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        reading.note("expected-list", node, key="equations")
        return ()
    return tuple(each for item in node.items for each in _group(item, form, reading))


def _group(node: Node, form: Form, reading: PackReading) -> Iterator[Equation]:
    body = node if isinstance(node, MappingNode) else None
    if body is None:
        reading.note("expected-mapping", node, key="equations")
        return
    reading.keys(body, _KEYS)
    for key in _KEYS:
        if body.get(key) is None:
            reading.note("missing-key", body, key=key)
    codes = _codes(body.get("codes"), form, reading)
    printed = body.get("printed")
    for item in printed.items if isinstance(printed, SequenceNode) else (printed,):
        if isinstance(item, ScalarNode):
            yield from _equations(item, codes, reading)
        elif item is not None:
            reading.note("expected-text", item, key="printed")


def _codes(node: Node | None, form: Form, reading: PackReading) -> dict[str, str | None]:
    """Return the fields by code; None for one that is noted already."""
    body = reading.mapping(node, "codes")
    columns = {column.path for table in form.tables.values() for column in table.columns.values()}
    found: dict[str, str | None] = {}
    for entry in body.entries if body else ():
        path = reading.text(entry.value, "codes")
        if path is not None and path not in form.fields and path not in columns:
            reading.note("equation-names-no-field", entry.value, name=path)
            path = None
        found[entry.name.lower()] = path
    return found


def _equations(node: ScalarNode, codes: dict[str, str | None], reading: PackReading) -> Iterator[Equation]:
    found = parse_printed(node.text)
    if found is None:
        reading.note("odd-equation", node, text=node.text[:80])
    for printed in found or ():
        named = (printed.total, *(code for _, code in printed.parts))
        unknown = [code for code in named if code not in codes]
        if unknown:
            reading.note("equation-without-code", node, unknown=unknown[0])
        elif all(codes[code] is not None for code in named):
            yield _equation(printed, node, {code: path for code, path in codes.items() if path}, reading)


def _equation(printed: Printed, node: ScalarNode, codes: dict[str, str], reading: PackReading) -> Equation:
    return Equation(
        text=node.text,
        total=codes[printed.total],
        parts=tuple((sign, codes[code]) for sign, code in printed.parts),
        location=location_of(node, reading.file),
    )

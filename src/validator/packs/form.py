"""``fields:`` and ``tables:`` of a pack → the form that its reports have."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from validator.model.field import FieldDef, FieldType, Form, TableDef
from validator.model.record import evolve
from validator.packs.bind import COLUMN_KEYS, FIELD_KEYS, FORM_KEYS, read_bind
from validator.packs.bind import TABLE_KEYS as TABLE_BIND
from validator.packs.word import check_levels
from validator.readers.tree import MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from validator.packs.reading import PackReading

_FIELD_KEYS = ("type", "unit", "label", "rounded", "min", "max", "choices", "rollup", "bind")
_TABLE_KEYS = ("columns", "label", "bind")
ROLLUPS = ("sum", "none")
_TYPES = tuple(kind.value for kind in FieldType)
SUMMABLE = (FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY)
_RESERVED = frozenset({"report", "prior", "earlier", "parent", "children"})


def read_form(root: MappingNode, name: str, reading: PackReading) -> Form:
    """Return the form that *root* declares; what cannot be read is noted and left out."""
    fields: dict[str, FieldDef] = {}
    declared = reading.mapping(root.get("fields"), "fields")
    for entry in declared.entries if declared else ():
        _check_path(entry.key, entry.name, reading)
        field = _field(entry.value, entry.name, reading)
        if field is not None:
            fields[entry.name] = field
    paths = [entry.name for entry in declared.entries] if declared else []
    _add_levels(reading.mapping(root.get("levels"), "levels"), paths, fields, reading)
    tables = _tables(reading.mapping(root.get("tables"), "tables"), reading)
    groups = {path[:end] for path in fields for end, letter in enumerate(path) if letter == "."}
    for path in groups & fields.keys() if declared else ():
        reading.note("field-is-group", declared.get(path) or root, path=path)  # type: ignore[union-attr]
    return Form(
        name=name, fields=fields, tables=tables, binding=read_bind(root.get("bind"), FORM_KEYS, reading)
    )


def _add_levels(
    node: MappingNode | None, paths: list[str], fields: dict[str, FieldDef], reading: PackReading
) -> None:
    """Give the *fields* that ``levels:`` names, or whose group it names, the levels that it says."""
    for entry in node.entries if node else ():
        check_levels(entry.value, entry.name, reading)
        named = [path for path in paths if f"{path}.".startswith(f"{entry.name}.")]
        if not named:
            parts = [path.split(".") for path in paths]
            groups = {".".join(part[:end]) for part in parts for end in range(1, len(part) + 1)}
            reading.unknown(entry.key, "levels", entry.name, tuple(sorted(groups)))
        levels = reading.names(entry.value, "levels")
        for path in named:
            if path in fields:
                fields[path] = evolve(fields[path], levels=levels)


def broken_names(root: MappingNode, form: Form) -> frozenset[str]:
    """Return the fields, tables and columns that *root* declares but *form* lacks for their faults."""
    names: set[str] = set()
    for key in ("fields", "tables"):
        declared = root.get(key)
        entries = declared.entries if isinstance(declared, MappingNode) else ()
        names |= {entry.name for entry in entries}
        for entry in entries if key == "tables" else ():
            columns = entry.value.get("columns") if isinstance(entry.value, MappingNode) else None
            if isinstance(columns, MappingNode):
                names |= {f"{entry.name}.{column.name}" for column in columns.entries}
    known = {f"{table.name}.{column}" for table in form.tables.values() for column in table.columns}
    return frozenset(names - known - set(form.fields) - set(form.tables))


def _tables(node: MappingNode | None, reading: PackReading) -> dict[str, TableDef]:
    tables: dict[str, TableDef] = {}
    for entry in node.entries if node else ():
        body = reading.mapping(entry.value, entry.name)
        columns = reading.mapping(body.get("columns"), "columns") if body else None
        if body is None or columns is None:
            reading.note("table-without-columns", entry.value, table=entry.name)
            continue
        reading.keys(body, _TABLE_KEYS)
        found: dict[str, FieldDef] = {}
        for column in columns.entries:
            field = _field(column.value, f"{entry.name}.{column.name}", reading, COLUMN_KEYS)
            if field is not None:
                found[column.name] = field
        label = reading.texts(body.get("label"), "label")
        bind = read_bind(body.get("bind"), TABLE_BIND, reading)
        tables[entry.name] = TableDef(name=entry.name, columns=found, label=label, binding=bind)
    return tables


def _field(
    node: Node, path: str, reading: PackReading, bind: tuple[str, ...] = FIELD_KEYS
) -> FieldDef | None:
    body = reading.mapping(node, path)
    if body is None:
        return None
    reading.keys(body, _FIELD_KEYS)
    if body.get("type") is None:
        reading.note("field-without-type", node, path=path, known=", ".join(_TYPES))
        return None
    kind = reading.choice(body.get("type"), "type", _TYPES, "")
    if not kind:
        return None
    rounded = body.get("rounded")
    return FieldDef(
        path=path,
        type=FieldType(kind),
        unit=_unit(reading.text(body.get("unit"), "unit")),
        label=reading.texts(body.get("label"), "label"),
        rounded=None
        if rounded is None
        else reading.choice(rounded, "rounded", ("true", "false"), "true") == "true",
        minimum=reading.number(body.get("min"), "min"),
        maximum=reading.number(body.get("max"), "max"),
        choices=_choices(body.get("choices"), reading),
        binding=read_bind(body.get("bind"), bind, reading),
        rollup=_rollup(body, FieldType(kind), path, reading),
    )


def _rollup(body: MappingNode, kind: FieldType, path: str, reading: PackReading) -> str | None:
    """Return whether the values of units add up, if the pack says so; shares and words never do."""
    node = body.get("rollup")
    if node is None:
        return None
    found = reading.choice(node, "rollup", ROLLUPS, "none")
    if found == "sum" and kind not in SUMMABLE:
        reading.note("rollup-not-summable", node, path=path, type=kind.value)
        return "none"
    return found


def _choices(node: Node | None, reading: PackReading) -> tuple[str, ...]:
    if isinstance(node, MappingNode):
        return tuple(entry.name for entry in node.entries)
    return reading.names(node, "choices")


def _unit(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text)


def _check_path(key: ScalarNode, path: str, reading: PackReading) -> None:
    parts = path.split(".")
    if not all(part.isidentifier() for part in parts):
        reading.note("odd-name", key, name=path)
    elif parts[0] in _RESERVED:
        reading.note("reserved-name", key, name=parts[0])

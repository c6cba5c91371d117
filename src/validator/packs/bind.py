"""``bind:`` of a form, its fields, tables and columns → plain data; what means nothing is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.packs.reading import plain
from validator.packs.word import check_levels
from validator.readers.tree import Entry, MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.field import Form
    from validator.packs.reading import PackReading
    from validator.readers.tree import Node

FORM_KEYS = ("titles", "columns", "date")
FIELD_KEYS = (
    "codes", "labels", "under", "units", "levels", "notes", "values", "phrases", "section", "lines", "means",
)  # fmt: skip
TABLE_KEYS = ("needs", "mentions", "skip", "totals", "text")
COLUMN_KEYS = ("headings", "code_of", "group_of", "uncoded", "in", "phrases")
_NOTE_KEYS = ("under", "phrases")
_OF_COLUMNS = ("code_of", "group_of", "in")


def read_bind(node: Node | None, known: tuple[str, ...], reading: PackReading) -> dict[str, Any]:
    """Return what stands under ``bind:``, a list being labels; keys that are not *known* are noted."""
    if isinstance(node, SequenceNode):
        return {"labels": plain(node)}
    body = reading.mapping(node, "bind")
    if body is None:
        return {}
    reading.keys(body, known)
    for each in _items(body.get("notes")):
        reading.keys(each, _NOTE_KEYS)
    if "levels" in known:
        check_levels(body.get("levels"), "levels", reading)
    data: dict[str, Any] = plain(body)
    return data


def check_names(root: MappingNode, form: Form, broken: frozenset[str], reading: PackReading) -> None:
    """Note the names of fields and columns in ``bind:`` that the form does not have."""
    paths = (*form.fields, *broken)
    bind = root.get("bind")
    date = bind.get("date") if isinstance(bind, MappingNode) else None
    if isinstance(date, ScalarNode) and date.text not in paths:
        reading.unknown(date, "date", date.text, paths)
    for name, table, columns in _tables(root.get("tables")):
        known = tuple(form.tables[name].columns) if name in form.tables else ()
        for node, text, key in _column_names(table, columns):
            if known and text not in known and f"{name}.{text}" not in broken:
                reading.unknown(node, key, text, known)
        for entry in _entries(_inside(table, "totals")):
            path = entry.value
            if isinstance(path, ScalarNode) and path.text not in paths:
                reading.unknown(path, "totals", path.text, paths)


def _column_names(table: MappingNode, columns: MappingNode) -> Iterator[tuple[ScalarNode, str, str]]:
    """Yield every place where ``bind:`` of a table and of its columns names a column."""
    needs = _inside(table, "needs")
    for each in needs.items if isinstance(needs, SequenceNode) else (needs,):
        if isinstance(each, ScalarNode):
            yield each, each.text, "needs"
    for entry in _entries(_inside(table, "totals")):
        yield entry.key, entry.name, "totals"
    for text in _items(_inside(table, "text")):
        for entry in text.entries:
            if entry.name != "set":
                yield entry.key, entry.name, "text"
        for entry in _entries(text.get("set")):
            yield entry.key, entry.name, "set"
    for column in columns.entries:
        for key in _OF_COLUMNS:
            named = _inside(column.value, key)
            if isinstance(named, ScalarNode):
                yield named, named.text, key


def _tables(node: Node | None) -> Iterator[tuple[str, MappingNode, MappingNode]]:
    for entry in _entries(node):
        columns = entry.value.get("columns") if isinstance(entry.value, MappingNode) else None
        if isinstance(entry.value, MappingNode) and isinstance(columns, MappingNode):
            yield entry.name, entry.value, columns


def _inside(node: Node, key: str) -> Node | None:
    bind = node.get("bind") if isinstance(node, MappingNode) else None
    return bind.get(key) if isinstance(bind, MappingNode) else None


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, MappingNode) else ()


def _items(node: Node | None) -> Iterator[MappingNode]:
    for each in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(each, MappingNode):
            yield each

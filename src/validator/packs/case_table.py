"""``columns:`` and ``cases:`` of a test → one ordinary test for each row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.scope import JOINED
from validator.readers.tree import Entry, MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.reading import PackReading
    from validator.readers.tree import Node

TABLE_KEYS = ("columns", "cases")
_OWN = ("expect", "says", "says_en", "at", "why", "name", "todo")
_REPORTS = ("report", *JOINED)


def expanded(node: Node, reading: PackReading) -> Iterator[Node]:
    """Yield the tests that an item of ``tests:`` stands for: itself, or one a row of its table.

    A column is a key of a test (``expect``, ``says`` …) or the path of a field of the report, of
    ``prior.`` and the like; a blank cell leaves its value out.
    """
    if not isinstance(node, MappingNode) or all(node.get(key) is None for key in TABLE_KEYS):
        yield node
        return
    columns, rows = node.get("columns"), node.get("cases")
    if not isinstance(columns, SequenceNode) or not isinstance(rows, SequenceNode):
        for key, each in (("columns", columns), ("cases", rows)):
            if each is None:
                reading.note("missing-key", node, key=key)
            elif not isinstance(each, SequenceNode):
                reading.note("expected-list", each, key=key)
        return
    names = [each for each in columns.items if reading.text(each, "columns") is not None]
    for row in rows.items:
        if not isinstance(row, SequenceNode):
            reading.note("expected-list", row, key="cases")
        elif len(row.items) > len(names):
            reading.note("case-too-long", row, values=len(row.items), columns=len(names))
        else:
            yield _case(node, row, [each for each in names if isinstance(each, ScalarNode)])


def _case(shared: MappingNode, row: SequenceNode, columns: list[ScalarNode]) -> MappingNode:
    found = MappingNode(entries=(), line=row.line, column=row.column, end_column=row.end_column)
    for entry in shared.entries:
        if entry.name not in TABLE_KEYS:
            found = _with(found, (entry.name,), entry.key, entry.value)
    if found.get("report") is None:
        blank = MappingNode(entries=(), line=row.line, column=row.column)
        found = _with(
            found,
            ("report",),
            ScalarNode(text="report", quoted=False, line=row.line, column=row.column),
            blank,
        )
    for column, value in zip(columns, row.items, strict=False):
        if isinstance(value, ScalarNode) and value.is_null:
            continue
        parts = tuple(column.text.split("."))
        inside = parts if column.text in _OWN or parts[0] in _REPORTS else ("report", *parts)
        found = _with(found, inside, column, value)
    return found


def _with(node: MappingNode, path: tuple[str, ...], key: ScalarNode, value: Node) -> MappingNode:
    """Return *node* with *value* under the names of *path*, in place of what was there."""
    name, *rest = path
    if rest:
        inner = node.get(name)
        if not isinstance(inner, MappingNode):
            inner = MappingNode(entries=(), line=value.line, column=value.column)
        value = _with(inner, tuple(rest), key, value)
    entry = Entry(name=name, key=key, value=value)
    known = [each.name for each in node.entries]
    entries = list(node.entries)
    if name in known:
        entries[known.index(name)] = entry
    else:
        entries.append(entry)
    return MappingNode(entries=tuple(entries), line=node.line, column=node.column, end_column=node.end_column)

"""A file without a ``report:`` part: a report all the same, or something else altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.header import HEADER
from validator.readers.tree import MappingNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.field import Form
    from validator.readers.tree import Entry, Node

_NEAR = 0.75


def missing_header(root: MappingNode, forms: Mapping[str, Form]) -> tuple[str, Node, dict[str, object]]:
    """Return the code that fits a file without header, the place to show, and what to say.

    A name close to the header's, or figures of a known form, mark a report; a file with neither
    may be something else that lies in the same folder.
    """
    for entry in root.entries:
        if _is_near(entry.name):
            return "misspelt-header", entry.key, {"name": entry.name}
    for entry in root.entries:
        if any(_belongs(entry, form) for form in forms.values()):
            return "report-without-header", entry.key, {"name": entry.name}
    return "no-header", root, {}


def groups_of(form: Form) -> set[str]:
    """Return every prefix of a declared name."""
    groups: set[str] = set()
    for path in (*form.fields, *form.tables):
        group = path.rpartition(".")[0]
        while group and group not in groups:
            groups.add(group)
            group = group.rpartition(".")[0]
    return groups


def _is_near(name: str) -> bool:
    from difflib import SequenceMatcher

    folded = name.strip().casefold()[:40]
    return SequenceMatcher(None, folded, HEADER).ratio() >= _NEAR


def _belongs(entry: Entry, form: Form) -> bool:
    """Whether an entry is a table of the form, or a group with one of its names in it."""
    if entry.name in form.tables:
        rows = entry.value.items if isinstance(entry.value, SequenceNode) else ()
        cells = (cell for row in rows if isinstance(row, MappingNode) for cell in row.entries)
        return any(cell.name in form.tables[entry.name].columns for cell in cells)
    if entry.name in form.fields and "." in entry.name:
        return True
    if not isinstance(entry.value, MappingNode):
        return False
    names = {*form.fields, *form.tables, *groups_of(form)}
    return any(f"{entry.name}.{inner.name}" in names for inner in entry.value.entries)

"""Fields and columns that no rule looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import ColumnRef, FieldRef
from validator.model.field import FieldType
from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint
from validator.readers.tree import location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject

_NAMES = frozenset({FieldType.TEXT, FieldType.CHOICE})


def _find(subject: Subject) -> Iterator[Finding]:
    used = {node.field.path for node in subject.nodes() if isinstance(node, FieldRef | ColumnRef)}
    form = subject.pack.form
    file = subject.path("pack.yaml")
    for entry in subject.entries("fields"):
        field = form.fields[entry.name]
        if field.path not in used and field.type not in _NAMES:
            yield location_of(entry.key, file), {"field": field.path}
    for table in form.tables.values():
        for entry in subject.entries("tables", table.name, "columns"):
            column = table.columns[entry.name]
            if column.path not in used and column.type not in _NAMES:
                yield location_of(entry.key, file), {"field": column.path}


UNUSED_FIELD = Lint(
    id="lint/unused-field",
    find=_find,
    severity=Severity.INFO,
    why="A number that no rule looks at can be anything. Texts and choices are names and are not told.",
)

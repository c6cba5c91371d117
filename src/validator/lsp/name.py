"""The dotted name at an offset of an expression, complete or not, and what it means there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.lang.scope import CHILDREN, JOINED, normal
from validator.model.field import FieldDef, TableDef
from validator.model.record import record

if TYPE_CHECKING:
    from validator.lang.ir import Node
    from validator.lang.scope import Scope
    from validator.lang.types import Type

_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_TYPED = re.compile(r"(?:[^\W\d]\w*\.)*(?:[^\W\d]\w*)?\Z")
_TEXT = re.compile(r'"[^"\n]*"?')
_BINDER = re.compile(r"\b(all|any|for)\s+([^\W\d]\w*)\s+in\s+([^\W\d][\w.]*)")


@record
class Written:
    """A name as written: its text in NFC and where it stands."""

    text: str
    start: int
    end: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The name at its dots."""
        return tuple(self.text.split("."))


@record
class Named:
    """A definition (``define:``) found by its name."""

    name: str
    body: Node


@record
class Column:
    """A column of the table whose row a variable stands for."""

    table: TableDef
    column: FieldDef


Meaning = FieldDef | TableDef | Column | Named


def name_at(text: str, offset: int) -> Written | None:
    """Return the name that covers or touches *offset*, outside of quoted text."""
    for match in _PATH.finditer(_without_text(text)):
        if match.start() <= offset <= match.end():
            return Written(text=normal(match[0]), start=match.start(), end=match.end())
    return None


def typed_before(text: str, offset: int) -> Written | None:
    """Return the name begun before *offset*, perhaps empty; None inside quoted text or a number."""
    before = text[:offset]
    if before.count('"') % 2:
        return None
    found = _TYPED.search(before)
    start = found.start() if found else offset
    if start and (before[start - 1].isdigit() or before[start - 1] == "."):
        return None
    return Written(text=normal(before[start:]), start=start, end=offset)


def variables_at(text: str, offset: int, scope: Scope) -> dict[str, TableDef | None]:
    """Return the names bound at *offset*: each a row of a table, or a report (None)."""
    plain = _without_text(text)
    bound: dict[str, TableDef | None] = {}
    for match in _BINDER.finditer(plain):
        first = _opening(plain, match.start()) if match[1] == "for" else match.end()
        if first <= offset <= _closing(plain, match.end()):
            collection = scope.collection(tuple(match[3].split(".")), (0, 0))
            if collection is not None:
                bound[normal(match[2])] = collection[1]
    return bound


def meaning(written: Written, text: str, scope: Scope) -> Meaning | Type | None:
    """Return what a name in *text* means, None if it is unknown."""
    parts = written.parts
    bound = variables_at(text, written.start, scope)
    if parts[0] in bound:
        table = bound[parts[0]]
        if table is not None:
            column = table.columns.get(parts[1]) if len(parts) > 1 else None
            return Column(table=table, column=column) if column else table
        parts = parts[1:]
    if not parts:
        return None
    if written.text in scope.definitions:
        return Named(name=written.text, body=scope.definitions[written.text])
    place = scope.find(parts)
    return place.target if place else None


def names_before(typed: Written, text: str, scope: Scope) -> dict[str, Meaning | Type]:
    """Return the names that may stand where *typed* was begun, each with what it means."""
    bound = variables_at(text, typed.start, scope)
    names: dict[str, Meaning | Type] = {}
    for variable, table in bound.items():
        if table is not None:
            for name, column in table.columns.items():
                names[f"{variable}.{name}"] = Column(table=table, column=column)
    own = _own_names(scope)
    first = typed.parts[0]
    if "." in typed.text and (first in JOINED or (first in bound and bound[first] is None)):
        return names | {f"{first}.{name}": found for name, found in own.items()}
    if "." in typed.text and not any(name.startswith(f"{first}.") for name in (*names, *own)):
        # The table whose row it will be is not written yet: `sum(row.` before `for row in …`.
        for table in scope.form.tables.values():
            for name, column in table.columns.items():
                names.setdefault(f"{first}.{name}", Column(table=table, column=column))
    return names | own


def _own_names(scope: Scope) -> dict[str, Meaning | Type]:
    found: dict[str, Meaning | Type] = {}
    for name in scope.names():
        if name in scope.definitions:
            found[name] = Named(name=name, body=scope.definitions[name])
        elif place := scope.find(tuple(name.split("."))):
            found[name] = place.target
    return found


def words_for(typed: Written) -> tuple[str, ...]:
    """Return the names of collections and joined reports that may stand where *typed* was begun."""
    return () if "." in typed.text else (*JOINED, CHILDREN)


def _without_text(text: str) -> str:
    return _TEXT.sub(lambda match: " " * len(match[0]), text)


def _opening(text: str, offset: int) -> int:
    """Return where the innermost bracket around *offset* opens, else the beginning."""
    depth = 0
    for index in range(offset - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[index], 0)
        if depth < 0:
            return index
    return 0


def _closing(text: str, offset: int) -> int:
    """Return where the innermost bracket around *offset* closes, else the end."""
    depth = 0
    for index in range(offset, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth < 0:
            return index
    return len(text)

"""What a name in a rule can mean: fields, table columns, headers, joined reports, definitions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from validator.lang.ir import Collection, Node
from validator.lang.types import DATE, TEXT, Type
from validator.model.field import FieldDef, Form, TableDef
from validator.model.record import evolve, field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: dict[str, Type] = {
    "form": TEXT,
    "unit.id": TEXT,
    "unit.name": TEXT,
    "unit.level": TEXT,
    "unit.parent": TEXT,
    "period.kind": TEXT,
    "period.from": DATE,
    "period.to": DATE,
}
JOINED = ("prior", "earlier", "parent")
CHILDREN = "children"
SELF = "report"


@record(kw_only=False)
class Variable:
    """A bound name: a row of ``table``, or a joined report if there is none."""

    name: str
    table: TableDef | None


@record(kw_only=False)
class Place:
    """A field, header or table found by name, with the report or variable it belongs to."""

    source: str
    target: FieldDef | TableDef | Type
    name: str


@record
class Scope:
    """Names visible to one expression; ``within`` is tried before the absolute name.

    ``broken`` are names whose declaration has a fault: their uses are not accused as well.
    """

    form: Form
    within: str = ""
    variables: Mapping[str, Variable] = field(default_factory=dict)
    definitions: Mapping[str, Node] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def bind(self, variable: Variable) -> Scope:
        """Return the scope inside a quantifier or aggregate that binds *variable*."""
        return evolve(self, variables={**self.variables, variable.name: variable})

    def candidates(self, name: str) -> tuple[str, ...]:
        """Return *name* as it may be meant: below ``within`` first, then absolute."""
        return (f"{self.within}.{name}", name) if self.within else (name,)

    def is_broken(self, parts: tuple[str, ...]) -> bool:
        """Whether a dotted name, of this report or of a bound or joined one, has a faulty declaration."""
        names = (".".join(parts), ".".join(parts[1:]))
        return any(candidate in self.broken for name in names for candidate in self.candidates(name))

    def find(self, parts: tuple[str, ...]) -> Place | None:
        """Return what a dotted name means in reports, None if nothing; columns are not looked up."""
        source, rest = SELF, parts
        first = parts[0]
        if first in self.variables or (first in JOINED and len(parts) > 1 and not self._field(parts)):
            source, rest = first, parts[1:]
        if not rest:
            return None
        name = ".".join(rest)
        for candidate in self.candidates(name):
            if candidate in self.form.fields:
                return Place(source, self.form.fields[candidate], candidate)
            if candidate in self.form.tables:
                return Place(source, self.form.tables[candidate], candidate)
        return Place(source, HEADERS[name], name) if name in HEADERS else None

    def _field(self, parts: tuple[str, ...]) -> bool:
        return any(name in self.form.fields for name in self.candidates(".".join(parts)))

    def names(self) -> tuple[str, ...]:
        """Return every name that may be written here, short names first; for suggestions."""
        prefix = f"{self.within}." if self.within else ""
        fields = tuple(self.form.fields)
        short = tuple(path[len(prefix) :] for path in fields if prefix and path.startswith(prefix))
        return (*short, *self.definitions, *fields, *self.form.tables, *HEADERS, *self.variables)

    def collection(
        self, parts: tuple[str, ...], span: tuple[int, int]
    ) -> tuple[Collection, TableDef | None] | None:
        """Return the collection that a dotted name means, with its table if it is one."""
        if parts == (CHILDREN,):
            return Collection(SELF, CHILDREN, is_table=False, span=span), None
        place = self.find(parts)
        if place is None or not isinstance(place.target, TableDef):
            return None
        return Collection(place.source, place.name, is_table=True, span=span), place.target


def normal(name: str) -> str:
    """Return *name* in the form names are compared in (Unicode NFC)."""
    return unicodedata.normalize("NFC", name)

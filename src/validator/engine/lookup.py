"""The values that rules refer to: cells, rows and headers of the report and of those joined to it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.context import TooManySteps, most_steps
from validator.exact.interval import EVERYTHING, Interval
from validator.exact.linear import Atom, Linear, enclosed, known
from validator.exact.truth import TRUE
from validator.lang.ir import Collection, ColumnRef, FieldRef, HeaderRef, walk
from validator.model.field import FieldDef, FieldType
from validator.model.quantity import Quantity, thin
from validator.model.report import Cell, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.engine.context import Bindings, Context, Member
    from validator.exact.truth import Truth
    from validator.lang.ir import Aggregate, Node, Quantifier
    from validator.model.quantity import Number

_HALF = Fraction(1, 2)


Key = tuple[int, object]
"""A node, by its identity, and what its variables stand for."""


def header_of(report: Report, name: str) -> str | date | None:
    """Return a part of a report's header by its name in the language, None if it is missing."""
    match name:
        case "form":
            return report.form
        case "period.kind":
            return report.period.kind
        case "period.from":
            return report.period.start
        case "period.to":
            return report.period.end
        case _:
            found: str | None = getattr(report.unit, name.partition(".")[2])
            return found


class Lookup:
    """Looks values up in one context."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def held(self, collection: Collection, bindings: Bindings) -> tuple[Member, ...] | None:
        """Return what a collection holds, None if that is not known."""
        if not collection.is_table:
            return self.context.members()
        report = self.report(collection.source, bindings)
        return report.tables.get(collection.name) if report else None

    def report(self, source: str, bindings: Bindings) -> Report | None:
        """Return the report that a reference's source names, None if it is not there."""
        if source == "report":
            return self.context.report
        member = bindings.get(source)
        if isinstance(member, Report):
            return member
        return self.context.joined.get(source)

    def statement(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:
        """Return the statement that counts, whether it can be read or not."""
        if isinstance(node, ColumnRef):
            row = bindings[node.variable]
            return None if isinstance(row, Report) else row.cells.get(node.field.path.rpartition(".")[2])
        report = self.report(node.source, bindings)
        statements = report.cells.get(node.field.path, ()) if report else ()
        return statements[0] if statements else None

    def is_at_hand(self, node: FieldRef | ColumnRef, bindings: Bindings) -> bool:
        """Whether the report that a reference names is there: only in one that is can a value be blank."""
        if isinstance(node, ColumnRef):
            return not isinstance(bindings[node.variable], Report)
        report = self.report(node.source, bindings)
        return report is not None and not self.context.is_absent(report)

    def origin(self, node: FieldRef | ColumnRef, bindings: Bindings) -> object:
        """Return what tells two values of one field apart: the report or the row they stand in."""
        source = node.variable if isinstance(node, ColumnRef) else node.source
        member = bindings.get(source)
        return source if member is None else id(member)

    @staticmethod
    def identity(bindings: Bindings) -> object:
        """Return what tells one round of nested variables from another."""
        return tuple([(name, id(member)) for name, member in bindings.items()]) if bindings else ()

    def heading(self, node: HeaderRef, bindings: Bindings) -> str | date | None:
        """Return a part of a header, None if it is missing."""
        report = self.report(node.source, bindings)
        return None if report is None else header_of(report, node.name)


def conditioned(
    node: Quantifier | Aggregate, rounds: Iterable[Bindings], truth: Callable[[Node, Bindings], Truth]
) -> Iterator[tuple[Truth, Bindings]]:
    """Return for each member, as bound in *rounds*, whether it meets the condition."""
    condition = node.condition
    return ((TRUE if condition is None else truth(condition, each), each) for each in rounds)


class NotingLookup(Lookup):
    """Looks values up and notes what came of it.

    ``missing`` collects the references that had no value, in the order they were met, and
    ``required`` those of them that a rule demands; ``collections`` says which have members.
    ``is_stated`` says whether any value was found, ``is_asked`` whether a rule asked if one is there,
    ``is_absent`` whether a collection has no members.
    """

    def __init__(self, context: Context, *, cut_off: bool = False, is_bounded: bool = False) -> None:
        super().__init__(context)
        self._is_bounded = is_bounded
        self._steps_left: int | None = None
        self._weights: dict[int, int] = {}
        self.cut_off = cut_off
        self.missing: dict[tuple[object, str], FieldRef | ColumnRef | HeaderRef | Collection] = {}
        self.required: dict[str, FieldRef | ColumnRef] = {}
        self.collections: set[tuple[int, bool]] = set()
        self.is_stated = self.is_asked = self.is_absent = False

    def spend(self, node: Quantifier | Aggregate) -> None:
        """Count the look at one member; raises `TooManySteps` if there were too many."""
        if not self._is_bounded:
            return
        if self._steps_left is None:
            self._steps_left = most_steps()
        weight = self._weights.get(id(node))
        if weight is None:
            weight = self._weights[id(node)] = len(walk(node))
        self._steps_left -= weight
        if self._steps_left < 0:
            raise TooManySteps

    def members(self, collection: Collection, bindings: Bindings) -> tuple[Member, ...] | None:
        """Return what a collection holds, None (and noted) if that is not known."""
        found = self.held(collection, bindings)
        if found is None:
            self.missing.setdefault((collection.source, collection.name), collection)
        else:
            self.collections.add((id(collection), bool(found)))
        return found

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:
        """Return the statement that counts, None (and noted) if there is no readable one."""
        found = self.statement(node, bindings)
        if found is None or found.value is None:
            self.missing.setdefault((self.origin(node, bindings), node.field.path), node)
            return None
        self.is_stated = True
        return found

    def reference(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Linear:
        """Return the number or day that a field or column holds, an unknown if it is blank."""
        cell = self.cell(node, bindings)
        if cell is None:
            policy = node.policy
            if policy != "unknown" and not self.is_at_hand(node, bindings):
                policy = "unknown"
            if policy == "zero":
                return known(0)
            if policy == "fail":
                self.required.setdefault(node.field.path, node)
            return Linear(0, ((self._blank(node, bindings), 1),))
        value = cell.value
        if isinstance(value, Quantity):
            step = value.step
            if not step or not node.field.is_rounded:
                return Linear(thin(value.value))
            key = (self.origin(node, bindings), node.field.path)
            atom = Atom(key, self._rounding(value.value, step), missing=False)
            return Linear(thin(value.value), ((atom, 1),))
        if isinstance(value, date):
            return known(value.toordinal())
        raise TypeError(cell)

    def _rounding(self, value: Fraction, step: Fraction) -> Interval:
        half = step * _HALF
        if not self.cut_off:
            return Interval(-half, half)
        if value < 0:
            return Interval(-step, half, low_open=True)
        return Interval(-half, step, high_open=True)

    def _blank(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Atom:
        field: FieldDef = node.field
        whole = field.type in (FieldType.COUNT, FieldType.DATE)
        low: Number | None = 0 if field.minimum is None and field.type is FieldType.COUNT else field.minimum
        key = (self.origin(node, bindings), field.path)
        return Atom(key, Interval(low, field.maximum), missing=True, whole=whole)

    def header(self, node: HeaderRef, bindings: Bindings) -> str | date | None:
        """Return a part of a header, None (and noted) if it is missing."""
        found = self.heading(node, bindings)
        if found is None:
            self.missing.setdefault((node.source, node.name), node)
        else:
            self.is_stated = True
        return found

    def header_date(self, node: HeaderRef, bindings: Bindings) -> Linear:
        """Return the first or last day of a period as its day number."""
        found = self.header(node, bindings)
        if isinstance(found, date):
            return known(found.toordinal())
        return enclosed((node.source, node.name), EVERYTHING, _SOMETHING_MISSING)


_SOMETHING_MISSING = Linear(0, ((Atom("missing", EVERYTHING, missing=True), 1),))

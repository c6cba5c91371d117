"""The *value* interpreter over every report there could be: each field may hold anything, or nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.exact import truth as t
from validator.exact.interval import EVERYTHING, Interval
from validator.exact.linear import Atom, Linear, extreme
from validator.lang.function import FUNCTIONS
from validator.lang.ir import Aggregate, Call, Collection, ColumnRef, FieldRef, Node, Quantifier
from validator.model.field import FieldType
from validator.model.location import Location
from validator.model.report import Cell, Report, Row

if TYPE_CHECKING:
    from validator.engine.context import Bindings, Member
    from validator.exact.truth import Truth

_ONE, _ZERO = Fraction(1), Fraction(0)
_WHOLE = frozenset({FieldType.COUNT, FieldType.DATE})


class Possible(Evaluator):
    """Gives the outcomes that a node can have in any report.

    With *bounded*, no value is taken to lie outside the ``min`` and ``max`` of its field; a
    report may state one that does, and a rule may be there to find it.
    """

    def __init__(self, *, bounded: bool) -> None:
        super().__init__(Context(report=Report()))
        self.bounded = bounded
        self._members: dict[tuple[str, str], Member] = {}

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:  # type: ignore[explicit-override]  # noqa: ARG002
        """Return no statement: nothing is known of any report."""
        return None

    def reference(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Linear:  # type: ignore[explicit-override]
        """Return any number that the field's type allows."""
        field = node.field
        low = _ZERO if field.type is FieldType.COUNT else None
        high = None
        if self.bounded:
            low, high = (low if field.minimum is None else field.minimum), field.maximum
        key = (self.origin(node, bindings), field.path)
        return _unknown(key, Interval(low, high), whole=field.type in _WHOLE)

    def truth(self, node: Node, bindings: Bindings) -> Truth:  # type: ignore[explicit-override]
        """Return the outcomes of a node; whether a value is there is as unknown as the value."""
        if isinstance(node, Call):
            return t.UNKNOWN
        return super().truth(node, bindings)

    def number(self, node: Node, bindings: Bindings) -> Linear:  # type: ignore[explicit-override]
        """Return the numbers that a node can give."""
        if isinstance(node, Call) and FUNCTIONS[node.name].skips_blanks:
            parts = tuple(self.number(argument, bindings) for argument in node.arguments)
            return extreme((id(node), self.identity(bindings)), parts, hull=True)
        return super().number(node, bindings)

    def members(self, collection: Collection, bindings: Bindings) -> tuple[Member, ...] | None:  # type: ignore[explicit-override]  # noqa: ARG002
        """Return one member of which nothing is known, for names to be bound to."""
        key = (collection.source, collection.name)
        blank: Member = Row(cells={}, location=Location()) if collection.is_table else Report()
        return (self._members.setdefault(key, blank),)

    def _quantifier(self, node: Quantifier, bindings: Bindings) -> Truth:  # type: ignore[explicit-override]
        bound = self.bound(node, bindings)
        condition, inner = next(bound) if bound else (t.TRUE, bindings)
        body = self.truth(node.body, inner) if condition & t.TRUE else 0
        # `all` over none says nothing of the rule, but a condition may leave none of many; `any` over
        # none is false.
        none = node.name == "any" or condition != t.TRUE
        return body | ((t.FALSE if node.name == "any" else t.TRUE) if none else 0)

    def _unique(self, node: Aggregate, bindings: Bindings) -> Truth:  # type: ignore[explicit-override]  # noqa: ARG002
        return t.UNKNOWN

    def _aggregate(self, node: Aggregate, bindings: Bindings) -> Linear:  # type: ignore[explicit-override]
        key = (id(node), self.identity(bindings))
        if node.name == "count":
            return _unknown(key, Interval(_ZERO, None), whole=True)
        bound = self.bound(node, bindings)
        one = self.number(node.body, next(bound)[1]).range() if bound else EVERYTHING
        if node.name == "sum":
            low = _ZERO if one.low is not None and one.low >= 0 else None
            high = _ZERO if one.high is not None and one.high <= 0 else None
            one = Interval(low, high)
        return _unknown(key, one, whole=False)


def _unknown(key: object, around: Interval, *, whole: bool) -> Linear:
    return Linear(_ZERO, ((Atom(key, around, missing=True, whole=whole), _ONE),))

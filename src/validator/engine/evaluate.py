"""The *value* interpreter: a typed tree on one report, exact, over all roundings and completions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import assert_never

from validator.engine import truth as t
from validator.engine.compare import compare
from validator.engine.context import Bindings, Context, Member
from validator.engine.function import Undefined, call_number, call_truth, extreme
from validator.engine.interval import EVERYTHING, Interval
from validator.engine.linear import Atom, Linear, divide, enclosed, known, times
from validator.engine.truth import Truth
from validator.lang.ir import (
    Aggregate,
    Call,
    Collection,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    HeaderRef,
    If,
    InSet,
    Logic,
    Named,
    Node,
    Product,
    Quantifier,
    Sum,
    VariableRef,
)
from validator.lang.types import Kind
from validator.model.field import FieldDef, FieldType
from validator.model.quantity import Quantity
from validator.model.report import Cell, Report

_HALF = Fraction(1, 2)
_ZERO = Fraction(0)
_NATURAL = Interval(_ZERO, None)


class Evaluator:
    """Evaluates nodes on one context; ``cut_off`` also lets written digits be cut off, not rounded.

    ``missing`` collects the references that had no value, in the order they were met.
    """

    def __init__(self, context: Context, *, cut_off: bool = False) -> None:
        self.context = context
        self.cut_off = cut_off
        self.missing: dict[tuple[object, str], FieldRef | ColumnRef | HeaderRef | Collection] = {}
        self.required: dict[str, FieldRef | ColumnRef] = {}

    # Truth

    def truth(self, node: Node, bindings: Bindings) -> Truth:
        """Return the outcomes that *node* can have."""
        match node:
            case Compare():
                return self._compare(node, bindings)
            case Logic():
                return self._logic(node, bindings)
            case Quantifier():
                return self._quantifier(node, bindings)
            case Named():
                return self.truth(node.body, bindings)
            case InSet():
                return self._in_set(node, bindings)
            case If():
                return self._if(node, bindings)
            case Aggregate():
                return self._unique(node, bindings)
            case Call():
                return call_truth(self, node, bindings)
            case Constant():
                return t.of(node.value is True)
            case FieldRef() | ColumnRef():
                cell = self.cell(node, bindings)
                return t.UNKNOWN if cell is None else t.of(cell.value is True)
            case HeaderRef() | VariableRef() | Sum() | Product():
                raise TypeError(node)
            case _:
                assert_never(node)

    def _compare(self, node: Compare, bindings: Bindings) -> Truth:
        if node.left.type.kind in (Kind.TEXT, Kind.TRUTH):
            return self._equal(node.left, node.right, bindings, negated=node.operator == "≠")
        try:
            difference = self.number(node.left, bindings).minus(self.number(node.right, bindings))
            slack = self.number(node.slack, bindings).range().high if node.slack else _ZERO
        except Undefined:
            return t.UNDEFINED
        if slack is None:
            return t.UNKNOWN
        return compare(difference, node.operator, slack)

    def _equal(self, left: Node, right: Node, bindings: Bindings, *, negated: bool) -> Truth:
        if left.type.kind is Kind.TRUTH:
            one, other = self.truth(left, bindings), self.truth(right, bindings)
            same = t.disjunction(
                t.conjunction(one, other), t.conjunction(t.negation(one), t.negation(other))
            )
        else:
            text, expected = self.text(left, bindings), self.text(right, bindings)
            same = t.UNKNOWN if text is None or expected is None else t.of(text == expected)
        return t.negation(same) if negated else same

    def _logic(self, node: Logic, bindings: Bindings) -> Truth:
        values = [self.truth(operand, bindings) for operand in node.operands]
        match node.operator:
            case "not":
                return t.negation(values[0])
            case "implies":
                return t.disjunction(t.negation(values[0]), values[1])
        combine = t.conjunction if node.operator == "and" else t.disjunction
        result = values[0]
        for value in values[1:]:
            result = combine(result, value)
        return result

    def _in_set(self, node: InSet, bindings: Bindings) -> Truth:
        result = t.FALSE
        for option in node.options:
            if node.item.type.kind is Kind.TEXT:
                one = self._equal(node.item, option, bindings, negated=False)
            else:
                one = self._compare(Compare(node.item, "=", option, None, node.type, node.span), bindings)
            result = t.disjunction(result, one)
        return result

    def _if(self, node: If, bindings: Bindings) -> Truth:
        condition = self.truth(node.condition, bindings)
        result = self.truth(node.yes, bindings) if condition & t.TRUE else 0
        result |= self.truth(node.no, bindings) if condition & t.FALSE else 0
        return result | condition & t.UNDEFINED

    # Collections

    def members(self, collection: Collection, bindings: Bindings) -> tuple[Member, ...] | None:
        """Return what a collection holds, None if that is not known."""
        if not collection.is_table:
            found: tuple[Member, ...] | None = self.context.members()
        else:
            report = self.report(collection.source, bindings)
            found = report.tables.get(collection.name) if report else None
        if found is None:
            self.missing.setdefault((collection.source, collection.name), collection)
        return found

    def bound(self, node: Quantifier | Aggregate, bindings: Bindings) -> Iterator[tuple[Truth, Bindings]] | None:
        """Return for each member whether it meets the condition, with its bindings."""
        members = self.members(node.collection, bindings)
        if members is None:
            return None
        inner = ({**bindings, node.variable: member} for member in members)
        if node.condition is None:
            return ((t.TRUE, each) for each in inner)
        condition = node.condition
        return ((self.truth(condition, each), each) for each in inner)

    def _quantifier(self, node: Quantifier, bindings: Bindings) -> Truth:
        every = node.name == "all"
        members = self.bound(node, bindings)
        if members is None:
            return t.UNKNOWN
        result, skipped, counted = (t.TRUE if every else t.FALSE), False, False
        for condition, inner in members:
            if not condition & t.TRUE:
                continue
            body = self.truth(node.body, inner)
            if body == t.UNDEFINED:
                skipped = True
                continue
            counted = True
            if every:
                result = t.conjunction(result, t.disjunction(t.negation(condition), body))
            else:
                result = t.disjunction(result, t.conjunction(condition, body))
        return t.UNDEFINED if skipped and not counted else result

    def _unique(self, node: Aggregate, bindings: Bindings) -> Truth:
        members = self.bound(node, bindings)
        if members is None:
            return t.UNKNOWN
        seen: set[object] = set()
        doubtful = False
        for condition, inner in members:
            value = self._key(node.body, inner)
            if value is None or condition != t.TRUE:
                doubtful = True
            elif value in seen:
                return t.FALSE
            else:
                seen.add(value)
        return t.UNKNOWN if doubtful else t.TRUE

    def _key(self, node: Node, bindings: Bindings) -> object:
        if node.type.kind is Kind.TEXT:
            return self.text(node, bindings)
        if node.type.kind is Kind.TRUTH:
            value = self.truth(node, bindings)
            return value if value in (t.TRUE, t.FALSE) else None
        try:
            number = self.number(node, bindings)
        except Undefined:
            return None
        return None if number.has_missing else number.constant

    # Numbers (dates are their day numbers)

    def number(self, node: Node, bindings: Bindings) -> Linear:
        """Return the value of a number or date; raises `Undefined` for a division by zero."""
        match node:
            case FieldRef() | ColumnRef():
                return self._reference(node, bindings)
            case Constant():
                value = node.value
                return known(value.toordinal() if isinstance(value, date) else Fraction(value))
            case Sum():
                total = known(0)
                for sign, term in node.terms:
                    number = self.number(term, bindings)
                    total = total.plus(number if sign > 0 else number.scaled(Fraction(-1)))
                return total
            case Product():
                return self._product(node, bindings)
            case Named():
                return self.number(node.body, bindings)
            case Aggregate():
                return self._aggregate(node, bindings)
            case Call():
                return call_number(self, node, bindings)
            case If():
                return self._choose(node, bindings)
            case HeaderRef():
                return self._header_date(node, bindings)
            case _:
                raise TypeError(node)

    def _product(self, node: Product, bindings: Bindings) -> Linear:
        result = self.number(node.factors[0][1], bindings)
        for index, (operator, factor) in enumerate(node.factors[1:]):
            key = (node.span, index, self.identity(bindings))
            operand = self.number(factor, bindings)
            combined = (divide if operator == "/" else times)(key, result, operand)
            if combined is None:
                raise Undefined("division-by-zero")
            result = combined
        return result

    def _choose(self, node: If, bindings: Bindings) -> Linear:
        condition = self.truth(node.condition, bindings)
        if condition == t.UNDEFINED:
            raise Undefined("division-by-zero")
        if not condition & t.FALSE:
            return self.number(node.yes, bindings)
        if not condition & t.TRUE:
            return self.number(node.no, bindings)
        branches = (self.number(node.yes, bindings), self.number(node.no, bindings))
        return extreme((node.span, self.identity(bindings)), branches, hull=True)

    def _aggregate(self, node: Aggregate, bindings: Bindings) -> Linear:
        members = self.bound(node, bindings)
        key = (node.span, self.identity(bindings))
        if members is None:
            around = _NATURAL if node.name == "count" else EVERYTHING
            return Linear(_ZERO, ((Atom(key, around, missing=True, whole=node.name == "count"), Fraction(1)),))
        if node.name in ("min", "max"):
            values = [(condition, self.number(node.body, inner)) for condition, inner in members if condition & t.TRUE]
            if not values:
                raise Undefined("empty-collection")
            doubtful = any(condition != t.TRUE for condition, _ in values)
            numbers = tuple(number for _, number in values)
            return extreme(key, numbers, hull=doubtful, greatest=node.name == "max")
        total = known(0)
        for index, (condition, inner) in enumerate(members):
            if condition & t.TRUE:
                one = known(1) if node.name == "count" else self.number(node.body, inner)
                total = total.plus(one if condition == t.TRUE else self._perhaps((key, index), one))
        return total

    @staticmethod
    def _perhaps(key: object, number: Linear) -> Linear:
        """Return a number that counts or does not, which is not known."""
        around = number.range()
        low = None if around.low is None else min(around.low, _ZERO)
        high = None if around.high is None else max(around.high, _ZERO)
        atom = Atom(key, Interval(low, high), missing=True, whole=number.is_whole)
        return Linear(_ZERO, ((atom, Fraction(1)),), number.partial)

    # Values of reports

    def report(self, source: str, bindings: Bindings) -> Report | None:
        """Return the report that a reference's source names, None if it is not there."""
        if source == "report":
            return self.context.report
        member = bindings.get(source)
        if isinstance(member, Report):
            return member
        return self.context.joined.get(source)

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:
        """Return the statement that counts, None (and noted) if there is no readable one."""
        if isinstance(node, ColumnRef):
            row = bindings[node.variable]
            found = None if isinstance(row, Report) else row.cells.get(node.field.path.rpartition(".")[2])
        else:
            report = self.report(node.source, bindings)
            statements = report.cells.get(node.field.path, ()) if report else ()
            found = statements[0] if statements else None
        if found is None or found.value is None:
            self.missing.setdefault((self.origin(node, bindings), node.field.path), node)
            return None
        return found

    def _reference(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Linear:
        cell = self.cell(node, bindings)
        if cell is None:
            if node.policy == "zero":
                return known(0)
            if node.policy == "fail":
                self.required.setdefault(node.field.path, node)
            return Linear(_ZERO, ((self._blank(node, bindings), Fraction(1)),))
        value = cell.value
        if isinstance(value, Quantity):
            step = value.step
            if not step or not node.field.is_rounded:
                return Linear(value.value)
            key = (self.origin(node, bindings), node.field.path)
            atom = Atom(key, self._rounding(value.value, step), missing=False)
            return Linear(value.value, ((atom, Fraction(1)),))
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
        low = _ZERO if field.minimum is None and field.type is FieldType.COUNT else field.minimum
        key = (self.origin(node, bindings), field.path)
        return Atom(key, Interval(low, field.maximum), missing=True, whole=whole)

    def origin(self, node: FieldRef | ColumnRef, bindings: Bindings) -> object:
        """Return what tells two values of one field apart: the report or the row they stand in."""
        source = node.variable if isinstance(node, ColumnRef) else node.source
        member = bindings.get(source)
        return source if member is None else (source, id(member))

    @staticmethod
    def identity(bindings: Bindings) -> object:
        """Return what tells one round of nested variables from another."""
        return tuple((name, id(member)) for name, member in bindings.items())

    def _header_date(self, node: HeaderRef, bindings: Bindings) -> Linear:
        report = self.report(node.source, bindings)
        period = report.period if report else None
        value = (period.start if node.name == "period.from" else period.end) if period else None
        if value is not None:
            return known(value.toordinal())
        self.missing.setdefault((node.source, node.name), node)
        return enclosed((node.source, node.name), EVERYTHING, _SOMETHING_MISSING)

    def text(self, node: Node, bindings: Bindings) -> str | None:
        """Return the value of a text, None if it is missing."""
        match node:
            case Constant():
                return str(node.value)
            case FieldRef() | ColumnRef():
                cell = self.cell(node, bindings)
                return None if cell is None else str(cell.value)
            case HeaderRef():
                found = self._header_text(node, bindings)
                if found is None:
                    self.missing.setdefault((node.source, node.name), node)
                return found
            case Named():
                return self.text(node.body, bindings)
            case If():
                condition = self.truth(node.condition, bindings)
                yes = self.text(node.yes, bindings) if condition & t.TRUE else None
                no = self.text(node.no, bindings) if condition & t.FALSE else None
                return yes if condition == t.TRUE else no if condition == t.FALSE or yes == no else None
            case Call(name="first"):
                texts = (self.text(argument, bindings) for argument in node.arguments)
                return next((text for text in texts if text is not None), None)
            case _:
                raise TypeError(node)

    def _header_text(self, node: HeaderRef, bindings: Bindings) -> str | None:
        report = self.report(node.source, bindings)
        if report is None:
            return None
        if node.name == "form":
            return report.form
        if node.name == "period.kind":
            return report.period.kind
        value: str | None = getattr(report.unit, node.name.partition(".")[2])
        return value


_SOMETHING_MISSING = Linear(_ZERO, ((Atom("missing", EVERYTHING, missing=True), Fraction(1)),))

"""Lark tree → typed tree, with every fault found on the way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.lang import check_errors as errors
from validator.lang.check_collection import CollectionChecking
from validator.lang.checking import Faulty, parts_of, sign_of, span_of
from validator.lang.ir import (
    Call,
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
    Span,
    Sum,
    VariableRef,
)
from validator.lang.parse import parse
from validator.lang.scope import HEADERS, Scope, Variable, normal
from validator.lang.types import (
    COUNT,
    DATE,
    DAYS,
    LITERAL,
    RATIO,
    TEXT,
    TRUTH,
    Kind,
    product,
    quotient,
    type_of_field,
)
from validator.model.field import FieldDef, TableDef
from validator.model.problem import Problem

if TYPE_CHECKING:
    from validator.lang.source import Source

_OPERATORS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_ORDERS = frozenset({"<", "≤", ">", "≥"})


def compile_expression(
    source: Source, scope: Scope, expected: Kind | None
) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse and check *source*; return its typed tree, or None, and all faults and warnings.

    *expected* is the kind the expression must have (`Kind.TRUTH` for `assert:` and `when:`), None for any.
    """
    tree = parse(source)
    if isinstance(tree, Problem):
        return None, (tree,)
    checker = _Checker(source)
    node = checker.attempt(tree.children[0], scope)
    if node is not None and expected is not None and node.type.kind is not expected:
        checker.problems.append(errors.unexpected_type(source, node.span, expected.value, node.type))
        node = None
    return node, tuple(checker.problems)


class _Checker(CollectionChecking):
    """One pass over one expression; a method for each construct of the grammar."""

    # Constants

    def _number(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(Fraction(raw), raw, LITERAL, span_of(tree))

    def _percent(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(Fraction(raw[:-1]) / 100, raw, RATIO, span_of(tree))

    def _text(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(normal(raw[1:-1]), raw, TEXT, span_of(tree))

    def _truth(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(raw == "true", raw, TRUTH, span_of(tree))

    def _date(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        try:
            return Constant(date.fromisoformat(raw), raw, DATE, span_of(tree))
        except ValueError:
            location = self.source.locate(*span_of(tree))
            raise self._fail(
                Problem(code="type/no-such-date", location=location, args={"text": raw})
            ) from None

    # Names

    def _name(self, tree: Any, scope: Scope) -> Node:
        parts, span = parts_of(tree.children[0]), span_of(tree)
        name = ".".join(parts)
        for candidate in scope.candidates(name):
            if candidate in scope.definitions:
                body = scope.definitions[candidate]
                return Named(candidate, body, body.type, span)
        variable = scope.variables.get(parts[0])
        if variable is not None and len(parts) == 1:
            return VariableRef(variable.name, COUNT, span)
        if variable is not None and variable.table is not None:
            return self._column(variable, variable.table, parts[1:], scope, span)
        place = scope.find(parts)
        table = scope.find(parts[:-1]) if place is None and len(parts) > 1 else None
        if table is not None and isinstance(table.target, TableDef) and parts[-1] in table.target.columns:
            raise self._fail(errors.column_without_row(self.source, span, table.name, parts[-1]))
        if place is None and scope.is_broken(parts):
            raise Faulty
        if place is None:
            raise self._fail(errors.undeclared_field(self.source, span, name, scope.names()))
        if isinstance(place.target, TableDef):
            raise self._fail(errors.whole_table(self.source, span, name))
        if isinstance(place.target, FieldDef):
            policy = scope.policies.get(place.name, "unknown")
            return FieldRef(place.source, place.target, policy, type_of_field(place.target), span)
        return HeaderRef(place.source, place.name, HEADERS[place.name], span)

    def _column(
        self, variable: Variable, table: TableDef, rest: tuple[str, ...], scope: Scope, span: Span
    ) -> Node:
        name = ".".join(rest)
        column = table.columns.get(name)
        if column is None and f"{table.name}.{name}" in scope.broken:
            raise Faulty
        if column is None:
            raise self._fail(errors.undeclared_column(self.source, span, name, table.name, table.columns))
        policy = scope.policies.get(f"{table.name}.{name}", "unknown")
        return ColumnRef(variable.name, table.name, column, policy, type_of_field(column), span)

    # Arithmetic

    def _group(self, tree: Any, scope: Scope) -> Node:
        return self.check(tree.children[0], scope)

    def _signed(self, tree: Any, scope: Scope) -> Node:
        sign, operand = tree.children
        (node,) = self._all([operand], scope)
        self._demand((node,), Kind.NUMBER)
        return Sum(((sign_of(sign), node),), node.type, span_of(tree))

    def _add(self, tree: Any, scope: Scope) -> Node:
        nodes = self._all(tree.children[0::2], scope)
        signs = [1, *(sign_of(sign) for sign in tree.children[1::2])]
        if len(nodes) == 2 and signs[1] == -1 and all(node.type.kind is Kind.DATE for node in nodes):
            return Call("days", (nodes[1], nodes[0]), DAYS, span_of(tree))
        self._demand(nodes, Kind.NUMBER)
        result = nodes[0].type
        for sign, node in zip(signs[1:], nodes[1:], strict=True):
            result = self._join("+" if sign > 0 else "-", result, node)
        return Sum(tuple(zip(signs, nodes, strict=True)), result, span_of(tree))

    def _multiply(self, tree: Any, scope: Scope) -> Node:
        nodes = self._all(tree.children[0::2], scope)
        self._demand(nodes, Kind.NUMBER)
        operators = ["*", *("/" if str(sign) in "/÷" else "*" for sign in tree.children[1::2])]
        result = nodes[0].type
        for operator, node in zip(operators[1:], nodes[1:], strict=True):
            combined = (quotient if operator == "/" else product)(result, node.type)
            if combined is None:
                raise self._fail(errors.type_mismatch(self.source, node.span, operator, result, node.type))
            result = combined
        return Product(tuple(zip(operators, nodes, strict=True)), result, span_of(tree))

    # Comparisons and logic

    def _compare(self, tree: Any, scope: Scope) -> Node:
        first, *links = tree.children
        operands = self._all([first, *(link.children[1] for link in links)], scope)
        parts = [
            self._link(link, left, right, scope)
            for link, left, right in zip(links, operands, operands[1:], strict=False)
        ]
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts), TRUTH, span_of(tree))

    def _link(self, link: Any, left: Node, right: Node, scope: Scope) -> Node:
        written = str(link.children[0])
        operator = _OPERATORS.get(written, written)
        span = (left.span[0], right.span[1])
        self._join(operator, left.type, right)
        if operator in _ORDERS and left.type.kind in (Kind.TEXT, Kind.TRUTH):
            raise self._fail(errors.not_ordered(self.source, span, operator, left.type))
        self._choices(left, right)
        slack = None
        if link.children[2] is not None:
            if operator != "=":
                raise self._fail(errors.slack_without_equality(self.source, span, operator))
            (slack,) = self._all([link.children[2]], scope)
            self._join("±", left.type, slack)
            span = (span[0], slack.span[1])
        return Compare(left, operator, right, slack, TRUTH, span)

    def _choices(self, left: Node, right: Node) -> None:
        for one, other in ((left, right), (right, left)):
            if isinstance(other, Constant) and one.type.choices and other.value not in one.type.choices:
                raise self._fail(
                    errors.no_such_choice(self.source, other.span, str(other.value), one.type.choices)
                )

    def _in_set(self, tree: Any, scope: Scope) -> Node:
        item, *options = self._all(tree.children, scope)
        for option in options:
            self._join("in", item.type, option)
            self._choices(item, option)
        return InSet(item, tuple(options), TRUTH, span_of(tree))

    def _not_in_set(self, tree: Any, scope: Scope) -> Node:
        return Logic("not", (self._in_set(tree, scope),), TRUTH, span_of(tree))

    def _logic(self, operator: str, tree: Any, scope: Scope) -> Node:
        nodes = self._all(tree.children, scope)
        self._demand(nodes, Kind.TRUTH)
        return Logic(operator, nodes, TRUTH, span_of(tree))

    def _and_(self, tree: Any, scope: Scope) -> Node:
        return self._logic("and", tree, scope)

    def _or_(self, tree: Any, scope: Scope) -> Node:
        return self._logic("or", tree, scope)

    def _not_(self, tree: Any, scope: Scope) -> Node:
        return self._logic("not", tree, scope)

    def _implies(self, tree: Any, scope: Scope) -> Node:
        return self._logic("implies", tree, scope)

    def _if_(self, tree: Any, scope: Scope) -> Node:
        condition, yes, no = self._all(tree.children, scope)
        self._demand((condition,), Kind.TRUTH)
        return If(condition, yes, no, self._join("else", yes.type, no), span_of(tree))

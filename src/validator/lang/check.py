"""Lark tree → typed tree, with every fault found on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from validator.lang import check_errors as errors
from validator.lang.function import AGGREGATES, FUNCTIONS, Function
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
    Span,
    Sum,
    VariableRef,
)
from validator.lang.parse import parse
from validator.lang.scope import CHILDREN, HEADERS, Scope, Variable, normal
from validator.lang.types import (
    COUNT,
    DATE,
    DAYS,
    LITERAL,
    RATIO,
    TEXT,
    TRUTH,
    Kind,
    Type,
    join,
    product,
    quotient,
    type_of_field,
    units_differ,
)
from validator.model.field import FieldDef, TableDef
from validator.model.problem import Problem

if TYPE_CHECKING:
    from lark import Token, Tree

    from validator.lang.source import Source

_OPERATORS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_ORDERS = frozenset({"<", "≤", ">", "≥"})


class _Faulty(Exception):  # noqa: N818 - leaves a subtree that has a fault; never leaves this module
    """Raised to abandon a subtree whose fault is already recorded."""


def compile_expression(source: Source, scope: Scope, expected: Kind | None) -> tuple[Node | None, tuple[Problem, ...]]:
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


class _Checker:
    """One pass over one expression; collects problems and goes on after each."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def attempt(self, tree: Any, scope: Scope) -> Node | None:
        try:
            return self.check(tree, scope)
        except _Faulty:
            return None

    def check(self, tree: Any, scope: Scope) -> Node:
        rule: Callable[[Any, Scope], Node] = getattr(self, f"_{tree.data}")
        return rule(tree, scope)

    def _all(self, trees: list[Any], scope: Scope) -> tuple[Node, ...]:
        """Check every operand before giving up, so that all of their faults are shown."""
        nodes = [self.attempt(tree, scope) for tree in trees]
        if any(node is None for node in nodes):
            raise _Faulty
        return tuple(node for node in nodes if node is not None)

    def _fail(self, problem: Problem) -> _Faulty:
        self.problems.append(problem)
        return _Faulty()

    def _expect(self, node: Node, kind: Kind) -> None:
        if node.type.kind is not kind:
            self.problems.append(errors.unexpected_type(self.source, node.span, kind.value, node.type))

    def _demand(self, nodes: tuple[Node, ...], kind: Kind) -> None:
        before = len(self.problems)
        for node in nodes:
            self._expect(node, kind)
        if len(self.problems) > before:
            raise _Faulty

    # Constants

    def _number(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(Fraction(raw), raw, LITERAL, _span(tree))

    def _percent(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(Fraction(raw[:-1]) / 100, raw, RATIO, _span(tree))

    def _text(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(normal(raw[1:-1]), raw, TEXT, _span(tree))

    def _truth(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        return Constant(raw == "true", raw, TRUTH, _span(tree))

    def _date(self, tree: Any, _scope: Scope) -> Node:
        raw = str(tree.children[0])
        try:
            return Constant(date.fromisoformat(raw), raw, DATE, _span(tree))
        except ValueError:
            location = self.source.locate(*_span(tree))
            raise self._fail(Problem(code="type/no-such-date", location=location, args={"text": raw})) from None

    # Names

    def _name(self, tree: Any, scope: Scope) -> Node:
        parts, span = _parts(tree.children[0]), _span(tree)
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
        if place is None or isinstance(place.target, TableDef):
            raise self._fail(errors.undeclared_field(self.source, span, name, scope.names()))
        if isinstance(place.target, FieldDef):
            policy = scope.policies.get(place.name, "unknown")
            return FieldRef(place.source, place.target, policy, type_of_field(place.target), span)
        return HeaderRef(place.source, place.name, HEADERS[place.name], span)

    def _column(self, variable: Variable, table: TableDef, rest: tuple[str, ...], scope: Scope, span: Span) -> Node:
        name = ".".join(rest)
        column = table.columns.get(name)
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
        return Sum(((_sign(sign), node),), node.type, _span(tree))

    def _add(self, tree: Any, scope: Scope) -> Node:
        nodes = self._all(tree.children[0::2], scope)
        signs = [1, *(_sign(sign) for sign in tree.children[1::2])]
        if len(nodes) == 2 and signs[1] == -1 and all(node.type.kind is Kind.DATE for node in nodes):
            return Call("days", (nodes[1], nodes[0]), DAYS, _span(tree))
        self._demand(nodes, Kind.NUMBER)
        result = nodes[0].type
        for sign, node in zip(signs[1:], nodes[1:], strict=True):
            result = self._join("+" if sign > 0 else "-", result, node)
        return Sum(tuple(zip(signs, nodes, strict=True)), result, _span(tree))

    def _join(self, operator: str, left: Type, right: Node) -> Type:
        joined = join(left, right.type)
        if joined is None:
            raise self._fail(errors.type_mismatch(self.source, right.span, operator, left, right.type))
        if units_differ(left, right.type):
            units = (left.unit or "", right.type.unit or "")
            self.problems.append(errors.units_differ(self.source, right.span, *units))
        return joined

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
        return Product(tuple(zip(operators, nodes, strict=True)), result, _span(tree))

    # Comparisons and logic

    def _compare(self, tree: Any, scope: Scope) -> Node:
        first, *links = tree.children
        operands = self._all([first, *(link.children[1] for link in links)], scope)
        parts = [
            self._link(link, left, right, scope)
            for link, left, right in zip(links, operands, operands[1:], strict=False)
        ]
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts), TRUTH, _span(tree))

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
        return InSet(item, tuple(options), TRUTH, _span(tree))

    def _not_in_set(self, tree: Any, scope: Scope) -> Node:
        return Logic("not", (self._in_set(tree, scope),), TRUTH, _span(tree))

    def _logic(self, operator: str, tree: Any, scope: Scope) -> Node:
        nodes = self._all(tree.children, scope)
        self._demand(nodes, Kind.TRUTH)
        return Logic(operator, nodes, TRUTH, _span(tree))

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
        return If(condition, yes, no, self._join("else", yes.type, no), _span(tree))

    # Collections

    def _bind(self, name: Token, path: Any, scope: Scope) -> tuple[Collection, Scope]:
        parts, span = _parts(path.children[0]), _span(path)
        variable = normal(str(name))
        found = scope.collection(parts, span)
        if found is None:
            known = (*scope.form.tables, CHILDREN)
            raise self._fail(errors.not_a_collection(self.source, span, ".".join(parts), known))
        if any(candidate in scope.form.fields for candidate in scope.candidates(variable)):
            name_span = (name.start_pos or 0, name.end_pos or 0)
            raise self._fail(errors.name_taken(self.source, name_span, variable))
        return found[0], scope.bind(Variable(variable, found[1]))

    def _condition(self, tree: Any, scope: Scope) -> Node | None:
        if tree is None:
            return None
        (node,) = self._all([tree], scope)
        self._demand((node,), Kind.TRUTH)
        return node

    def _quantifier(self, tree: Any, scope: Scope) -> Node:
        word, name, path, condition, body = tree.children
        collection, inner = self._bind(name, path, scope)
        checked = self._condition(condition, inner)
        (node,) = self._all([body], inner)
        self._demand((node,), Kind.TRUTH)
        return Quantifier(str(word), normal(str(name)), collection, checked, node, TRUTH, _span(tree))

    def _aggregate(self, tree: Any, scope: Scope) -> Node:
        word, body, name, path, condition = tree.children
        kind = AGGREGATES.get(str(word))
        if kind is None:
            raise self._fail(errors.no_such_function(self.source, _word_span(word), str(word), AGGREGATES))
        collection, inner = self._bind(name, path, scope)
        checked = self._condition(condition, inner)
        (node,) = self._all([body], inner)
        if kind.name != "count" and isinstance(node, VariableRef):
            raise self._fail(errors.whole_member(self.source, node.span, node.variable))
        if kind.name in ("sum", "min", "max"):
            self._demand((node,), Kind.NUMBER)
        return Aggregate(
            kind.name, normal(str(name)), collection, checked, node, kind.result or node.type, _span(tree)
        )

    # Functions

    def _call(self, tree: Any, scope: Scope) -> Node:
        word, *trees = tree.children
        given = [argument for argument in trees if argument is not None]
        name = str(word)
        if name == "count" and len(given) == 1 and given[0].data == "name":
            return self._count(given[0], scope, _span(tree))
        function = FUNCTIONS.get(name)
        if function is None:
            known = (*FUNCTIONS, *AGGREGATES)
            raise self._fail(errors.no_such_function(self.source, _word_span(word), name, known))
        arguments = self._all(given, scope)
        self._arity(function, len(arguments), _span(tree))
        return self._apply(function, arguments, _span(tree))

    def _count(self, tree: Any, scope: Scope, span: Span) -> Node:
        """Return ``count(scores)`` as ``count(row for row in scores)``."""
        parts = _parts(tree.children[0])
        found = scope.collection(parts, _span(tree))
        if found is None:
            known = (*scope.form.tables, CHILDREN)
            raise self._fail(errors.not_a_collection(self.source, _span(tree), ".".join(parts), known))
        member = VariableRef("·", COUNT, _span(tree))
        return Aggregate("count", "·", found[0], None, member, COUNT, span)

    def _arity(self, function: Function, found: int, span: Span) -> None:
        most = len(function.parameters)
        least = most - function.optional
        if found < least or (found > most and not function.variadic):
            expected = f"{least}+" if function.variadic else f"{least}–{most}" if least < most else str(most)
            raise self._fail(errors.wrong_arity(self.source, span, function.name, expected, found))

    def _apply(self, function: Function, arguments: tuple[Node, ...], span: Span) -> Node:
        kinds = function.parameters + function.parameters[-1:] * (len(arguments) - len(function.parameters))
        for argument, kind in zip(arguments, kinds, strict=False):
            if kind is not None:
                self._demand((argument,), kind)
            if isinstance(argument, VariableRef):
                raise self._fail(errors.whole_member(self.source, argument.span, argument.variable))
            if function.fields_only and not isinstance(argument, FieldRef | ColumnRef | HeaderRef):
                raise self._fail(errors.field_expected(self.source, argument.span, function.name))
        result = function.result
        if result is None:
            result = arguments[0].type
            for argument in arguments[1:] if function.variadic else ():
                result = self._join(function.name, result, argument)
        return Call(function.name, arguments, result, span)


def _span(tree: Tree[Any]) -> Span:
    return tree.meta.start_pos, tree.meta.end_pos


def _word_span(token: Token) -> Span:
    return token.start_pos or 0, token.end_pos or 0


def _parts(path: Any) -> tuple[str, ...]:
    tokens = path.children if path.data == "path" else [path]
    return tuple(normal(str(token)) for token in tokens)


def _sign(token: Token) -> int:
    return 1 if str(token) == "+" else -1

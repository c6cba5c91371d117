"""Checking what runs over collections and what calls functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.lang import check_errors as errors
from validator.lang.checking import Checking, Faulty, parts_of, span_of, word_span
from validator.lang.function import AGGREGATES, FUNCTIONS, Function
from validator.lang.ir import (
    Aggregate,
    Call,
    Collection,
    ColumnRef,
    FieldRef,
    HeaderRef,
    Node,
    Quantifier,
    Span,
    VariableRef,
)
from validator.lang.scope import CHILDREN, Scope, Variable, normal
from validator.lang.types import COUNT, TRUTH, Kind

if TYPE_CHECKING:
    from lark import Token


class CollectionChecking(Checking):
    """Checks quantifiers, aggregates and calls."""

    def _bind(self, name: Token, path: Any, scope: Scope) -> tuple[Collection, Scope]:
        parts, span = parts_of(path.children[0]), span_of(path)
        variable = normal(str(name))
        found = scope.collection(parts, span)
        if found is None and scope.is_broken(parts):
            raise Faulty
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
        return Quantifier(str(word), normal(str(name)), collection, checked, node, TRUTH, span_of(tree))

    def _aggregate(self, tree: Any, scope: Scope) -> Node:
        word, body, name, path, condition = tree.children
        kind = AGGREGATES.get(str(word))
        if kind is None:
            raise self._fail(errors.no_such_function(self.source, word_span(word), str(word), AGGREGATES))
        collection, inner = self._bind(name, path, scope)
        checked = self._condition(condition, inner)
        (node,) = self._all([body], inner)
        if kind.name != "count" and isinstance(node, VariableRef):
            raise self._fail(errors.whole_member(self.source, node.span, node.variable))
        if kind.name in ("sum", "min", "max"):
            self._demand((node,), Kind.NUMBER)
        return Aggregate(
            kind.name, normal(str(name)), collection, checked, node, kind.result or node.type, span_of(tree)
        )

    # Functions

    def _call(self, tree: Any, scope: Scope) -> Node:
        word, *trees = tree.children
        given = [argument for argument in trees if argument is not None]
        name = str(word)
        if name == "count" and len(given) == 1 and given[0].data == "name":
            return self._count(given[0], scope, span_of(tree))
        function = FUNCTIONS.get(name)
        if function is None and name in AGGREGATES:
            raise self._fail(errors.aggregate_without_for(self.source, span_of(tree), name))
        if function is None:
            known = (*FUNCTIONS, *AGGREGATES)
            raise self._fail(errors.no_such_function(self.source, word_span(word), name, known))
        arguments = self._all(given, scope)
        self._arity(function, len(arguments), span_of(tree))
        return self._apply(function, arguments, span_of(tree))

    def _count(self, tree: Any, scope: Scope, span: Span) -> Node:
        """Return ``count(scores)`` as ``count(row for row in scores)``."""
        parts = parts_of(tree.children[0])
        found = scope.collection(parts, span_of(tree))
        if found is None:
            known = (*scope.form.tables, CHILDREN)
            raise self._fail(errors.not_a_collection(self.source, span_of(tree), ".".join(parts), known))
        member = VariableRef("·", COUNT, span_of(tree))
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

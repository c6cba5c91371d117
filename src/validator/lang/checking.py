"""What every part of the checker does: go on after a fault, demand kinds, join types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.lang import check_errors as errors
from validator.lang.scope import Scope, normal
from validator.lang.types import Kind, Type, join, units_differ

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Token, Tree

    from validator.lang.ir import Node, Span
    from validator.lang.source import Source
    from validator.model.problem import Problem


class Faulty(Exception):  # noqa: N818 - leaves a subtree that has a fault; never leaves the checker
    """Raised to abandon a subtree whose fault is already recorded."""


class Checking:
    """One pass over one expression; collects problems and goes on after each."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def attempt(self, tree: Any, scope: Scope) -> Node | None:
        """Return the checked node, None if it has a fault (which is recorded)."""
        try:
            return self.check(tree, scope)
        except Faulty:
            return None

    def check(self, tree: Any, scope: Scope) -> Node:
        """Return the checked node by the method of its construct; raises `Faulty`."""
        rule: Callable[[Any, Scope], Node] = getattr(self, f"_{tree.data}")
        return rule(tree, scope)

    def _all(self, trees: list[Any], scope: Scope) -> tuple[Node, ...]:
        """Check every operand before giving up, so that all of their faults are shown."""
        nodes = [self.attempt(tree, scope) for tree in trees]
        if any(node is None for node in nodes):
            raise Faulty
        return tuple(node for node in nodes if node is not None)

    def _fail(self, problem: Problem) -> Faulty:
        self.problems.append(problem)
        return Faulty()

    def _expect(self, node: Node, kind: Kind) -> None:
        if node.type.kind is not kind:
            self.problems.append(errors.unexpected_type(self.source, node.span, kind.value, node.type))

    def _demand(self, nodes: tuple[Node, ...], kind: Kind) -> None:
        before = len(self.problems)
        for node in nodes:
            self._expect(node, kind)
        if len(self.problems) > before:
            raise Faulty

    def _join(self, operator: str, left: Type, right: Node) -> Type:
        joined = join(left, right.type)
        if joined is None:
            raise self._fail(errors.type_mismatch(self.source, right.span, operator, left, right.type))
        if units_differ(left, right.type):
            units = (left.unit or "", right.type.unit or "")
            self.problems.append(errors.units_differ(self.source, right.span, *units))
        return joined


def span_of(tree: Tree[Any]) -> Span:
    """Return where a tree stands in the source."""
    return tree.meta.start_pos, tree.meta.end_pos


def word_span(token: Token) -> Span:
    """Return where a token stands in the source."""
    return token.start_pos or 0, token.end_pos or 0


def parts_of(path: Any) -> tuple[str, ...]:
    """Return the parts of a dotted name."""
    tokens = path.children if path.data == "path" else [path]
    return tuple(normal(str(token)) for token in tokens)


def sign_of(token: Token) -> int:
    """Return 1 for a plus, -1 for a minus."""
    return 1 if str(token) == "+" else -1

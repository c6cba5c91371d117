"""What the functions of the language come to on a report: arguments looked up, their meaning applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from validator.exact import truth as t
from validator.exact.interval import Interval
from validator.exact.linear import Absent, Atom, Linear, known
from validator.lang.function import FUNCTIONS
from validator.lang.ir import ColumnRef, FieldRef, HeaderRef, Named
from validator.lang.types import Kind

if TYPE_CHECKING:
    from validator.engine.context import Bindings
    from validator.exact.truth import Truth
    from validator.lang.function import Function
    from validator.lang.ir import Call, Collection, Node
    from validator.model.report import Cell


class Evaluator(Protocol):
    """What a function asks of the evaluator that calls it."""

    missing: dict[tuple[object, str], FieldRef | ColumnRef | HeaderRef | Collection]
    is_asked: bool

    def truth(self, node: Node, bindings: Bindings, /) -> Truth:
        """Return the outcomes that a node can have."""

    def number(self, node: Node, bindings: Bindings, /) -> Linear:
        """Return the number that a node stands for."""

    def text(self, node: Node, bindings: Bindings, /) -> str | None:
        """Return the text that a node stands for, None if it is not known."""

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings, /) -> Cell | None:
        """Return the statement that counts, None if there is no readable one."""

    def identity(self, bindings: Bindings, /) -> object:
        """Return what tells one member from another."""


def call_truth(evaluator: Evaluator, node: Call, bindings: Bindings) -> Truth:
    """Return the outcomes of a function that gives a truth."""
    function = FUNCTIONS[node.name]
    if function.of_presence:
        return function.of_presence(is_present(evaluator, node.arguments[0], bindings))
    if function.skips_blanks:
        return evaluator.truth(first_given(evaluator, node, bindings), bindings)
    found = _of_texts(evaluator, function, node, bindings)
    return t.UNKNOWN if found is None else t.of(bool(found))


def call_number(evaluator: Evaluator, node: Call, bindings: Bindings) -> Linear:
    """Return the value of a function that gives a number."""
    function, key = FUNCTIONS[node.name], (id(node), evaluator.identity(bindings))
    if function.skips_blanks:
        return evaluator.number(first_given(evaluator, node, bindings), bindings)
    if function.of_numbers:
        numbers = (evaluator.number(argument, bindings) for argument in node.arguments)
        return function.of_numbers(key, tuple(numbers))
    found = _of_texts(evaluator, function, node, bindings)
    if found is not None:
        return known(found)
    atom = Atom(key, Interval(0, None), missing=True, whole=True)
    return Linear(0, ((atom, 1),))


def _of_texts(evaluator: Evaluator, function: Function, node: Call, bindings: Bindings) -> int | None:
    """Return what a function makes of texts, None if one of them is missing."""
    texts = [evaluator.text(argument, bindings) for argument in node.arguments]
    if function.of_texts is None:
        raise TypeError(node)
    given = [text for text in texts if text is not None]
    return function.of_texts(*given) if len(given) == len(texts) else None


def first_given(evaluator: Evaluator, node: Call, bindings: Bindings) -> Node:
    """Return the first argument that has a value, the last one if none has."""
    *others, last = node.arguments
    return next((each for each in others if is_present(evaluator, each, bindings)), last)


def is_present(evaluator: Evaluator, node: Node, bindings: Bindings) -> bool:
    """Return whether an argument has a value; asking is not missing it."""
    before = dict(evaluator.missing)
    evaluator.is_asked = True
    match node:
        case FieldRef() | ColumnRef():
            found = evaluator.cell(node, bindings) is not None
        case HeaderRef():
            if node.name.startswith("period.") and node.name != "period.kind":
                found = not evaluator.number(node, bindings).has_missing
            else:
                found = evaluator.text(node, bindings) is not None
        case Named():
            found = is_present(evaluator, node.body, bindings)
        case _:
            found = _has_value(evaluator, node, bindings)
    evaluator.missing = before
    return found


def _has_value(evaluator: Evaluator, node: Node, bindings: Bindings) -> bool:
    if node.type.kind is Kind.TEXT:
        return evaluator.text(node, bindings) is not None
    if node.type.kind is Kind.TRUTH:
        return evaluator.truth(node, bindings) != t.UNKNOWN
    try:
        return not evaluator.number(node, bindings).has_missing
    except Absent:
        return False

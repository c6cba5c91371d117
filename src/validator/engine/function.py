"""What the functions of the registry do to values that may be unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from validator.engine import truth as t
from validator.engine.interval import EVERYTHING, Interval
from validator.engine.linear import Atom, Linear, enclosed, known
from validator.lang.types import Kind
from validator.model.quantity import size, thin

if TYPE_CHECKING:
    from validator.engine.context import Bindings
    from validator.engine.truth import Truth
    from validator.lang.ir import Call, Collection, ColumnRef, FieldRef, HeaderRef, Node
    from validator.model.quantity import Number
    from validator.model.report import Cell

_LARGEST_DECIMALS = 30


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


class Undefined(Exception):  # noqa: N818 - an outcome of arithmetic, not an error of the program
    """A division by zero, or the extreme of nothing; its argument is the reason's code."""


class Absent(Undefined):
    """What runs over a table that was not read, or over units where there are none."""


def call_truth(evaluator: Evaluator, node: Call, bindings: Bindings) -> Truth:
    """Return the outcomes of a function that gives a truth."""
    match node.name:
        case "present":
            return t.of(is_present(evaluator, node.arguments[0], bindings))
        case "missing":
            return t.of(not is_present(evaluator, node.arguments[0], bindings))
        case "first":
            return _first_truth(evaluator, node, bindings)
    texts = [evaluator.text(argument, bindings) for argument in node.arguments]
    if texts[0] is None or texts[1] is None:
        return t.UNKNOWN
    if node.name == "starts_with":
        return t.of(texts[0].startswith(texts[1]))
    return t.of(texts[1].casefold() in texts[0].casefold())


def _first_truth(evaluator: Evaluator, node: Call, bindings: Bindings) -> Truth:
    for argument in node.arguments:
        if is_present(evaluator, argument, bindings):
            return evaluator.truth(argument, bindings)
    return evaluator.truth(node.arguments[-1], bindings)


def is_present(evaluator: Evaluator, node: Node, bindings: Bindings) -> bool:
    """Return whether an argument has a value; asking is not missing it."""
    before = dict(evaluator.missing)
    evaluator.is_asked = True
    match type(node).__name__:
        case "FieldRef" | "ColumnRef":
            found = evaluator.cell(node, bindings) is not None  # type: ignore[arg-type]
        case "HeaderRef":
            if node.name.startswith("period.") and node.name != "period.kind":  # type: ignore[union-attr]
                found = not evaluator.number(node, bindings).has_missing
            else:
                found = evaluator.text(node, bindings) is not None
        case "Named":
            found = is_present(evaluator, node.body, bindings)  # type: ignore[union-attr]
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


def call_number(evaluator: Evaluator, node: Call, bindings: Bindings) -> Linear:
    """Return the value of a function that gives a number."""
    key = (id(node), evaluator.identity(bindings))
    if node.name == "first":
        return _first_number(evaluator, node, bindings)
    if node.name == "length":
        text = evaluator.text(node.arguments[0], bindings)
        return _natural(key) if text is None else known(len(text))
    numbers = tuple(evaluator.number(argument, bindings) for argument in node.arguments)
    match node.name:
        case "days":
            return numbers[1].minus(numbers[0])
        case "min" | "max":
            return extreme(key, numbers, greatest=node.name == "max")
        case "abs":
            return _absolute(key, numbers[0])
        case "round":
            return _round(key, numbers)
        case "year" | "month":
            return _date_part(key, node.name, numbers[0])
        case _:
            raise TypeError(node)


def _first_number(evaluator: Evaluator, node: Call, bindings: Bindings) -> Linear:
    for argument in node.arguments[:-1]:
        if is_present(evaluator, argument, bindings):
            return evaluator.number(argument, bindings)
    return evaluator.number(node.arguments[-1], bindings)


def _natural(key: object) -> Linear:
    atom = Atom(key, Interval(0, None), missing=True, whole=True)
    return Linear(0, ((atom, 1),))


def extreme(
    key: object, numbers: tuple[Linear, ...], *, greatest: bool = False, hull: bool = False
) -> Linear:
    """Return the least or greatest of *numbers*, or with *hull* something between the two."""
    if all(number.is_known for number in numbers) and not hull:
        values = [number.constant for number in numbers]
        return known(max(values) if greatest else min(values))
    ranges = [number.range() for number in numbers]
    lows, highs = [each.low for each in ranges], [each.high for each in ranges]
    low = _least(lows) if hull or not greatest else _greatest_low(lows)
    high = _most(highs) if hull or greatest else _least_high(highs)
    if hull and len(numbers) > 1:
        doubt = Linear(0, ((Atom(("doubt", key), EVERYTHING, missing=True), 1),))
        return enclosed(key, Interval(low, high), doubt, *numbers)
    nominal = (max if greatest else min)(number.constant for number in numbers)
    return enclosed(key, Interval(low, high), *numbers, nominal=nominal)


def _least(ends: list[Number | None]) -> Number | None:
    return None if None in ends else min(end for end in ends if end is not None)


def _most(ends: list[Number | None]) -> Number | None:
    return None if None in ends else max(end for end in ends if end is not None)


def _greatest_low(ends: list[Number | None]) -> Number | None:
    return max((end for end in ends if end is not None), default=None)


def _least_high(ends: list[Number | None]) -> Number | None:
    return min((end for end in ends if end is not None), default=None)


def _absolute(key: object, number: Linear) -> Linear:
    if number.is_known:
        return known(size(number.constant))
    around = number.range()
    if around.low is not None and around.low >= 0:
        return number
    if around.high is not None and around.high <= 0:
        return number.scaled(-1)
    ends = None if around.low is None or around.high is None else max(-around.low, around.high)
    return enclosed(key, Interval(0, ends), number, nominal=size(number.constant))


def _round(key: object, numbers: tuple[Linear, ...]) -> Linear:
    number = numbers[0]
    places = numbers[1].constant if len(numbers) > 1 else 0
    if len(numbers) > 1 and (not numbers[1].is_known or places.denominator != 1):
        return enclosed(key, EVERYTHING, *numbers)
    scale = thin(Fraction(10) ** max(-_LARGEST_DECIMALS, min(_LARGEST_DECIMALS, int(places))))
    around = number.range()
    low = None if around.low is None else round_half_up(around.low, scale)
    high = None if around.high is None else round_half_up(around.high, scale)
    nominal = round_half_up(number.constant, scale)
    return enclosed(key, Interval(low, high), number, nominal=nominal)


def round_half_up(value: Number, scale: Number) -> Number:
    """Return *value* rounded to 1/*scale*, a tie away from zero."""
    scaled = size(value) * scale + Fraction(1, 2)
    rounded = thin(Fraction(scaled.numerator // scaled.denominator, scale))
    return rounded if value >= 0 else -rounded


def _date_part(key: object, name: str, number: Linear) -> Linear:
    around = number.range()
    if around.is_point and around.low is not None:
        day = date.fromordinal(int(around.low))
        return known(day.year if name == "year" else day.month)
    bounds = Interval(1, 9999 if name == "year" else 12)
    return enclosed(key, bounds, number)

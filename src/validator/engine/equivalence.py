"""Whether two rules provably say the same of every report whose values are all given as digits.

Comparisons are reduced to where a sum lies relative to a number, everything else to an unknown
truth. If both rules agree for every combination of these, nothing can tell them apart; if not,
they may still be alike: no proof is not a disproof.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import TYPE_CHECKING, Any

from validator.lang.ir import (
    Call,
    Collection,
    ColumnRef,
    Compare,
    Constant,
    FieldRef,
    If,
    Logic,
    Named,
    Product,
    Sum,
    children,
    walk,
)
from validator.lang.operator import COMPARISONS
from validator.lang.types import TRUTH, Kind
from validator.model.field import FieldDef, FieldType
from validator.model.record import record, record_fields
from validator.packs.pack import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from validator.lang.ir import Node

_MOST_COMBINATIONS = 5000
Position = tuple[int, int]
# Where the least and the greatest value that written digits allow lie: below, at or above the bound.
_ROUNDED = ((-1, -1), (-1, 0), (-1, 1), (0, 0), (0, 1), (1, 1))
_BETWEEN = ((-1, -1), (-1, 1), (1, 1))
_HOLDS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda low, high: low <= 0 <= high,
    "≠": lambda low, high: not low == high == 0,
    "<": lambda low, _: low < 0,
    "≤": lambda low, _: low <= 0,
    ">": lambda _, high: high > 0,
    "≥": lambda _, high: high >= 0,
}


def is_equivalent(one: Rule, other: Rule) -> bool:
    """Return whether the rules are proved to agree on reports without blanks."""
    # Most often a part that was changed is itself the same condition; else the rest may make it so.
    parts = [_difference(getattr(one, part), getattr(other, part)) for part in ("guard", "assertion")]
    found = [pair for pair in parts if pair is not None]
    if all(_is_truth(left) and _is_truth(right) and _agree((left, right)) for left, right in found):
        return True
    return _agree((one, other))


def _difference(one: Node | None, other: Node | None) -> tuple[Node, Node] | None:
    """Return the smallest conditions in which two trees differ, None if they do not."""
    if one is None or other is None:
        yes = Constant(value=True, raw="", type=TRUTH, span=(0, 0))
        return None if one is other else (one or yes, other or yes)
    if shape(one) == shape(other):
        return None
    left, right = children(one), children(other)
    if type(one) is type(other) and len(left) == len(right) and isinstance(one, Logic | If | Named):
        pairs = [pair for pair in map(_difference, left, right) if pair is not None]
        same_kind = getattr(one, "operator", "") == getattr(other, "operator", "")
        if same_kind and len(pairs) == 1 and _is_truth(pairs[0][0]):
            return pairs[0]
    return one, other


def _is_truth(node: Node) -> bool:
    return node.type.kind is Kind.TRUTH


def _agree(pair: tuple[Rule, Rule] | tuple[Node, Node]) -> bool:
    """Return whether two rules or conditions agree wherever their sums may lie; False if that is too much."""
    states: dict[object, tuple[Any, ...]] = {}
    for each in pair:
        for node in (each.guard, each.assertion) if isinstance(each, Rule) else (each,):
            if node is not None:
                _find_states(node, states)
    states = {key: _with_between(key, each) for key, each in states.items()}
    if prod(map(len, states.values())) > _MOST_COMBINATIONS:
        return False
    one, other = pair
    for combination in product(*states.values()):
        assigned = dict(zip(states, combination, strict=True))
        if _outcome(one, assigned) != _outcome(other, assigned):
            return False
    return True


def _outcome(each: Rule | Node, states: Mapping[object, Any]) -> bool | None:
    return _verdict(each, states) if isinstance(each, Rule) else _truth(each, states)


def _verdict(rule: Rule, states: Mapping[object, Any]) -> bool | None:
    """Return pass or fail, None where the rule does not apply."""
    if rule.guard is not None and not _truth(rule.guard, states):
        return None
    return _truth(rule.assertion, states)


def _find_states(node: Node, states: dict[object, tuple[Any, ...]]) -> None:
    match node:
        case Named():
            _find_states(node.body, states)
        case Logic():
            for operand in node.operands:
                _find_states(operand, states)
        case If():
            for part in (node.condition, node.yes, node.no):
                _find_states(part, states)
        case Compare() if _is_numeric(node):
            bound = _bound(node)
            states[bound.key] = _merged(states.get(bound.key, ()), bound.states)
        case Constant():
            pass
        case _:
            states[shape(node)] = (True, False)


def _truth(node: Node, states: Mapping[object, Any]) -> bool:
    match node:
        case Named():
            return _truth(node.body, states)
        case Logic():
            values = [_truth(operand, states) for operand in node.operands]
            match node.operator:
                case "not":
                    return not values[0]
                case "implies":
                    return not values[0] or values[1]
                case "and":
                    return all(values)
            return any(values)
        case If():
            return _truth(node.yes if _truth(node.condition, states) else node.no, states)
        case Compare() if _is_numeric(node):
            bound = _bound(node)
            return bound.holds(states[bound.key])
        case Constant():
            return node.value is True
        case _:
            return bool(states[shape(node)])


def _is_numeric(node: Compare) -> bool:
    return node.left.type.kind is Kind.NUMBER and node.slack is None


@record
class _Bound:
    """``sum + constant operator 0``; ``states`` is where the sum can lie.

    An exact sum is a number, told by its own key; of a rounded one its position to the constant
    is what counts, so that the constant is part of the key.
    """

    key: object
    constant: Fraction
    operator: str
    states: tuple[Any, ...]

    def holds(self, state: Fraction | Position) -> bool:
        """Return whether the comparison holds if the sum lies there."""
        if isinstance(state, tuple):
            return _HOLDS[self.operator](*state)
        sign = (state + self.constant > 0) - (state + self.constant < 0)
        return _HOLDS[self.operator](sign, sign)


def _bound(node: Compare) -> _Bound:
    terms: dict[object, Fraction] = {}
    constant = _gather(node.left, Fraction(1), terms) + _gather(node.right, Fraction(-1), terms)
    terms = {key: factor for key, factor in terms.items() if factor}
    operator = node.operator
    if terms:
        lead = terms[min(terms, key=repr)]
        terms, constant = {key: factor / lead for key, factor in terms.items()}, constant / lead
        operator = operator if lead > 0 else COMPARISONS[operator].mirror
    sum_key = frozenset(terms.items())
    parts = walk(node)
    if any(isinstance(each, FieldRef | ColumnRef) and each.field.is_rounded for each in parts):
        return _Bound(
            key=(sum_key, constant), constant=constant, operator=operator, states=_positions(parts, constant)
        )
    whole = _is_whole(node) and all(factor.denominator == 1 for factor in terms.values())
    natural = whole and all(factor > 0 for factor in terms.values())
    near = range(floor(-constant) - 1, ceil(-constant) + 2) if whole else (-constant,)
    found = tuple(Fraction(each) for each in near if not natural or each >= 0)
    states = found if terms else (Fraction(0),)
    return _Bound(key=(sum_key, whole), constant=constant, operator=operator, states=states)


def _merged(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the states of a sum that is held against two numbers."""
    return tuple(sorted({*one, *other}))


def _with_between(key: object, states: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the numbers that a sum is held against, and one in each gap between and beyond them."""
    is_sum = isinstance(key, tuple) and key[1] is False and key[0]
    if not is_sum or isinstance(states[0], tuple):
        return states
    gaps = [(left + right) / 2 for left, right in pairwise(states)]
    return (states[0] - 1, *states, *gaps, states[-1] + 1)


def _positions(parts: tuple[Node, ...], constant: Fraction) -> tuple[Position, ...]:
    """Return where a rounded sum plus *constant* can lie."""
    alone = len(parts) == 3 and any(isinstance(each, Constant) for each in parts)
    # Half a last digit beyond written digits there is never a number with fewer digits.
    return _BETWEEN if alone and (constant * 100).denominator == 1 and _is_percent(parts) else _ROUNDED


def _is_percent(parts: tuple[Node, ...]) -> bool:
    return all(
        each.field.type is FieldType.PERCENT for each in parts if isinstance(each, FieldRef | ColumnRef)
    )


def _is_whole(node: Compare) -> bool:
    """Whether only sums of exact counts and whole numbers are compared, or the first given of some."""
    return all(
        isinstance(each, Sum | Named | Compare)
        or (isinstance(each, Call) and each.name == "first")
        or (isinstance(each, Constant) and isinstance(each.value, Fraction) and each.value.denominator == 1)
        or (
            isinstance(each, FieldRef | ColumnRef)
            and each.field.type is FieldType.COUNT
            and not each.field.is_rounded
            and (each.field.minimum is None or each.field.minimum >= 0)
        )
        for each in walk(node)
    )


def _gather(node: Node, factor: Fraction, terms: dict[object, Fraction]) -> Fraction:
    """Add the terms of *node* to *terms* and return its constant part."""
    match node:
        case Named():
            return _gather(node.body, factor, terms)
        case Sum():
            return sum((_gather(term, factor * sign, terms) for sign, term in node.terms), Fraction(0))
        case Constant(value=Fraction() as value):
            return factor * value
        case Product(factors=((_, Constant(value=Fraction() as value)), ("*", rest))):
            return _gather(rest, factor * value, terms)
        case _:
            key = shape(node)
            terms[key] = terms.get(key, Fraction(0)) + factor
            return Fraction(0)


def shape(node: object) -> object:
    """Return what a node is apart from its place in the text."""
    match node:
        case Named():
            return shape(node.body)
        case FieldDef():
            return node.path
        case Collection():
            return (node.source, node.name)
        case tuple():
            return tuple(shape(each) for each in node)
    if not hasattr(node, "__record_fields__"):
        return node
    names = (name for name in record_fields(node) if name not in ("span", "type", "raw"))
    return (type(node).__name__, *(shape(getattr(node, name)) for name in names))

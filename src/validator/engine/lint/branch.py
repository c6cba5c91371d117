"""Conditions as alternatives of conjunctions, and which of these contradict themselves.

Looks at each linear form (``a - b``), text and presence by itself; what it does not understand it
leaves out, so that a condition called impossible really is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.engine.lint.possible import Possible
from validator.exact.interval import Interval
from validator.exact.linear import Undefined
from validator.exact.truth import TRUE
from validator.lang.canonical import canonical
from validator.lang.function import FUNCTIONS
from validator.lang.ir import Call, Compare, Constant, FieldRef, HeaderRef, InSet, Logic, Named, Node
from validator.lang.operator import COMPARISONS
from validator.lang.types import Kind
from validator.model.quantity import reciprocal
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.exact.linear import Atom
    from validator.model.quantity import Number

_MOST_BRANCHES = 256
_MOST_PAIRS = 4096
_End = tuple[int | Fraction | None, bool]


@record(kw_only=False)
class Literal:
    """A condition without ``and`` and ``or`` that is wanted to be true, or false."""

    node: Node
    wanted: bool


Branch = tuple[Literal, ...]


def branches(node: Node, *, wanted: bool) -> tuple[Branch, ...]:
    """Return the ways in which *node* can be as wanted; none of them may be possible."""
    match node:
        case Named():
            return branches(node.body, wanted=wanted)
        case Logic(operator="not"):
            return branches(node.operands[0], wanted=not wanted)
        case Logic(operator="implies"):
            first, second = node.operands
            if wanted:
                return _either((branches(first, wanted=False), branches(second, wanted=True)))
            return _both((branches(first, wanted=True), branches(second, wanted=False)))
        case Logic():
            sides = tuple(branches(each, wanted=wanted) for each in node.operands)
            return _both(sides) if (node.operator == "and") is wanted else _either(sides)
        case _:
            return ((Literal(node, wanted),),)


def _either(sides: tuple[tuple[Branch, ...], ...]) -> tuple[Branch, ...]:
    return tuple(branch for side in sides for branch in side)


def _both(sides: tuple[tuple[Branch, ...], ...]) -> tuple[Branch, ...]:
    found: tuple[Branch, ...] = ((),)
    for side in sides:
        if len(found) * len(side) > _MOST_BRANCHES:
            continue  # asking for less keeps every branch possible that was
        found = tuple((*one, *other) for one in found for other in side)
    return found


def all_impossible(
    first: Iterable[Branch], second: Iterable[Branch], *, bounded: bool, known: Branch = ()
) -> bool:
    """Whether no branch of *first* goes together with one of *second* and what is *known*."""
    ways, others = tuple(first), tuple(second)
    if len(ways) * len(others) > _MOST_PAIRS:
        return False
    return all(
        _Facts(bounded=bounded).contradicted((*known, *one, *other)) for one in ways for other in others
    )


class _Facts:
    """What the literals of one branch say of each linear form, text and presence."""

    def __init__(self, *, bounded: bool) -> None:
        self._possible = Possible(bounded=bounded)
        self._forms: dict[object, Interval] = {}
        self._excluded: dict[object, set[Number]] = {}
        self._texts: dict[object, tuple[frozenset[str] | None, frozenset[str]]] = {}
        self._truths: dict[object, bool] = {}

    def contradicted(self, branch: Branch) -> bool:
        """Whether the literals cannot all be as wanted."""
        return not all(self._fits(literal.node, literal.wanted) for literal in branch)

    def _fits(self, node: Node, wanted: bool) -> bool:  # noqa: FBT001 - as the literal says
        match node:
            case Compare() if node.left.type.kind in (Kind.NUMBER, Kind.DATE):
                return self._number(node, wanted)
            case Compare() if node.left.type.kind is Kind.TEXT:
                return self._text(node.left, (node.right,), wanted is (node.operator == "="))
            case InSet() if node.item.type.kind is Kind.TEXT:
                return self._text(node.item, node.options, wanted)
            case Call() if (of_presence := FUNCTIONS[node.name].of_presence) is not None:
                key = canonical(node.arguments[0], policies=False)
                wanted = wanted is (of_presence(True) == TRUE)  # noqa: FBT003 - that it is there
                return self._truths.setdefault(key, wanted) is wanted
            case FieldRef() | HeaderRef():
                return self._truths.setdefault(("value", canonical(node, policies=False)), wanted) is wanted
            case _:
                return True

    def _text(self, item: Node, options: tuple[Node, ...], wanted: bool) -> bool:  # noqa: FBT001
        if not all(isinstance(option, Constant) for option in options) or isinstance(item, Constant):
            return True
        values = frozenset(str(option.value) for option in options if isinstance(option, Constant))
        key = canonical(item, policies=False)
        allowed, refused = self._texts.get(key, (None, frozenset()))
        if wanted:
            allowed = values if allowed is None else allowed & values
        else:
            refused |= values
        self._texts[key] = (allowed, refused)
        return allowed is None or bool(allowed - refused)

    def _number(self, node: Compare, wanted: bool) -> bool:  # noqa: FBT001
        if node.slack is not None:
            return True
        try:
            difference = self._possible.number(node.left, {}).minus(self._possible.number(node.right, {}))
        except (Undefined, KeyError):
            return True  # a column of a row that is not bound here says nothing
        operator = node.operator if wanted else COMPARISONS[node.operator].opposite
        if not difference.terms:
            return True
        terms = sorted(difference.terms, key=_order)
        lead = terms[0][1]
        if lead < 0:
            operator = COMPARISONS[operator].mirror
        key = frozenset((atom, coefficient * reciprocal(lead)) for atom, coefficient in terms)
        moved = Interval(-difference.constant, -difference.constant)
        domain = difference.range().plus(moved).scaled(reciprocal(lead))
        return self._narrowed(key, domain, operator, difference.constant * -reciprocal(lead))

    def _narrowed(self, key: object, domain: Interval, operator: str, limit: Number) -> bool:
        now = self._forms.get(key, domain)
        excluded = self._excluded.setdefault(key, set())
        match operator:
            case "≠":
                excluded.add(limit)
            case "=":
                now = _meet(_meet(now, Interval(limit, None)), Interval(None, limit))
            case "<" | "≤":
                now = _meet(now, Interval(None, limit, high_open=operator == "<"))
            case _:
                now = _meet(now, Interval(limit, None, low_open=operator == ">"))
        self._forms[key] = now
        return not (_is_empty(now) or (now.is_point and now.low in excluded))


def _order(term: tuple[Atom, Number]) -> str:
    return repr(term[0].key)


def _meet(one: Interval, other: Interval) -> Interval:
    low = _tighter((one.low, one.low_open), (other.low, other.low_open), 1)
    high = _tighter((one.high, one.high_open), (other.high, other.high_open), -1)
    return Interval(low[0], high[0], low[1], high[1])


def _tighter(one: _End, other: _End, side: int) -> _End:
    """Return the end that leaves less, of two low ends (*side* 1) or two high ones (-1)."""
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return other if (other[0] - one[0]) * side > 0 else one


def _is_empty(one: Interval) -> bool:
    if one.low is None or one.high is None:
        return False
    return one.low > one.high or (one.low == one.high and (one.low_open or one.high_open))

"""A total held against the sum over the units below: what is left, and who may account for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine import truth as t
from validator.engine.evaluate import Evaluator
from validator.engine.function import Undefined
from validator.lang.ir import Aggregate, Compare, Logic, Named
from validator.model.record import record
from validator.model.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from validator.engine.context import Bindings
    from validator.engine.result import RuleResult
    from validator.lang.ir import Node
    from validator.lang.types import Type
    from validator.model.report import Unit


@record
class MemberSum:
    """``total`` is what the report states, ``known`` the sum of what the units below state.

    ``absent`` are the units that have not reported, ``blank`` those that do not state the figure;
    ``equal`` are those whose own figure is exactly what total and sum differ by. ``node`` is the total.
    """

    node: Node
    type: Type
    total: Fraction
    known: Fraction
    units: int
    absent: tuple[Unit, ...]
    blank: tuple[Unit, ...]
    equal: tuple[tuple[Unit, Fraction], ...]

    @property
    def rest(self) -> Fraction:
        """What the total has more than the sum."""
        return self.total - self.known


def member_sum(result: RuleResult) -> MemberSum | None:
    """Return how a total stands to the units below, None if the rule compares no total with their sum."""
    evaluator = Evaluator(result.context)
    for compare in _comparisons(result.rule.assertion):
        for total, members in ((compare.left, compare.right), (compare.right, compare.left)):
            aggregate = _unnamed(members)
            if isinstance(aggregate, Aggregate) and _is_over_children(aggregate):
                found = _weighed(evaluator, total, aggregate, result)
                if found is not None:
                    return found
    return None


def _comparisons(node: Node) -> Iterator[Compare]:
    match node:
        case Compare():
            yield node
        case Named():
            yield from _comparisons(node.body)
        case Logic():
            for operand in node.operands:
                yield from _comparisons(operand)
        case _:
            return


def _unnamed(node: Node) -> Node:
    while isinstance(node, Named):
        node = node.body
    return node


def _is_over_children(node: Aggregate) -> bool:
    return node.name == "sum" and not node.collection.is_table


def _weighed(evaluator: Evaluator, total: Node, members: Aggregate, result: RuleResult) -> MemberSum | None:
    stated = _value(evaluator, total, {})
    bound = evaluator.bound(members, {})
    if stated is None or bound is None:
        return None
    figures: list[tuple[Unit, Fraction]] = []
    blank: list[Unit] = []
    away = {id(each) for each in result.context.absent}
    for condition, inner in bound:
        member = inner[members.variable]
        if not condition & t.TRUE or not isinstance(member, Report) or id(member) in away:
            continue
        figure = _value(evaluator, members.body, inner)
        if figure is None:
            blank.append(member.unit)
        else:
            figures.append((member.unit, figure))
    known = sum((figure for _, figure in figures), start=stated - stated)
    gap = abs(stated - known)
    return MemberSum(
        node=total,
        type=total.type,
        total=stated,
        known=known,
        units=len(figures) + len(blank) + len(away),
        absent=tuple(each.unit for each in result.context.absent),
        blank=tuple(blank),
        equal=tuple((unit, figure) for unit, figure in figures if gap and figure == gap),
    )


def _value(evaluator: Evaluator, node: Node, bindings: Bindings) -> Fraction | None:
    """Return a number as written, None if something in it is missing."""
    try:
        number = evaluator.number(node, bindings)
    except Undefined:
        return None
    return None if number.has_missing or number.partial else number.constant

"""A total held against the sum over the units below: who leaves it open, what is left, whose the gap is."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from validator.engine.applicability import applicability
from validator.engine.evaluate import Evaluator
from validator.engine.result import Decider
from validator.engine.trace import deciders, trace_of
from validator.exact import truth as t
from validator.exact.interval import Interval
from validator.exact.linear import Undefined
from validator.lang.ir import Aggregate, Compare, FieldRef, Logic, Named, Quantifier, Sum, unnamed, walk
from validator.lang.types import Kind, Measure
from validator.model.record import evolve, record
from validator.model.report import Report
from validator.model.verdict import Verdict
from validator.packs.pack import rule_nodes
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.engine.result import RuleResult
    from validator.exact.linear import Linear
    from validator.lang.ir import Node
    from validator.lang.types import Type
    from validator.model.quantity import Number
    from validator.model.report import Unit

_DECIDED = (t.TRUE, t.FALSE, t.UNDEFINED)


@record
class MemberSum:
    """A total as the report states it, and what the units that state their figure come to.

    ``rest`` is where the sum over the others must lie if the comparison holds, None if it says nothing
    of them. ``excess`` is how much the known sum exceeds the total, None if it may not.
    ``equal`` are the units whose own figure is exactly what total and sum differ by (``gap`` = total - sum).
    ``node`` is the total.
    """

    node: Node
    type: Type
    total: Number
    known: Number
    gap: Number
    rest: Interval | None = None
    excess: Interval | None = None
    equal: tuple[Unit, ...] = ()


@record
class UnitsBelow:
    """Who of the ``units`` below leaves a rule open, and how their sum stands to the total if it is known.

    ``absent`` are the units that have not reported, ``unreadable`` those whose file cannot be read,
    ``elsewhere`` those that sent another period, ``blank`` those that do not state a figure, ``unread``
    those in whose file it was not recognised, though it may stand there.
    """

    units: int
    absent: tuple[Unit, ...] = ()
    unreadable: tuple[Unit, ...] = ()
    elsewhere: tuple[Unit, ...] = ()
    blank: tuple[Unit, ...] = ()
    unread: tuple[Unit, ...] = ()
    sum: MemberSum | None = None

    @property
    def lacking(self) -> tuple[Unit, ...]:
        """All units of which something is missing."""
        return (*self.absent, *self.unreadable, *self.elsewhere, *self.blank, *self.unread)


def units_below(result: RuleResult) -> UnitsBelow | None:
    """Return how a rule stands to the units below, None if nothing can be said of them."""
    if not any(map(_is_over_children, rule_nodes(result.rule))):
        return None
    found = (_told(result, each) for each in _deciders(result))
    return next((each for each in found if each is not None), None)


def _is_over_children(node: Node) -> bool:
    return isinstance(node, Aggregate | Quantifier) and not node.collection.is_table


def _deciders(result: RuleResult) -> tuple[Decider, ...]:
    """Return the conditions that made the rule fail, or left it open."""
    if result.verdict is Verdict.UNDECIDED and any(applicability(result.rule, result.context.report)):
        return ()
    found = deciders(result)
    guard = result.rule.guard
    return found if guard is None else (*found, Decider(node=guard, bindings={}))


def _told(result: RuleResult, decider: Decider) -> UnitsBelow | None:
    evaluator = Evaluator(result.context)
    truth = evaluator.truth(decider.node, decider.bindings)
    waits = result.verdict is Verdict.UNDECIDED or bool(evaluator.required)
    if _states_nothing(evaluator, decider.node) or (truth in _DECIDED if waits else truth != t.FALSE):
        return None
    sums = None if decider.bindings else _sum(result, decider.node, truth)
    missed = _missed(evaluator)
    lacking = _lacking(missed, result)
    # What is open for another reason as well does not wait for the units below.
    if waits and not (lacking.lacking and _only_members(missed, result)):
        return None
    if sums is None and not waits:
        return None
    return lacking if sums is None else evolve(lacking, sum=sums[0], units=sums[1])


def _missed(evaluator: Evaluator) -> tuple[tuple[object, object], ...]:
    """Return where a value was missed, with what referred to it, blanks that count as zero left out."""
    context = evaluator.context
    at_hand = {"report", *context.joined, *map(id, context.children or ())}
    return tuple(
        (origin, node)
        for (origin, _), node in evaluator.missing.items()
        if getattr(node, "policy", "") != "zero" or origin not in at_hand
    )


def _lacking(missed: Sequence[tuple[object, object]], result: RuleResult) -> UnitsBelow:
    """Return the units of which something was missed."""
    context = result.context
    origins = {origin for origin, _ in missed}
    tables = any(_is_of_member(node) for _, node in missed)
    away: dict[str, list[Unit]] = {"": [], "unreadable": [], "other-period": []}
    for each in context.absent:
        if id(each) in origins or tables:
            away[context.why.get(each.unit.id or "", "")].append(each.unit)
    silent = [each for each in context.children or () if id(each) in origins]
    unread = [each for each in silent if not each.is_whole or _has_unread(each, missed)]
    return UnitsBelow(
        units=len(context.members() or ()),
        absent=tuple(away[""]),
        unreadable=tuple(away["unreadable"]),
        elsewhere=tuple(away["other-period"]),
        blank=tuple(each.unit for each in silent if not any(each is one for one in unread)),
        unread=tuple(each.unit for each in unread),
    )


def _has_unread(report: Report, missed: Sequence[tuple[object, object]]) -> bool:
    """Whether something stands in a report where a figure is missed, other than that there is none."""
    paths = [
        node.field.path for origin, node in missed if origin == id(report) and isinstance(node, FieldRef)
    ]
    cells = (cell for path in paths for cell in report.cells.get(path, ())[:1])
    return any(cell.value is None and not load_notation().is_nothing(cell.raw) for cell in cells)


def _only_members(missed: Sequence[tuple[object, object]], result: RuleResult) -> bool:
    members = {id(each) for each in result.context.members() or ()}
    return all(origin in members or _is_of_member(node) for origin, node in missed)


def _states_nothing(evaluator: Evaluator, node: Node) -> bool:
    """Whether the report itself states none of the figures that it is asked for, if only for zeros."""
    own = [each for each in walk(node) if isinstance(each, FieldRef) and each.source == "report"]
    return bool(own) and all(("report", each.field.path) in evaluator.missing for each in own)


def _is_of_member(node: object) -> bool:
    """Whether something missing is a table or header of a unit below."""
    return not isinstance(node, FieldRef) and getattr(node, "source", "report") not in _SOURCES


_SOURCES = ("report", "prior", "earlier", "parent")


def _sum(result: RuleResult, node: Node, truth: t.Truth) -> tuple[MemberSum, int] | None:
    """Return how the sides of a comparison stand, and how many units count in it."""
    if not isinstance(node, Compare) or node.left.type.kind is not Kind.NUMBER:
        return None
    for total, members in ((node.left, node.right), (node.right, node.left)):
        aggregate = unnamed(members)
        if isinstance(aggregate, Aggregate) and aggregate.name == "sum" and _is_over_children(aggregate):
            found = _Weighing(result, node, total, aggregate).weighed(truth)
            if found is not None:
                return found
    return None


def _conjuncts(node: Node) -> Iterator[Node]:
    """Yield the conditions all of which must hold for the rule to pass."""
    match node:
        case Named():
            yield from _conjuncts(node.body)
        case Logic(operator="and"):
            for operand in node.operands:
                yield from _conjuncts(operand)
        case _:
            yield node


class _Weighing:
    """A total on one side of a comparison and the sum over the units below on the other."""

    def __init__(self, result: RuleResult, node: Compare, total: Node, members: Aggregate) -> None:
        self.result, self.node, self.total, self.members = result, node, total, members
        self.trace = trace_of(result)

    def weighed(self, truth: t.Truth) -> tuple[MemberSum, int] | None:
        """Return how both stand, None if one of them or who takes part is not known."""
        bound = self.trace.bound(self.members, {})
        try:
            stated = self.trace.number(self.total, {})
            figures = None if bound is None else self._figures(list(bound))
        except Undefined:
            return None
        if figures is None or stated.has_missing or stated.partial:
            return None
        given = [(unit, figure) for unit, figure in figures if not figure.has_missing]
        known = stated.minus(stated)
        for _, figure in given:
            known = known.plus(figure)
        found = MemberSum(
            node=self.total,
            type=self.total.type,
            total=stated.constant,
            known=known.constant,
            gap=stated.constant - known.constant,
            rest=self._rest(stated.minus(known)),
            excess=_above_zero(known.minus(stated), self.total.type) if truth == t.FALSE else None,
            equal=_equal(stated.minus(known), given) if truth == t.FALSE else (),
        )
        return found, len(figures)

    def _figures(self, bound: Sequence[tuple[t.Truth, object]]) -> list[tuple[Unit, Linear]] | None:
        """Return the figure of each unit that takes part, None if that is not known of one."""
        found: list[tuple[Unit, Linear]] = []
        for condition, inner in bound:
            if condition == t.FALSE:
                continue
            member = inner[self.members.variable]  # type: ignore[index]
            figure = self.trace.number(self.members.body, inner)  # type: ignore[arg-type]
            if condition != t.TRUE or figure.partial or not isinstance(member, Report):
                return None
            found.append((member.unit, figure))
        return found

    def _rest(self, difference: Linear) -> Interval | None:
        """Return where the sum over those that lack their figure lies if the rule holds."""
        is_equal = self.node.operator == "=" and self.node.slack is None
        is_demanded = any(each is self.node for each in _conjuncts(self.result.rule.assertion))
        if not is_equal or not is_demanded or not _is_plain(self.members.body):
            return None
        return _above_zero(difference, self.total.type)


def _is_plain(node: Node) -> bool:
    """Whether a member counts with its figures just as it states them."""
    node = unnamed(node)
    if isinstance(node, Sum):
        return all(sign > 0 and _is_plain(term) for sign, term in node.terms)
    return isinstance(node, FieldRef)


def _above_zero(number: Linear, kind: Type) -> Interval | None:
    """Return the range of a number, of a count the whole ones in it; None if it may be 0 or less."""
    found = number.range()
    if kind.measure is Measure.COUNT and found.low is not None and found.high is not None:
        found = Interval(type(found.low)(ceil(found.low)), type(found.high)(floor(found.high)))
    if found.low is None or found.high is None or found.low <= 0 or found.low > found.high:
        return None
    return found


def _equal(difference: Linear, figures: Sequence[tuple[Unit, Linear]]) -> tuple[Unit, ...]:
    """Return the units whose figure is the difference, where no digits leave doubt about it."""
    gap = abs(difference.constant)
    if not gap or not difference.is_known:
        return ()
    return tuple(unit for unit, figure in figures if figure.is_known and figure.constant == gap)

"""What was seen when a rule was evaluated on a report, and which comparisons decided its verdict."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from validator.engine.applicability import applicability
from validator.engine.evaluate import Evaluator
from validator.engine.lookup import Lookup, conditioned
from validator.engine.result import Decider, Reference, RuleResult
from validator.exact import truth as t
from validator.exact.linear import Undefined
from validator.lang.ir import Aggregate, HeaderRef, If, Logic, Named, Node, Quantifier
from validator.lang.scope import HEADERS, SELF
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.context import Bindings
    from validator.exact.linear import Linear
    from validator.exact.truth import Truth
    from validator.lang.ir import ColumnRef, FieldRef
    from validator.model.report import Cell


_DECIDED = {Verdict.PASS: t.TRUE, Verdict.FAIL: t.FALSE}


class Trace(Lookup):
    """What the nodes of a rule came to on a report.

    What the evaluation passed over, such as the branch of an ``if`` that was not taken, is found out when
    it is asked for; ``seen`` is left as it is.
    """

    def __init__(self, seen: Evaluator) -> None:
        super().__init__(seen.context)
        self.seen = seen

    @cached_property
    def _aside(self) -> Evaluator:
        return Evaluator(self.seen.context, cut_off=self.seen.cut_off)

    def truth(self, node: Node, bindings: Bindings) -> Truth:
        """Return the outcomes that *node* can have."""
        found = self.seen.truths.get((id(node), self.identity(bindings)))
        return self._aside.truth(node, bindings) if found is None else found

    def number(self, node: Node, bindings: Bindings) -> Linear:
        """Return the value of a number or date; raises `Undefined` for a division by zero."""
        found = self.seen.numbers.get((id(node), self.identity(bindings)))
        if isinstance(found, Undefined):
            raise found
        return self._aside.number(node, bindings) if found is None else found

    def text(self, node: Node, bindings: Bindings) -> str | None:
        """Return the value of a text, None if it is missing."""
        key = id(node), self.identity(bindings)
        return self.seen.texts[key] if key in self.seen.texts else self._aside.text(node, bindings)

    def cell(self, node: FieldRef | ColumnRef, bindings: Bindings) -> Cell | None:
        """Return the statement that counts, None if there is no readable one."""
        found = self.statement(node, bindings)
        return None if found is None or found.value is None else found

    def bound(
        self, node: Quantifier | Aggregate, bindings: Bindings
    ) -> Iterator[tuple[Truth, Bindings]] | None:
        """Return for each member whether it meets the condition, with its bindings."""
        members = self.held(node.collection, bindings)
        if members is None:
            return None
        return conditioned(node, ({**bindings, node.variable: each} for each in members), self.truth)


def trace_of(result: RuleResult) -> Trace:
    """Return the trace of a result: of the evaluation it came from, or of one made now, once."""
    return _kept(result, "evaluated", cut_off=False)


def cut_off_trace_of(result: RuleResult) -> Trace:
    """Return the trace of a result where written digits may be cut off instead of rounded."""
    return _kept(result, "evaluated_cut_off", cut_off=True)


def _kept(result: RuleResult, name: str, *, cut_off: bool) -> Trace:
    """Return the trace of the evaluation that a result keeps under *name*, made now if there is none yet."""
    evaluated: Evaluator | None = getattr(result, name)
    if evaluated is None:
        evaluated = _evaluated(result, Evaluator(result.context, cut_off=cut_off))
        object.__setattr__(result, name, evaluated)
    return Trace(evaluated)


def _evaluated(result: RuleResult, evaluator: Evaluator) -> Evaluator:
    guard = t.TRUE if result.rule.guard is None else evaluator.truth(result.rule.guard, {})
    if guard & t.TRUE:
        evaluator.truth(result.rule.assertion, {})
    return evaluator


def missing_values(result: RuleResult) -> tuple[Reference, ...]:
    """Return what a result would need to be decided, or what a rule demanded and did not get."""
    _, headers = applicability(result.rule, result.context.report)
    if headers:
        return tuple(HeaderRef(SELF, name, HEADERS[name], (0, 0)) for name in headers)
    seen = trace_of(result).seen
    return tuple((seen.required if result.reason == "required" else seen.missing).values())


def deciders(result: RuleResult) -> tuple[Decider, ...]:
    """Return the smallest conditions that made the rule come out as it did, in reading order."""
    found: list[Decider] = []
    trace, node = trace_of(result), result.rule.assertion
    known = None if result.reason == "required" else _DECIDED.get(result.verdict)
    _collect(trace, node, {}, trace.truth(node, {}) if known is None else known, found)
    return tuple(found)


def _collect(trace: Trace, node: Node, bindings: Bindings, outcome: Truth, found: list[Decider]) -> None:
    match node:
        case Named():
            _collect(trace, node.body, bindings, outcome, found)
        case Logic(operator="and" | "or"):
            _collect_operands(trace, node, bindings, outcome, found)
        case Logic(operator="implies"):
            consequent = node.operands[1]
            _collect(trace, consequent, bindings, trace.truth(consequent, bindings), found)
        case If():
            chosen = node.yes if trace.truth(node.condition, bindings) & t.TRUE else node.no
            _collect(trace, chosen, bindings, outcome, found)
        case Quantifier() if node.name == "all" or outcome == t.TRUE:
            _collect_members(trace, node, bindings, outcome, found)
        case _:
            found.append(Decider(node=node, bindings=dict(bindings)))


def _collect_operands(
    trace: Trace, node: Logic, bindings: Bindings, outcome: Truth, found: list[Decider]
) -> None:
    values = [(operand, trace.truth(operand, bindings)) for operand in node.operands]
    decisive = [pair for pair in values if pair[1] == outcome] or [
        pair for pair in values if pair[1] & outcome
    ]
    for operand, value in decisive or values:
        _collect(trace, operand, bindings, value, found)


def _collect_members(
    trace: Trace, node: Quantifier, bindings: Bindings, outcome: Truth, found: list[Decider]
) -> None:
    before = len(found)
    for condition, inner in trace.bound(node, bindings) or ():
        body = trace.truth(node.body, inner) if condition & t.TRUE else t.UNDEFINED
        # A member that may not belong has not failed; it leaves open at most.
        member = t.member(condition, body)
        if member == outcome or (outcome & ~t.FALSE and outcome != t.TRUE and member & t.FALSE):
            _collect(trace, node.body, inner, body, found)
    if len(found) == before:
        found.append(Decider(node=node, bindings=dict(bindings)))

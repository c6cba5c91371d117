"""Which comparisons decided a verdict: the path from the rule down to the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine import truth as t
from validator.engine.applicability import applicability
from validator.engine.evaluate import Evaluator
from validator.engine.result import Decider, Reference, RuleResult
from validator.lang.ir import HeaderRef, If, Logic, Named, Node, Quantifier
from validator.lang.scope import HEADERS, SELF
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from validator.engine.context import Bindings
    from validator.engine.truth import Truth


_DECIDED = {Verdict.PASS: t.TRUE, Verdict.FAIL: t.FALSE}


def missing_values(result: RuleResult) -> tuple[Reference, ...]:
    """Return what a result would need to be decided, or what a rule demanded and did not get."""
    _, headers = applicability(result.rule, result.context.report)
    if headers:
        return tuple(HeaderRef(SELF, name, HEADERS[name], (0, 0)) for name in headers)
    evaluator = Evaluator(result.context)
    if result.rule.guard is not None:
        evaluator.truth(result.rule.guard, {})
    evaluator.truth(result.rule.assertion, {})
    found = evaluator.required if result.reason == "required" else evaluator.missing
    return tuple(found.values())


def deciders(result: RuleResult) -> tuple[Decider, ...]:
    """Return the smallest conditions that made the rule come out as it did, in reading order."""
    found: list[Decider] = []
    evaluator, node = Evaluator(result.context), result.rule.assertion
    # What was decided need not be found out again: this is asked for each rule of each report.
    known = None if result.reason == "required" else _DECIDED.get(result.verdict)
    _collect(evaluator, node, {}, evaluator.truth(node, {}) if known is None else known, found)
    return tuple(found)


def _collect(
    evaluator: Evaluator, node: Node, bindings: Bindings, outcome: Truth, found: list[Decider]
) -> None:
    match node:
        case Named():
            _collect(evaluator, node.body, bindings, outcome, found)
        case Logic(operator="and" | "or"):
            _collect_operands(evaluator, node, bindings, outcome, found)
        case Logic(operator="implies"):
            consequent = node.operands[1]
            _collect(evaluator, consequent, bindings, evaluator.truth(consequent, bindings), found)
        case If():
            chosen = node.yes if evaluator.truth(node.condition, bindings) & t.TRUE else node.no
            _collect(evaluator, chosen, bindings, outcome, found)
        case Quantifier() if node.name == "all" or outcome == t.TRUE:
            _collect_members(evaluator, node, bindings, outcome, found)
        case _:
            found.append(Decider(node=node, bindings=dict(bindings)))


def _collect_operands(
    evaluator: Evaluator, node: Logic, bindings: Bindings, outcome: Truth, found: list[Decider]
) -> None:
    values = [(operand, evaluator.truth(operand, bindings)) for operand in node.operands]
    decisive = [pair for pair in values if pair[1] == outcome] or [
        pair for pair in values if pair[1] & outcome
    ]
    for operand, value in decisive or values:
        _collect(evaluator, operand, bindings, value, found)


def _collect_members(
    evaluator: Evaluator, node: Quantifier, bindings: Bindings, outcome: Truth, found: list[Decider]
) -> None:
    before = len(found)
    for condition, inner in evaluator.bound(node, bindings) or ():
        body = evaluator.truth(node.body, inner) if condition & t.TRUE else t.UNDEFINED
        # A member that may not belong has not failed; it leaves open at most.
        member = t.member(condition, body)
        if member == outcome or (outcome & ~t.FALSE and outcome != t.TRUE and member & t.FALSE):
            _collect(evaluator, node.body, inner, body, found)
    if len(found) == before:
        found.append(Decider(node=node, bindings=dict(bindings)))

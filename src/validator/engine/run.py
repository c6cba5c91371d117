"""One rule on one report → its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine import truth as t
from validator.engine.applicability import applicability, is_of_other_level
from validator.engine.context import TooManySteps, most_steps
from validator.engine.evaluate import Evaluator
from validator.engine.result import TOO_MANY_STEPS, RuleResult
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict

if TYPE_CHECKING:
    from validator.engine.context import Context
    from validator.packs.pack import Rule


def run_rule(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of *rule* on the report of *context*."""
    return of_level(by_header(rule, context) or judge(rule, context))


def of_level(result: RuleResult) -> RuleResult:
    """Return *result*, not applicable if it waits for figures that reports of this level do not have."""
    if result.verdict is Verdict.UNDECIDED and is_of_other_level(result.rule, result.context.report):
        return evolve(result, verdict=Verdict.NOT_APPLICABLE, reason="level")
    return result


def by_header(rule: Rule, context: Context) -> RuleResult | None:
    """Return what the report's header makes of *rule*, None if the rule is to be judged."""
    outside, unsure = applicability(rule, context.report)
    if outside:
        return result_of(rule, context, Verdict.NOT_APPLICABLE, outside)
    return result_of(rule, context, Verdict.UNDECIDED, "missing") if unsure else None


def judge(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of a rule that applies."""
    try:
        return _judged(rule, context)
    except TooManySteps:
        return result_of(rule, context, Verdict.ERROR, TOO_MANY_STEPS)


def _judged(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of a rule that applies; raises `TooManySteps`."""
    evaluator = Evaluator(context, most_steps=most_steps())
    guard = t.TRUE if rule.guard is None else evaluator.truth(rule.guard, {})
    if not guard & t.TRUE:
        reason = "condition" if guard == t.FALSE else _without_value(evaluator)
        return result_of(rule, context, Verdict.NOT_APPLICABLE, reason)
    truth = evaluator.truth(rule.assertion, {})
    if evaluator.required and guard == t.TRUE:
        return result_of(rule, context, Verdict.FAIL, "required")
    if truth == t.UNDEFINED and (guard == t.TRUE or evaluator.is_absent):
        return result_of(rule, context, Verdict.NOT_APPLICABLE, _without_value(evaluator))
    if guard != t.TRUE or truth not in (t.TRUE, t.FALSE):
        return result_of(rule, context, Verdict.UNDECIDED, "missing")
    if not evaluator.is_stated and not (truth == t.FALSE and evaluator.is_asked):
        # What holds whatever the report says has not been held against the report.
        if evaluator.missing:
            return result_of(rule, context, Verdict.UNDECIDED, "missing")
        return result_of(rule, context, Verdict.NOT_APPLICABLE, "absent")
    return result_of(rule, context, Verdict.PASS) if truth == t.TRUE else failed(rule, context)


def _without_value(evaluator: Evaluator) -> str:
    """Return why a condition has no truth."""
    return "absent" if evaluator.is_absent else "division-by-zero"


def failed(rule: Rule, context: Context) -> RuleResult:
    """Return the failure of *rule*: a warning at most if it holds once digits may be cut off."""
    cut_off = Evaluator(context, cut_off=True, most_steps=most_steps())
    if not cut_off.truth(rule.assertion, {}) & t.TRUE:
        return result_of(rule, context, Verdict.FAIL)
    severity = Severity.WARNING if rule.severity is Severity.ERROR else rule.severity
    return evolve(result_of(rule, context, Verdict.FAIL, "truncated"), severity=severity)


def result_of(rule: Rule, context: Context, verdict: Verdict, reason: str = "") -> RuleResult:
    """Return the result of *rule* with its own severity."""
    return RuleResult(rule=rule, verdict=verdict, reason=reason, severity=rule.severity, context=context)

"""One rule on one report → its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.applicability import applicability, is_of_other_level
from validator.engine.context import TooManySteps
from validator.engine.evaluate import Evaluator
from validator.engine.result import TOO_MANY_STEPS, RuleResult
from validator.exact import truth as t
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
    evaluator = Evaluator(context, is_bounded=True)
    try:
        verdict, reason = _outcome(rule, evaluator)
        if verdict is Verdict.FAIL and not reason:
            return failed(rule, context, evaluator)
    except TooManySteps:
        return result_of(rule, context, Verdict.ERROR, TOO_MANY_STEPS)
    return result_of(rule, context, verdict, reason, evaluator)


def _outcome(rule: Rule, evaluator: Evaluator) -> tuple[Verdict, str]:
    """Return the verdict of a rule with its reason; raises `TooManySteps`."""
    guard = t.TRUE if rule.guard is None else evaluator.truth(rule.guard, {})
    if not guard & t.TRUE:
        return Verdict.NOT_APPLICABLE, "condition" if guard == t.FALSE else _without_value(evaluator)
    truth = evaluator.truth(rule.assertion, {})
    if evaluator.required and guard == t.TRUE:
        return Verdict.FAIL, "required"
    if truth == t.UNDEFINED and (guard == t.TRUE or evaluator.is_absent):
        return Verdict.NOT_APPLICABLE, _without_value(evaluator)
    if guard != t.TRUE or truth not in (t.TRUE, t.FALSE):
        return Verdict.UNDECIDED, "missing"
    if not evaluator.is_stated and not (truth == t.FALSE and evaluator.is_asked):
        # What holds whatever the report says has not been held against the report.
        return (Verdict.UNDECIDED, "missing") if evaluator.missing else (Verdict.NOT_APPLICABLE, "absent")
    return (Verdict.PASS if truth == t.TRUE else Verdict.FAIL), ""


def _without_value(evaluator: Evaluator) -> str:
    """Return why a condition has no truth."""
    return "absent" if evaluator.is_absent else "division-by-zero"


def failed(rule: Rule, context: Context, evaluated: Evaluator | None = None) -> RuleResult:
    """Return the failure of *rule*: a warning at most if it holds once digits may be cut off."""
    cut_off = Evaluator(context, cut_off=True, is_bounded=True)
    is_truncated = bool(cut_off.truth(rule.assertion, {}) & t.TRUE)
    severity = Severity.WARNING if is_truncated and rule.severity is Severity.ERROR else rule.severity
    return RuleResult(
        rule=rule,
        verdict=Verdict.FAIL,
        reason="truncated" if is_truncated else "",
        severity=severity,
        context=context,
        evaluated=evaluated,
        evaluated_cut_off=cut_off,
    )


def result_of(
    rule: Rule, context: Context, verdict: Verdict, reason: str = "", evaluated: Evaluator | None = None
) -> RuleResult:
    """Return the result of *rule* with its own severity, and what *evaluated* it if anything did."""
    return RuleResult(
        rule=rule,
        verdict=verdict,
        reason=reason,
        severity=rule.severity,
        context=context,
        evaluated=evaluated,
    )

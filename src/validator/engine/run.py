"""Rule pack × report → results."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.engine import truth as t
from validator.engine.applicability import applicability
from validator.engine.evaluate import Evaluator
from validator.engine.restate import restatements
from validator.engine.result import ReportResult, RuleResult
from validator.engine.screen import look, screen_values, shape_of
from validator.model.verdict import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.context import Context
    from validator.packs.pack import Rule, RulePack


class Plan:
    """Rules to be run on reports; what a quick look at each can settle is found out once."""

    def __init__(self, pack: RulePack, rules: Iterable[Rule] | None = None) -> None:
        """Plan to run the *rules* of *pack*, all of them if not said."""
        self.pack = pack
        self.rules = pack.rules if rules is None else tuple(rules)
        self._shapes = tuple(shape_of(rule) for rule in self.rules)

    def check(self, context: Context) -> ReportResult:
        """Run the rules on the report of *context*."""
        results = tuple(self._results(context))
        return ReportResult(
            pack=self.pack.name,
            results=results,
            restated=restatements(self.pack, context.report),
            counts=Counter(result.verdict for result in results),
        )

    def _results(self, context: Context) -> Iterator[RuleResult]:
        get = screen_values(context.report, self.pack.form.fields).get
        for rule, shape in zip(self.rules, self._shapes, strict=True):
            outside, unsure = applicability(rule, context.report)
            if outside:
                yield _result(rule, context, Verdict.NOT_APPLICABLE, outside)
                continue
            verdict = look(shape, get) if shape and not unsure else None
            if verdict is Verdict.PASS:
                yield _result(rule, context, verdict)
            elif verdict is Verdict.UNDECIDED:
                yield _result(rule, context, verdict, "missing")
            else:
                yield run_rule(rule, context)


def run_rule(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of *rule* on the report of *context*."""
    outside, unsure = applicability(rule, context.report)
    if outside:
        return _result(rule, context, Verdict.NOT_APPLICABLE, outside)
    if unsure:
        return _result(rule, context, Verdict.UNDECIDED, "missing")
    evaluator = Evaluator(context)
    guard = t.TRUE if rule.guard is None else evaluator.truth(rule.guard, {})
    if not guard & t.TRUE:
        reason = "condition" if guard == t.FALSE else "division-by-zero"
        return _result(rule, context, Verdict.NOT_APPLICABLE, reason)
    truth = evaluator.truth(rule.assertion, {})
    if evaluator.required and guard == t.TRUE:
        return _result(rule, context, Verdict.FAIL, "required")
    if guard != t.TRUE or truth not in (t.TRUE, t.FALSE, t.UNDEFINED):
        return _result(rule, context, Verdict.UNDECIDED, "missing")
    if truth == t.TRUE:
        return _result(rule, context, Verdict.PASS)
    if truth == t.UNDEFINED:
        return _result(rule, context, Verdict.NOT_APPLICABLE, "division-by-zero")
    return _failure(rule, context)


def _failure(rule: Rule, context: Context) -> RuleResult:
    cut_off = Evaluator(context, cut_off=True)
    reason = "truncated" if cut_off.truth(rule.assertion, {}) & t.TRUE else ""
    return RuleResult(
        rule=rule,
        verdict=Verdict.FAIL,
        reason=reason,
        severity=Severity.WARNING if reason and rule.severity is Severity.ERROR else rule.severity,
        context=context,
    )


def _result(rule: Rule, context: Context, verdict: Verdict, reason: str = "") -> RuleResult:
    return RuleResult(rule=rule, verdict=verdict, reason=reason, severity=rule.severity, context=context)

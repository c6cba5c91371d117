"""Rule pack × report → results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from validator.engine import truth as t
from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.restate import restatements
from validator.engine.result import ReportResult, RuleResult
from validator.engine.screen import Screened, Values, compile_screen, screen_values
from validator.lang.ir import FieldRef
from validator.model.report import Report
from validator.model.verdict import Severity, Verdict
from validator.packs.pack import Rule, RulePack

# Compiling the quick look costs about as much as checking two reports without it.
_WITHOUT_SCREEN = 2


class Plan:
    """Rules to be run on many reports; a quick look over them is compiled once it pays."""

    def __init__(self, pack: RulePack, rules: Iterable[Rule] | None = None) -> None:
        """Plan to run the *rules* of *pack*, all of them if not said."""
        self.pack = pack
        self.rules = pack.rules if rules is None else tuple(rules)
        self._reports = 0
        self._screen: Callable[[Values], list[Screened]] | None = None

    def screen(self, values: Values) -> list[Screened]:
        """Return the verdicts that a quick look settles, None for the others."""
        if self._screen is None:
            self._screen = compile_screen(self.rules)
        return self._screen(values)

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
        self._reports += 1
        if self._reports <= _WITHOUT_SCREEN:
            yield from (run_rule(rule, context) for rule in self.rules)
            return
        screened = self.screen(screen_values(context.report, self.pack.form.fields))
        for rule, verdict in zip(self.rules, screened, strict=True):
            if verdict is Verdict.PASS and not _outside(rule, context.report):
                yield _result(rule, context, verdict)
            else:
                yield run_rule(rule, context)


def check_report(pack: RulePack, context: Context, rules: Iterable[Rule] | None = None) -> ReportResult:
    """Run the *rules* of *pack* (all of them if not said) on the report of *context*."""
    return Plan(pack, rules).check(context)


def run_rule(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of *rule* on the report of *context*."""
    outside = _outside(rule, context.report)
    if outside:
        return _result(rule, context, Verdict.NOT_APPLICABLE, outside)
    evaluator = Evaluator(context)
    guard = t.TRUE if rule.guard is None else evaluator.truth(rule.guard, {})
    if not guard & t.TRUE:
        reason = "condition" if guard == t.FALSE else "division-by-zero"
        return _result(rule, context, Verdict.NOT_APPLICABLE, reason)
    truth = evaluator.truth(rule.assertion, {})
    if evaluator.required and guard == t.TRUE:
        required = tuple(evaluator.required.values())
        return _result(rule, context, Verdict.FAIL, "required", missing=required)
    if guard != t.TRUE or truth not in (t.TRUE, t.FALSE, t.UNDEFINED):
        return _undecided(rule, context, evaluator)
    if truth == t.TRUE:
        return _result(rule, context, Verdict.PASS)
    if truth == t.UNDEFINED:
        return _result(rule, context, Verdict.NOT_APPLICABLE, "division-by-zero")
    return _failure(rule, context, evaluator)


def _failure(rule: Rule, context: Context, evaluator: Evaluator) -> RuleResult:
    cut_off = Evaluator(context, cut_off=True)
    reason = "truncated" if cut_off.truth(rule.assertion, {}) & t.TRUE else ""
    return RuleResult(
        rule=rule,
        verdict=Verdict.FAIL,
        reason=reason,
        severity=Severity.WARNING if reason and rule.severity is Severity.ERROR else rule.severity,
        context=context,
        missing=tuple(evaluator.missing.values()),
    )


def _undecided(rule: Rule, context: Context, evaluator: Evaluator) -> RuleResult:
    return RuleResult(
        rule=rule,
        verdict=Verdict.UNDECIDED,
        reason="missing",
        severity=rule.severity,
        context=context,
        missing=tuple(evaluator.missing.values()),
    )


def _result(
    rule: Rule, context: Context, verdict: Verdict, reason: str = "", missing: tuple[FieldRef, ...] = ()
) -> RuleResult:
    return RuleResult(
        rule=rule, verdict=verdict, reason=reason, severity=rule.severity, context=context, missing=missing
    )


def _outside(rule: Rule, report: Report) -> str:
    """Return why the rule does not apply to the report, judged by its header; empty if it may."""
    unit, period = report.unit, report.period
    if rule.levels and unit.level is not None and unit.level not in rule.levels:
        return "level"
    if rule.periods and period.kind is not None and period.kind not in rule.periods:
        return "period"
    if rule.since and period.end is not None and period.end < rule.since:
        return "date"
    if rule.until and period.start is not None and period.start > rule.until:
        return "date"
    return ""

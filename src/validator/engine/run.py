"""Rule pack × report → results."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from validator.engine import truth as t
from validator.engine.applicability import applicability, is_of_other_level
from validator.engine.context import TooManySteps, most_steps
from validator.engine.evaluate import Evaluator
from validator.engine.restate import restatements
from validator.engine.result import TOO_MANY_STEPS, ReportResult, RuleResult
from validator.engine.screen import compile_screen, look, screen_values, shape_of
from validator.model.verdict import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.engine.context import Context
    from validator.engine.screen import Linear, Share
    from validator.packs.pack import Rule, RulePack

    Shape = Linear | Share | None
    Seen = tuple[Verdict, str]
    """A verdict with its reason."""
    Glance = Callable[[Mapping[str, Any], Context], Seen | None]


class Plan:
    """Rules to be run on reports; what a quick look at each can settle is found out once."""

    def __init__(self, pack: RulePack, rules: Iterable[Rule] | None = None) -> None:
        """Plan to run the *rules* of *pack*, all of them if not said."""
        self.pack = pack
        self.rules = pack.rules if rules is None else tuple(rules)
        self._shapes = tuple(shape_of(rule) for rule in self.rules)
        self._glances: tuple[Glance, ...] = tuple(map(_at_shape, self._shapes))
        self._screen: Callable[[Mapping[str, Any]], list[Verdict | None]] = self._nothing_screened
        self._has_limits = tuple(
            bool(rule.levels or rule.periods or rule.since or rule.until) for rule in self.rules
        )
        self._checked = 0

    def check(self, context: Context) -> ReportResult:
        """Run the rules on the report of *context*."""
        if self._checked == _ENOUGH:
            # Finding out what more a quick look can settle takes as long as it saves on a few reports.
            self._glances = tuple(map(_prepared, self.rules))
            self._screen = compile_screen(self.rules)
        self._checked += 1
        results = tuple(self._results(context))
        return ReportResult(
            pack=self.pack.name,
            results=results,
            restated=restatements(self.pack, context.report),
            counts=Counter(result.verdict for result in results),
        )

    def _nothing_screened(self, _: Mapping[str, Any]) -> list[Verdict | None]:
        return [None] * len(self.rules)

    def _results(self, context: Context) -> Iterator[RuleResult]:
        values = screen_values(context.report, self.pack.form.fields)
        plans = zip(self.rules, self._screen(values), self._glances, self._has_limits, strict=True)
        for rule, verdict, glance, is_limited in plans:
            outside, unsure = applicability(rule, context.report) if is_limited else ("", ())
            if outside:
                yield _result(rule, context, Verdict.NOT_APPLICABLE, outside)
                continue
            found = None
            if not unsure:
                found = glance(values, context) if verdict is None else _SEEN.get(verdict)
            yield _of_level(_run_rule(rule, context) if found is None else _result(rule, context, *found))


_ENOUGH = 8
_MOST_KEYS = 1000
"""How many headers a plan keeps the verdict of a rule for, none of whose values is given."""
_SEEN: dict[Verdict | None, Seen] = {
    Verdict.PASS: (Verdict.PASS, ""),
    Verdict.UNDECIDED: (Verdict.UNDECIDED, "missing"),
    Verdict.NOT_APPLICABLE: (Verdict.NOT_APPLICABLE, "condition"),
}


def _at_shape(shape: Shape) -> Glance:
    return lambda values, _: None if shape is None else _SEEN.get(look(shape, values.get))


def _prepared(rule: Rule) -> Glance:
    """Return a quick look at *rule*: the verdict on some values, None if it takes a closer one."""
    from validator.engine.peek import blank_key, looks_of, parts_of

    looks, parts = looks_of(rule), parts_of(rule)
    own = frozenset(path for source, paths in parts.fields if source == "report" for path in paths)
    blank: dict[tuple[object, ...], Seen | None] = {}

    def glance(values: Mapping[str, Any], context: Context) -> Seen | None:
        key = blank_key(parts, values, context)
        if key is not None:
            if key not in blank:
                found = _run_rule(rule, context)
                is_plain = found.verdict is not Verdict.FAIL and len(blank) < _MOST_KEYS
                blank[key] = (found.verdict, found.reason) if is_plain else None
            return blank[key]
        if looks is None or own.isdisjoint(values):
            return None
        return _SEEN.get(_verdict(*looks, values.get))

    return glance


def _verdict(
    guard: Callable[[Callable[[str], Any]], t.Truth | None],
    assertion: Callable[[Callable[[str], Any]], t.Truth | None],
    get: Callable[[str], Any],
) -> Verdict | None:
    """Return what quick looks at guard and assertion settle: a failure takes the closer look."""
    applies = guard(get)
    if applies == t.FALSE:
        return Verdict.NOT_APPLICABLE
    if applies == t.UNKNOWN:
        return Verdict.UNDECIDED
    truth = assertion(get) if applies == t.TRUE else None
    if truth == t.UNKNOWN:
        return Verdict.UNDECIDED
    return Verdict.PASS if truth == t.TRUE else None


def run_rule(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of *rule* on the report of *context*."""
    return _of_level(_run_rule(rule, context))


def _of_level(result: RuleResult) -> RuleResult:
    """Return *result*, not applicable if it waits for figures that reports of this level do not have."""
    if result.verdict is Verdict.UNDECIDED and is_of_other_level(result.rule, result.context.report):
        return _result(result.rule, result.context, Verdict.NOT_APPLICABLE, "level")
    return result


def _run_rule(rule: Rule, context: Context) -> RuleResult:
    outside, unsure = applicability(rule, context.report)
    if outside:
        return _result(rule, context, Verdict.NOT_APPLICABLE, outside)
    if unsure:
        return _result(rule, context, Verdict.UNDECIDED, "missing")
    try:
        return _judged(rule, context)
    except TooManySteps:
        return _result(rule, context, Verdict.ERROR, TOO_MANY_STEPS)


def _judged(rule: Rule, context: Context) -> RuleResult:
    """Return the verdict of a rule that applies; raises `TooManySteps`."""
    evaluator = Evaluator(context, most_steps=most_steps())
    guard = t.TRUE if rule.guard is None else evaluator.truth(rule.guard, {})
    if not guard & t.TRUE:
        reason = "condition" if guard == t.FALSE else _without_value(evaluator)
        return _result(rule, context, Verdict.NOT_APPLICABLE, reason)
    truth = evaluator.truth(rule.assertion, {})
    if evaluator.required and guard == t.TRUE:
        return _result(rule, context, Verdict.FAIL, "required")
    if truth == t.UNDEFINED and (guard == t.TRUE or evaluator.is_absent):
        return _result(rule, context, Verdict.NOT_APPLICABLE, _without_value(evaluator))
    if guard != t.TRUE or truth not in (t.TRUE, t.FALSE):
        return _result(rule, context, Verdict.UNDECIDED, "missing")
    if not evaluator.is_stated and not (truth == t.FALSE and evaluator.is_asked):
        # What holds whatever the report says has not been held against the report.
        if evaluator.missing:
            return _result(rule, context, Verdict.UNDECIDED, "missing")
        return _result(rule, context, Verdict.NOT_APPLICABLE, "absent")
    return _result(rule, context, Verdict.PASS) if truth == t.TRUE else _failure(rule, context)


def _without_value(evaluator: Evaluator) -> str:
    """Return why a condition has no truth."""
    return "absent" if evaluator.is_absent else "division-by-zero"


def _failure(rule: Rule, context: Context) -> RuleResult:
    cut_off = Evaluator(context, cut_off=True, most_steps=most_steps())
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

"""A plan skips and settles rules: they come to what the evaluator comes to."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from small_world import FORM, day, report, rule

from validator.engine import plan as planning
from validator.engine.context import Context
from validator.engine.plan import Plan
from validator.engine.run import judge, run_rule
from validator.model.quantity import Quantity
from validator.model.report import Period, Report, Unit
from validator.model.verdict import Verdict
from validator.packs.library import find_folder, load_folder
from validator.packs.pack import RulePack

MANY = 20
TEXTS = (
    "a = b + c and a ≥ b",
    "a = b or a = c or a = b + c",
    "not (a = b) and (a > 0 implies b > 0)",
    "p = a / first(b, c) or p = a / first(c, b)",
    "p = (a + b) / first(c, a + b)",
    "p = a / b and p ≤ 100%",
    "p ≤ 50%",
    "a ≤ first(b, c, 5)",
    "missing(a) or a = b",
    "a = prior.a + b",
    "prior.period.to ≤ period.from implies a ≥ prior.b",
    "few ≤ a",
    "about = a",
)
GUARDS = (None, "missing(b) and a ≤ c", "present(p) or first(b, 0) = 0", "prior.period.to ≤ period.from")


def plan_of(*rules):
    return Plan(RulePack(name="p", version="1", form=FORM, title={}, rules=rules, folder=""))


def some_report(chance):
    names = [name for name in ("a", "b", "c") if chance.random() < 0.6]
    values = {name: chance.choice((0, 1, 2, 7, 10, Quantity(Fraction(5, 2)))) for name in names}
    if chance.random() < 0.6:
        values["p"] = chance.choice(("50", "100", "100.4", "33.3", "0"))
    return report(**values, period=Period(kind="year", start=day("2023-01-01"), end=day("2023-12-31")))


def some_context(chance):
    before = Period(kind="year", start=day("2022-01-01"), end=day("2022-12-31"))
    joined = {"prior": report(a=chance.choice((0, 1, 7)), period=before)} if chance.random() < 0.5 else {}
    return Context(report=some_report(chance), joined=joined)


@pytest.mark.parametrize("policies", [{}, {"a": "zero", "b": "zero"}, {"a": "fail"}])
def test_a_plan_comes_to_what_the_evaluator_comes_to(policies):
    rules = [rule(text, when=guard, policies=policies) for text in TEXTS for guard in GUARDS]
    plan, chance = plan_of(*rules), random.Random(6)  # noqa: S311 - a seed, not a secret
    for _ in range(120):
        context = some_context(chance)
        for one in plan.check(context).results:
            exact = run_rule(one.rule, context)
            assert (one.verdict, one.reason, one.severity) == (exact.verdict, exact.reason, exact.severity), (
                one.rule.guard,
                one.rule.assert_text,
                context.report.cells,
            )


@pytest.mark.parametrize(
    "text",
    [
        "a = b",
        "a ≥ 0",
        "a - a = 0",
        "a ≥ 0 or true",
        "p = a / b",
        "p = a / (b - b)",
        "p = a / first(b, 0)",
    ],
)
@pytest.mark.parametrize("policies", [{}, {"a": "zero", "b": "zero"}, {"a": "fail"}])
def test_a_plan_comes_to_the_same_where_nothing_is_stated(text, policies):
    one, context = rule(text, policies=policies), Context(report=report())
    exact = run_rule(one, context)
    for found in plan_of(one).check(context).results:
        assert (found.verdict, found.reason, found.severity) == (exact.verdict, exact.reason, exact.severity)


@pytest.mark.parametrize("name", ["cchc", "kstt", "demo"])
def test_a_plan_comes_to_the_same_for_every_shipped_rule_on_an_empty_report(name):
    pack = load_folder(find_folder(name)).pack
    context = Context(report=Report(form=pack.form.name, unit=Unit(), period=Period()))
    for found in Plan(pack).check(context).results:
        exact = run_rule(found.rule, context)
        assert (found.verdict, found.reason, found.severity) == (exact.verdict, exact.reason, exact.severity)


def test_rules_of_which_nothing_is_given_are_evaluated_once(monkeypatch):
    plan, asked = plan_of(rule("a = b or a = c")), []
    for _ in range(MANY):
        plan.check(Context(report=report()))
    monkeypatch.setattr(planning, "judge", lambda *args: asked.append(args) or judge(*args))
    (found,) = plan.check(Context(report=report())).results
    assert found.verdict is Verdict.UNDECIDED
    assert not asked


def test_a_rule_for_some_levels_is_not_settled_where_the_level_is_not_known():
    limited, free = rule("a = b", levels=("district",)), rule("a = b")
    assert plan_of(limited, free).verdicts({"a": 1, "b": 1}) == [Verdict.UNDECIDED, Verdict.PASS]

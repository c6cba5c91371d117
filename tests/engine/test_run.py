"""Which rules are run on which reports, and what becomes of each: the verdicts and their reasons."""

from __future__ import annotations

import pytest
from small_world import FORM, day, report, rule, run, verdict

from validator.engine.context import Context
from validator.engine.plan import Plan
from validator.engine.run import run_rule
from validator.engine.trace import missing_values
from validator.model.report import Period, Unit
from validator.model.verdict import Severity, Verdict
from validator.packs.pack import RulePack

PASS, FAIL, OPEN = "pass", "fail", "undecided: missing"


def dated(start, end, kind="year"):
    return report(a=1, period=Period(kind=kind, start=day(start), end=day(end)))


# Rules that are not meant for the report


def test_a_rule_for_some_levels_leaves_the_others_alone():
    def at(level):
        return verdict("a = 1", report(a=1, unit=Unit(level=level)), levels=("district",))

    assert at("district") == PASS
    assert at("commune") == "not_applicable: level"
    assert at(None) == OPEN


def test_a_rule_for_some_kinds_of_period_leaves_the_others_alone():
    def of(kind):
        return verdict("a = 1", report(a=1, period=Period(kind=kind)), periods=("year", "half-year"))

    assert of("half-year") == PASS
    assert of("quarter") == "not_applicable: period"
    assert of(None) == OPEN


@pytest.mark.parametrize(
    ("wanted", "text", "values", "level"),
    [
        ("not_applicable: level", "a = b + below", {"a": 3, "b": 1}, "commune"),
        (OPEN, "a = b + below", {"a": 3, "b": 1}, "district"),
        (OPEN, "a = b + below", {"a": 3, "b": 1}, None),
        (FAIL, "a = b + below", {"a": 3, "b": 4}, "commune"),
        (FAIL, "a = b + below", {"a": 3, "b": 1, "below": 1}, "commune"),
        (OPEN, "a = b + below", {"a": 3, "below": 1}, "commune"),
        (PASS, "below <= a or b <= a", {"a": 3, "b": 1}, "commune"),
        (OPEN, "a = first(below, b)", {"a": 3}, "commune"),
        (OPEN, "a = b", {"a": 3}, "commune"),
    ],
)
def test_a_rule_that_waits_for_figures_of_another_level_is_not_applicable(wanted, text, values, level):
    assert verdict(text, report(**values, unit=Unit(level=level))) == wanted


def test_a_rule_of_another_level_is_told_alike_in_the_first_report_and_in_the_hundredth():
    plan = Plan(pack(rule("a = b + below"), rule("below = c")))
    for _ in range(20):
        for level, wanted in (("district", "undecided"), ("commune", "not_applicable")):
            for values in ({"a": 3, "b": 1}, {}):
                found = plan.check(Context(report=report(**values, unit=Unit(level=level))))
                assert {result.verdict.value for result in found.results} == {wanted}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2022-12-15", "2023-12-14", PASS),
        ("2021-12-15", "2022-12-14", "not_applicable: date"),
        ("2021-12-15", "2023-01-01", PASS),
        ("2024-12-31", "2025-12-14", PASS),
        ("2025-01-01", "2025-12-14", "not_applicable: date"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(start, end, wanted):
    limits = {"since": day("2023-01-01"), "until": day("2024-12-31")}
    assert verdict("a = 1", dated(start, end), **limits) == wanted


def test_what_a_rule_asks_of_a_header_that_does_not_say_it_is_unknown():
    assert verdict("a = 2", report(a=1), since=day("2023-01-01"), until=day("2024-12-31")) == OPEN
    result = run("a = 2", report(a=1), levels=("district",))
    assert [each.name for each in missing_values(result)] == ["unit.level"]


# Conditions


def test_a_rule_applies_where_its_condition_holds():
    assert verdict("a = 2", report(a=2, b=1), when="b = 1") == PASS
    assert verdict("a = 2", report(a=1, b=1), when="b = 1") == FAIL
    assert verdict("a = 2", report(a=1, b=2), when="b = 1") == "not_applicable: condition"


def test_an_unknown_condition_leaves_the_rule_undecided_whatever_it_asks():
    assert verdict("a = 2", report(a=1), when="b = 1") == OPEN
    assert verdict("a = 2", report(a=2), when="b = 1") == OPEN
    assert [each.field.path for each in missing_values(run("a = 2", report(a=1), when="b = 1"))] == ["b"]


def test_a_condition_on_the_header():
    commune, unnamed = report(a=1, unit=Unit(level="commune")), report(a=1)
    assert verdict("a = 1", commune, when='unit.level = "commune"') == PASS
    assert verdict("a = 1", commune, when='unit.level = "district"') == "not_applicable: condition"
    assert verdict("a = 1", unnamed, when='unit.level = "district"') == OPEN


def test_a_condition_that_divides_by_zero_does_not_hold():
    assert verdict("a = 2", report(a=1, b=0), when="a / b > 1") == "not_applicable: division-by-zero"


def test_a_condition_with_rounded_digits_holds_if_some_value_within_them_does():
    assert verdict("a = 2", report(a=2, p="94.9"), when="p ≥ 95%") == "not_applicable: condition"
    assert verdict("a = 2", report(a=2, p="95"), when="p > 95%") == PASS


# Demanded values


def test_a_value_that_is_demanded_fails_the_rule_when_missing():
    result = run("a = b", report(a=1), policies={"b": "fail"})
    assert (result.verdict, result.reason) == (Verdict.FAIL, "required")
    assert [each.field.path for each in missing_values(result)] == ["b"]


def test_a_value_is_demanded_only_where_the_condition_holds():
    policies = {"b": "fail"}
    assert verdict("a = b", report(a=1, c=0), when="c = 1", policies=policies) == "not_applicable: condition"
    assert verdict("a = b", report(a=1), when="c = 1", policies=policies) == OPEN
    assert verdict("a = b", report(a=1, c=1), when="c = 1", policies=policies) == "fail: required"


# Severity


@pytest.mark.parametrize(
    ("severity", "written", "wanted"),
    [
        (Severity.ERROR, "23", Severity.ERROR),
        (Severity.ERROR, "24", Severity.WARNING),
        (Severity.WARNING, "24", Severity.WARNING),
        (Severity.INFO, "24", Severity.INFO),
    ],
)
def test_cut_off_digits_are_at_most_a_warning(severity, written, wanted):
    assert run("p = a / b", report(p=written, a=52, b=212), severity=severity).severity is wanted


# Many rules, many reports


def pack(*rules):
    return RulePack(name="small", version="1", title={}, form=FORM, rules=rules, folder="")


def test_the_results_of_a_pack_come_in_the_order_of_its_rules_and_are_counted():
    rules = (rule("a = 1"), rule("a = 2"), rule("b = 2"), rule("a = 1", when="a = 2"), rule("a = 1"))
    found = Plan(pack(*rules)).check(Context(report=report(a=1)))
    assert [each.verdict.value for each in found.results] == [
        "pass",
        "fail",
        "undecided",
        "not_applicable",
        "pass",
    ]
    assert found.counts[Verdict.PASS] == 2


def test_a_plan_judges_as_one_rule_alone_does():
    rules = (rule("a = b + c"), rule("p = a / b"), rule("a ≤ b", levels=("district",)), rule("few ≤ a"))
    plan = Plan(pack(*rules))
    reports = [
        report(a=a, b=2, p=p, unit=Unit(level=level))
        for a in (1, 2, None)
        for p in ("50", "100", None)
        for level in ("district", "commune")
    ]
    for each in reports:
        context = Context(report=each)
        alone = [run_rule(one, context) for one in rules]
        assert [(one.verdict, one.reason, one.severity) for one in plan.check(context).results] == [
            (one.verdict, one.reason, one.severity) for one in alone
        ]


def test_a_plan_tells_a_report_before_without_the_figure_from_no_report_before():
    plan = Plan(pack(rule("a ≤ prior.b + d", policies={"b": "fail"})))
    contexts = [Context(report=report(), joined=joined) for joined in ({}, {"prior": report(a=1)})] * 10
    for context in contexts:
        (found,) = plan.check(context).results
        assert (found.verdict, found.reason) == _alone(found.rule, context)


def _alone(one, context):
    found = run_rule(one, context)
    return found.verdict, found.reason

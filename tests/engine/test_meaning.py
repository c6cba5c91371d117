"""What rules mean, case by case: written digits, missing values, divisions by zero, collections."""

from __future__ import annotations

import pytest
from small_world import BILLION, day, money, report, run, truth, verdict

from validator.engine.context import Context
from validator.engine.trace import missing_values
from validator.exact import truth as t

PASS, FAIL, OPEN = "pass", "fail", "undecided: missing"
NONE = "not_applicable: division-by-zero"
ABSENT = "not_applicable: absent"


def check(text, of, wanted, **settings):
    assert verdict(text, of, **settings) == wanted


# Written digits


@pytest.mark.parametrize(
    ("written", "a", "b", "wanted"),
    [
        ("98.8", 9885, 10000, PASS),
        ("98.9", 9885, 10000, PASS),
        ("98.7", 9885, 10000, "fail"),
        ("98.8", 9875, 10000, PASS),
        ("98.80", 9885, 10000, "fail"),
        ("100", 199, 200, PASS),
        ("99", 199, 200, PASS),
        ("0", 1, 200, PASS),
        ("0", 1, 199, "fail: truncated"),
        ("24", 52, 212, "fail: truncated"),
        ("25", 52, 212, PASS),
        ("26", 52, 212, FAIL),
        ("-5", 1, 20, FAIL),
    ],
)
def test_a_percentage_stands_for_all_that_rounds_to_it_a_tie_for_both(written, a, b, wanted):
    check("p = a / b", report(p=written, a=a, b=b), wanted)


def test_a_cut_off_percentage_is_at_most_a_warning():
    assert run("p = a / b", report(p="24", a=52, b=212)).severity.value == "warning"
    assert run("p = a / b", report(p="23", a=52, b=212)).severity.value == "error"


def test_a_negative_number_is_cut_off_towards_zero():
    check("p = q", report(p="-24", q="-24.53"), "fail: truncated")
    check("p = q", report(p="-25", q="-24.4"), FAIL)


def test_a_value_one_step_higher_is_not_cut_off():
    check("p = exact", report(p="24", exact="25"), FAIL)
    check("p = exact", report(p="24", exact="24.999"), "fail: truncated")


def test_money_is_known_to_half_a_step_of_its_last_digit():
    plan, spent = money("55.036", BILLION), money("25.16", BILLION)
    check("p = x / y", report(p="45.72", x=spent, y=plan), PASS)
    check("p = x / y", report(p="50.28", x=spent, y=plan), FAIL)
    check("x = y + z", report(x="1.0", y=money("0.6"), z=money("0.5")), PASS)
    check("x = y + z", report(x="1.0", y=money("0.7"), z=money("0.5")), FAIL)


def test_counts_and_exact_fields_are_exact_and_a_rounded_count_is_not():
    check("a = b", report(a=10, b=11), FAIL)
    check("exact = a / b", report(exact="33", a=1, b=3), FAIL)
    check("2 * about = a", report(about=10, a=21), PASS)


def test_looser_digits_in_one_comparison_loosen_no_other():
    check("p = a / b and q = a / b", report(p="33", q="33.1", a=1, b=3), FAIL)


def test_equal_rounded_values_are_collected_before_anything_is_judged():
    check("p - p = 0", report(p="50"), PASS)
    check("p - p > 0", report(p="50"), FAIL)
    check("2 * p = p + p", report(p="50"), PASS)


# Missing values


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 * a + 4 * b = 7", FAIL),
        ("2 * a + 4 * b = 8", OPEN),
        ("2 * a - 4 * b = 7", FAIL),
        ("3 * a = 10", FAIL),
        ("a + b ≥ 0", PASS),
        ("a + b < 0", FAIL),
        ("a = 2.5", FAIL),
        ("a - b = 3", OPEN),
        ("a - a = 0", PASS),
        ("few ≤ 5", PASS),
        ("few > 5", FAIL),
        ("few + 3 ≥ 5", PASS),
        ("few = 2", OPEN),
        ("few in {0, 1, 6}", FAIL),
        ("a / few ≥ 0", PASS),
        ("p ≤ 100%", OPEN),
        ("share ≤ 100%", PASS),
        ("p = p", PASS),
        ("p ≠ p", FAIL),
        ("n = 5 ± 2", OPEN),
        ("share = 300% ± 50%", FAIL),
    ],
)
def test_a_missing_value_is_any_that_its_field_allows(text, wanted):
    assert truth(text, report()) == {PASS: t.TRUE, FAIL: t.FALSE, OPEN: t.UNKNOWN}[wanted]


@pytest.mark.parametrize("text", ["a + b ≥ 0", "a = 2.5", "few ≤ 5", "p = p"])
def test_nothing_is_decided_where_nothing_is_stated(text):
    check(text, report(), OPEN)
    check(text, report(), OPEN, policies={"a": "zero"})


def test_a_zero_for_a_blank_is_no_statement():
    check("a + b ≤ 100", report(), OPEN, policies={"a": "zero", "b": "zero"})
    check("a + b ≤ 100", report(b=1), PASS, policies={"a": "zero", "b": "zero"})


def test_a_rule_may_demand_a_statement_where_there_is_none():
    check("present(a)", report(), FAIL)
    check("a = 1", report(), "fail: required", policies={"a": "fail"})
    for text in ("1 = 1", "missing(a)", "first(a, 7) = 7"):
        check(text, report(), ABSENT)


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("p = d / (e + c)", {"p": "88.9", "d": 10, "e": 7}, FAIL),
        ("p = d / (e + c)", {"p": "83.3", "d": 10, "e": 7}, OPEN),
        ("p = d / (e + c + b)", {"p": "88.9", "d": 10, "e": 7}, FAIL),
        ("p = d / few", {"p": "88.9", "d": 10}, FAIL),
        ("p = (d + c) / (e + few)", {"p": "88.9", "d": 10, "e": 7}, FAIL),
        ("p = d / (2 * c - 1)", {"p": "88.9", "d": 10}, FAIL),
        ("d / (e + c) ≠ p", {"p": "88.9", "d": 10, "e": 7}, PASS),
        ("p = d / (e + c) ± 6%", {"p": "88.9", "d": 10, "e": 7}, OPEN),
        ("p = c / (c + e)", {"p": "88.9", "e": 7}, OPEN),
        ("p = c / (c + e)", {"p": "60", "e": 1}, FAIL),
    ],
)
def test_a_blank_count_in_a_divisor_is_whole(text, values, wanted):
    check(text, report(**values), wanted)


def test_what_is_known_may_decide():
    check("a ≤ b + c", report(a=40, b=45), PASS)
    check("a = b + c", report(a=10, b=7), OPEN)
    check("a = b + c", report(a=10, b=12), FAIL)
    check("p = a / b", report(a=1, b=3), OPEN)
    check("p = few / b", report(p="50", b=4), OPEN)
    check("p = few / b", report(p="60", b=4), FAIL)
    check("p = few / b", report(p="10", b=4), FAIL)


def test_a_missing_slack_is_not_its_greatest():
    check("a = b ± few", report(a=1, b=4), OPEN)
    check("a = b ± few", report(a=1, b=3), PASS)
    check("a = b ± few", report(a=1, b=9), FAIL)


def test_logic_goes_on_where_it_can():
    check("flag or a = 1", report(a=1), PASS)
    check("flag and a = 2", report(a=1), FAIL)
    check("flag implies a = 1", report(a=1), PASS)
    check("a = 2 implies flag", report(a=1), PASS)
    check("not flag", report(), OPEN)
    check("if flag then a = 1 else a ≥ 1", report(a=1), PASS)


def test_policies_for_missing_values():
    of = report(a=10, b=10)
    check("a = b + c", of, PASS, policies={"c": "zero"})
    check("a = b + c", of, "fail: required", policies={"c": "fail"})
    check("a = b + c", of, OPEN)


def test_asking_whether_a_value_is_there():
    check("present(a) and missing(b)", report(a=1), PASS)
    check("present(a)", report(), FAIL)
    check("missing(prior.a) or a = prior.a", report(a=1), PASS)
    check("present(on)", report(on=day("2023-01-31")), PASS)


def test_the_first_value_that_is_there():
    check("first(a, b, c) = 7", report(c=7), PASS)
    check("first(a, b, 7) = 2", report(b=2), PASS)
    check("first(a, b) = 2", report(), OPEN)
    check('first(word, other, "v") = "w"', report(other="w"), PASS)


def test_the_first_value_looks_through_names_and_sums():
    check("first(u, 0) = b", report(b=0), PASS, define={"u": "a"})
    check("first(a + b, 0) = 0", report(a=1), PASS)
    check("first(first(a, b), 3) = c", report(c=3), PASS)
    check("first(sum(row.k for row in rows), 5) = a", report(rows=None, a=5), PASS)


@pytest.mark.parametrize(
    "text",
    [
        "a = b",
        "first(a, b) = 2",
        'first(word, other) = "w"',
        "flag",
        "kind = word",
        "first(flag, u)",
        "a = 1 or (all row in rows: row.k = 1)",
        "days(on, off) = 3",
    ],
)
def test_an_undecided_rule_says_what_is_missing(text):
    result = run(text, report(rows=None), define={"u": "flag"})
    assert result.verdict.value == "undecided"
    assert missing_values(result)


# Divisions by zero


def test_a_division_by_zero_makes_a_comparison_undefined():
    of = report(p="0", a=0, b=0)
    check("p = a / b", of, NONE)
    check("p = a / b and a = 1", of, FAIL)
    check("p = a / b and a = 0", of, NONE)
    check("p = a / b or a = 0", of, PASS)
    check("not (p = a / b)", of, NONE)
    check("a / b = 1 implies a = 1", of, NONE)
    check("if a / b = 1 then a = 0 else a = 0", of, NONE)


def test_a_divisor_that_may_be_zero():
    check("a / b ≥ 0", report(a=1), OPEN)
    check("a / few ≥ 0", report(a=1), PASS)
    check("b = 0 or a / b ≥ 0", report(a=1, b=0), PASS)


def test_a_branch_that_may_not_be_taken_does_not_make_a_rule_inapplicable():
    assert truth("(if flag then 0 else a / b) = 0", report(a=1, b=0)) == t.TRUE | t.UNDEFINED
    assert truth("(if flag then a / b else 0) = 1", report(a=1, b=0)) == t.FALSE | t.UNDEFINED
    assert truth("(if flag then a / b else 1 / b) = 1", report(a=1, b=0)) == t.UNDEFINED
    check("(if b = 0 then 0 else a / b) = 0", report(a=1, b=0), PASS)


def test_differing_definitions_are_not_taken_for_one():
    names = {"u": "p * q", "v": "x / y"}
    assert truth("u = v", report(), define=names) & t.FALSE
    check("u = v", report(p="50", q="50", x="3", y="4"), FAIL, define=names)
    check("u = u", report(p="1"), PASS, define={"u": "p * q"})


# Collections


@pytest.mark.parametrize("rows", [None, ()])
@pytest.mark.parametrize(
    "text",
    [
        "all row in rows: row.k = 1",
        "any row in rows: row.k = 1",
        "a = sum(row.k for row in rows)",
        "a ≥ count(rows)",
        "max(row.k for row in rows) = a",
        "unique(row.code for row in rows)",
        "b = 1 implies (all row in rows: row.k = 1)",
    ],
)
def test_a_rule_is_not_applicable_to_a_table_that_was_not_read_or_has_no_rows(text, rows):
    check(text, report(rows=rows, a=5, b=1), ABSENT)
    check("(" + text + ") or a = 5", report(rows=rows, a=5, b=1), PASS)
    check(text, report(rows=rows, a=5, b=1), ABSENT, when="all row in rows: row.m = 2")
    check(text, report(rows=rows, a=5, b=1), ABSENT, when="c = 3")


@pytest.mark.parametrize("children", [None, ()])
def test_a_rule_over_units_below_is_not_applicable_where_there_are_none(children):
    of = Context(report=report(a=5), children=children)
    check("a = sum(child.a for child in children)", of, ABSENT)
    check("all child in children: child.a ≤ a", of, ABSENT)


def test_rows_none_of_which_meets_a_condition_add_up_to_nothing():
    check("sum(row.k for row in rows if row.k > 5) = 0", report([{"k": 1}]), PASS)
    check("all row in rows if row.k > 5: row.k = 1", report([{"k": 1}]), PASS)
    check("all row in rows if present(row.k): row.k = 1", report([{"m": 1}]), ABSENT)


def test_a_row_that_divides_by_zero_is_left_out():
    zero, good, bad = {"k": 0, "m": 0}, {"k": 1, "m": 1}, {"k": 2, "m": 1}
    check("all row in rows: row.k / row.m = 1", report([zero, good]), PASS)
    check("all row in rows: row.k / row.m = 1", report([zero, bad]), FAIL)
    check("any row in rows: row.k / row.m = 1", report([zero, bad]), FAIL)
    check("all row in rows: row.k / row.m = 1", report([zero, zero]), NONE)
    check("any row in rows: row.k / row.m = 1", report([zero, zero]), NONE)


def test_a_row_that_may_divide_by_zero_cannot_undo_the_others():
    may, good = {"k": 0}, {"k": 1, "m": 1}
    check("all row in rows: row.k / row.m ≥ 0", report([may, good]), PASS)
    check("any row in rows: row.k / row.m > 0", report([may, good]), PASS)
    check("all row in rows: row.k / row.m ≥ 0", report([may]), OPEN)


def test_a_row_with_an_unknown_condition_may_or_may_not_belong():
    check("all row in rows if row.ok: row.k = 1", report([{"k": 1}, {"k": 1, "ok": True}]), PASS)
    check("all row in rows if row.ok: row.k = 1", report([{"k": 2}]), OPEN)
    check("all row in rows if row.ok: row.k = 1", report([{"k": 2}, {"k": 2, "ok": True}]), FAIL)
    check("any row in rows if row.ok: row.k = 1", report([{"k": 1}]), OPEN)
    check("count(row for row in rows if row.ok) = 3", report([{}, {"ok": True}]), FAIL)
    check("sum(row.k for row in rows if row.ok) = 9", report([{"k": 2}, {"k": 3, "ok": True}]), FAIL)


def test_a_row_that_may_not_belong_cannot_make_a_rule_inapplicable():
    rows = [{"k": 1, "m": 0}]
    assert truth("all row in rows if row.ok: row.k / row.m = 1", report(rows)) == t.TRUE | t.UNDEFINED
    assert truth("any row in rows if row.ok: row.k / row.m = 1", report(rows)) == t.FALSE | t.UNDEFINED
    assert truth("sum(row.k / row.m for row in rows if row.ok) = 0", report(rows)) == t.TRUE | t.UNDEFINED


def test_the_greatest_of_what_may_be_nothing_may_be_undefined():
    assert truth("max(row.k for row in rows if row.ok) ≤ 5", report([{"k": 3}])) == t.TRUE | t.UNDEFINED
    assert (
        truth("min(row.k for row in rows if row.ok) ≤ 5", report([{"k": 3}, {"k": 4, "ok": True}])) == t.TRUE
    )


def test_one_row_named_twice_is_one_row():
    check("sum(one.k for one in rows) = sum(two.k for two in rows)", report([{}, {"k": 3}]), PASS)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([{"code": "1", "ok": True}, {"code": "2", "ok": True}], PASS),
        ([{"code": "1", "ok": True}, {"code": "1", "ok": True}], FAIL),
        ([{"code": "1", "ok": True}, {"code": "1", "ok": False}], PASS),
        ([{"code": "1", "ok": True}, {"code": "1"}], OPEN),
        ([{"code": "1", "ok": True}, {"code": "2"}], PASS),
        ([{"ok": True}, {"code": "1", "ok": True}], OPEN),
        ([{"ok": True}], PASS),
    ],
)
def test_unique_among_the_rows_that_belong(rows, wanted):
    check("unique(row.code for row in rows if row.ok)", report(rows), wanted)


# Other reports


def test_a_report_that_is_not_joined_is_unknown():
    check("a = prior.b", report(a=1), OPEN)
    check("a = prior.b", Context(report=report(a=1), joined={"prior": report(b=1)}), PASS)
    check("a = prior.b", Context(report=report(a=1), joined={"prior": report(b=2)}), FAIL)
    check("a = sum(child.a for child in children)", report(a=1), ABSENT)


def test_units_that_have_not_reported_are_unknown_not_zero():
    def of(total):
        return Context(report=report(a=total), children=(report(a=2), report(a=3)), absent=(report(),))

    check("a = sum(child.a for child in children)", of(5), OPEN)
    check("a = sum(child.a for child in children)", of(4), FAIL)
    check("a ≤ sum(child.a for child in children)", of(5), PASS)
    check("a = count(children)", of(3), PASS)
    check("all child in children: child.a ≤ 3", of(3), OPEN)


@pytest.mark.parametrize("policy", ["zero", "fail"])
def test_what_a_rule_says_of_blanks_is_not_said_of_reports_that_are_not_there(policy):
    def below(*children, absent=1):
        away = tuple(report() for _ in range(absent))
        return Context(report=report(a=5), children=children, absent=away)

    adds_up = "a = sum(child.b for child in children)"
    check(adds_up, below(report(b=3)), OPEN, policies={"b": policy})
    check("any child in children: child.b = 0", below(report(b=3)), OPEN, policies={"b": policy})
    for source in ("prior", "earlier", "parent"):
        check(f"a = {source}.b + 5", report(a=5), OPEN, policies={"b": policy})

    blank = below(report(b=5), report(), absent=0)
    check(adds_up, blank, PASS if policy == "zero" else "fail: required", policies={"b": policy})


def test_a_divisor_that_can_only_be_zero():
    assert truth("a / (b - b) = 1", report()) == t.UNDEFINED

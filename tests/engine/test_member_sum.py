"""What is said of a total and the units below is so in every completion and every rounding."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from oracle import TRUE, Oracle
from small_world import report, run

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.member_sum import units_below
from validator.lang.ir import Aggregate, Compare, Named, walk
from validator.model.report import Report, Unit
from validator.model.verdict import Verdict

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 9), st.none())
AMOUNTS = st.one_of(st.integers(0, 60).map(lambda tenths: f"{tenths / 10}"), st.none())
CELLS = {"a": COUNTS, "b": COUNTS, "x": AMOUNTS}
BELOW = st.fixed_dictionaries(CELLS)
WORLDS = st.tuples(BELOW, st.lists(BELOW, min_size=1, max_size=3), st.integers(0, 2))

PLAIN = st.tuples(
    st.sampled_from(["a", "a", "a + b", "2 * a - 1"]),
    st.sampled_from(["child.a", "child.b", "child.a + child.b", "2 * child.a", "child.a - child.b"]),
)
MONEY = st.tuples(st.just("x"), st.just("child.x"))
SUMS = st.one_of(PLAIN, PLAIN, MONEY).flatmap(
    lambda sides: (
        st.builds(
            "{} {} sum({} for child in children{}){}".format,
            st.just(sides[0]),
            st.sampled_from(["=", "=", "=", "≥", "≤", "<", ">", "≠"]),
            st.just(sides[1]),
            st.sampled_from(["", "", "", " if child.b > 2"]),
            st.just(""),
        )
        | st.just(f"{sides[0]} = sum({sides[1]} for child in children) ± 3")
        | st.just(f"sum({sides[1]} for child in children) = {sides[0]}")
    )
)
RULES = st.one_of(
    SUMS,
    SUMS,
    st.builds("({}) {} ({})".format, SUMS, st.sampled_from(["and", "or", "implies"]), SUMS),
    st.builds("not ({})".format, SUMS),
    st.builds("({}) and a ≤ 5".format, SUMS),
)
POLICIES = st.fixed_dictionaries({}, optional={"a": st.just("zero")})


def context_of(own, below, absent):
    return Context(
        report=report(**own),
        children=tuple(report(unit=Unit(id=f"c{number}"), **each) for number, each in enumerate(below)),
        absent=tuple(Report(form="small", unit=Unit(id=f"away{number}")) for number in range(absent)),
    )


def sides_of(rule, total):
    """Return the sum over the units below that stands against *total*."""
    for each in walk(rule):
        if isinstance(each, Compare) and total in (each.left, each.right):
            other = each.right if each.left is total else each.left if each.right is total else None
            while isinstance(other, Named):
                other = other.body
            if isinstance(other, Aggregate):
                return other
    raise AssertionError(total)


@settings(max_examples=300, suppress_health_check=SLOW)
@given(RULES, WORLDS, POLICIES)
def test_what_is_said_holds_in_every_completion(text, world, policies):
    context = context_of(*world)
    result = run(text, context, policies=policies)
    found = units_below(result) if result.verdict in (Verdict.FAIL, Verdict.UNDECIDED) else None
    oracle = Oracle(result.rule.assertion, context)
    if found is None or found.sum is None or len(oracle.blanks) > 3 or len(oracle.written) > 4:
        return
    told, aggregate = found.sum, sides_of(result.rule.assertion, found.sum.node)
    lacking = {each.id for each in (*found.absent, *found.blank)}

    def added(values, *, of_lacking):
        every = oracle.taking_part(aggregate, {}, values)
        return sum(
            oracle.number(aggregate.body, inner, values)
            for inner in every
            if (inner["child"].unit.id in lacking) is of_lacking
        )

    event(f"rest: {told.rest is not None}, excess: {told.excess is not None}, equal: {bool(told.equal)}")
    for values in completions(oracle):
        if told.rest and lacking and oracle.truth(result.rule.assertion, {}, values) == TRUE:
            assert 0 < told.rest.low <= added(values, of_lacking=True) <= told.rest.high
        for rounded in roundings(oracle):
            both = {**values, **rounded}
            gap = oracle.number(told.node, {}, both) - added(both, of_lacking=False)
            if told.excess:
                assert 0 < told.excess.low <= -gap <= told.excess.high
            for unit in told.equal:
                (inner,) = (
                    each for each in oracle.taking_part(aggregate, {}, both) if each["child"].unit is unit
                )
                assert abs(oracle.number(aggregate.body, inner, both)) == abs(gap)


def completions(oracle):
    slots = list(oracle.blanks)
    for chosen in product(*(oracle.candidates(slot)[:12] for slot in slots)):
        yield dict(zip(slots, chosen, strict=True))


def roundings(oracle):
    slots = list(oracle.written)
    for chosen in product(*(oracle.written[slot][1] for slot in slots)):
        yield dict(zip(slots, chosen, strict=True))


@settings(max_examples=150, suppress_health_check=SLOW)
@given(SUMS, WORLDS)
def test_what_only_the_units_below_leave_open_names_them(text, world):
    context = context_of(*world)
    result = run(text, context)
    if result.verdict is not Verdict.UNDECIDED:
        return
    evaluator = Evaluator(context)
    evaluator.truth(result.rule.assertion, {})
    origins = {origin for origin, _ in evaluator.missing}
    lacking = {each.unit.id for each in context.members() if id(each) in origins}
    found = units_below(result)
    if "report" in origins:
        assert found is None
    else:
        assert {each.id for each in (*found.absent, *found.blank)} == lacking


@pytest.mark.parametrize(
    "text",
    [
        "count(child for child in children if child.a > 5) = 1",
        "all child in children: child.a ≤ 5",
        "sum(child.a for child in children if child.b > 2) = a",
        "a = sum(child.a for child in children) or a = sum(child.b for child in children)",
        "max(child.a for child in children) = a",
    ],
)
def test_whoever_leaves_a_rule_open_is_named(text):
    context = context_of({"a": 5, "b": 7}, [{"a": 3, "b": 3}], 1)
    result = run(text, context)
    assert result.verdict is Verdict.UNDECIDED
    found = units_below(result)
    assert [each.id for each in found.absent] == ["away0"]
    assert found.units == 2
    assert found.sum is None or found.sum.rest is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a = sum(child.a for child in children)", (4, 4)),
        ("a = sum(child.a for child in children) and b > 2", (4, 4)),
        ("x = sum(child.x for child in children)", ("3.9", "4.1")),
        ("a ≥ sum(child.a for child in children)", None),
        ("a = sum(child.a for child in children) ± 2", None),
        ("a = sum(2 * child.a for child in children)", None),
    ],
)
def test_the_rest_is_said_of_what_must_be_equal(text, rest):
    context = context_of({"a": 7, "b": 7, "x": "7.0"}, [{"a": 3, "x": "3.0"}], 1)
    found = units_below(run(text, context)).sum.rest
    assert (found and (float(found.low), float(found.high))) == (rest and tuple(map(float, rest)))


def test_a_blank_that_counts_as_zero_leaves_nothing_open():
    context = context_of({"a": 7}, [{"a": 3}, {"b": 1}], 1)
    found = units_below(run("a = sum(child.a for child in children)", context, policies={"a": "zero"}))
    assert ([each.id for each in found.absent], found.blank) == (["away0"], ())
    assert found.sum.rest.low == 4


def test_nothing_is_said_of_a_total_that_the_report_does_not_state():
    context = context_of({"b": 7}, [{"a": 3}], 1)
    result = run("a = sum(child.a for child in children)", context, policies={"a": "zero"})
    assert result.verdict is Verdict.FAIL
    assert units_below(result) is None
    result = run(
        "a ≥ sum(child.b for child in children)", context_of({}, [{"b": 0}], 1), policies={"a": "zero"}
    )
    assert result.verdict is Verdict.UNDECIDED
    assert units_below(result) is None

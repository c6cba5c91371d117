"""Intervals, numbers not quite known, and outcomes: what is computed holds every true value."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.engine.compare import compare
from validator.exact import truth as t
from validator.exact.interval import Interval
from validator.exact.linear import Atom, Linear, divide, known, times

SMALL = st.fractions(min_value=-5, max_value=5, max_denominator=4)
few = settings(max_examples=50)
OUTCOMES = (t.TRUE, t.FALSE, t.UNDEFINED)
SETS = st.integers(1, 7)


@st.composite
def intervals(draw):
    """An interval and a number in it."""
    inside = draw(SMALL)
    below, above = (draw(st.one_of(st.none(), SMALL.map(abs))) for _ in range(2))
    low = None if below is None else inside - below
    high = None if above is None else inside + above
    return Interval(
        low, high, bool(below) and draw(st.booleans()), bool(above) and draw(st.booleans())
    ), inside


def holds(around, value):
    above = around.low is None or value > around.low or (value == around.low and not around.low_open)
    below = around.high is None or value < around.high or (value == around.high and not around.high_open)
    return above and below


@few
@given(intervals(), intervals(), SMALL)
def test_intervals_hold_all_that_can_come_out(one, other, factor):
    (first, x), (second, y) = one, other
    assert holds(first.plus(second), x + y)
    assert holds(first.times(second), x * y)
    assert holds(first.scaled(factor), x * factor)
    assert first.holds_zero() == holds(first, Fraction(0))
    if x:
        assert holds(first.inverse(None), 1 / x)
        assert holds(first.inverse(abs(x)), 1 / x)


@st.composite
def numbers(draw):
    """A number not quite known, and its value at one choice of its three atoms."""
    values = {name: draw(SMALL) for name in "uvw"}
    total, truth = known(draw(SMALL)), Fraction(0)
    truth += total.constant
    for name, missing in (("u", True), ("v", False), ("w", True)):
        factor = draw(SMALL)
        around = Interval(Fraction(-5), Fraction(5))
        total = total.plus(
            Linear(Fraction(0), ((Atom(name, around, missing=missing), Fraction(1)),)).scaled(factor)
        )
        truth += factor * values[name]
    return total, truth, values


def value(number, values):
    return number.constant + sum(factor * values[atom.key] for atom, factor in number.terms)


@few
@given(numbers(), SMALL)
def test_sums_of_numbers_not_quite_known(one, factor):
    number, truth, values = one
    assert value(number, values) == truth
    assert holds(number.range(), truth)
    assert value(number.scaled(factor), values) == truth * factor
    assert number.minus(number) == known(0)


@few
@given(numbers(), SMALL, SMALL)
def test_products_and_quotients_of_numbers_not_quite_known(one, constant, factor):
    number, truth, values = one
    other = Linear(constant, ((Atom("u", Interval(Fraction(-5), Fraction(5)), missing=True), factor),))
    other_truth = constant + factor * values["u"]
    assert holds(times("k", number, other).range(), truth * other_truth)
    quotient = divide("k", number, other)
    if quotient is None:
        assert other.range() == Interval(Fraction(0), Fraction(0))
    elif other_truth == 0:
        assert quotient.partial
    else:
        assert holds(quotient.range(), truth / other_truth)


@few
@given(numbers(), st.sampled_from(["=", "≠", "<", "≤", ">", "≥"]), SMALL.map(abs))
def test_a_comparison_holds_the_outcome_of_every_completion(one, operator, slack):
    number, truth, _ = one
    assume(operator == "=" or not slack)
    holding = {
        "=": abs(truth) <= slack,
        "≠": truth != 0,
        "<": truth < 0,
        "≤": truth <= 0,
        ">": truth > 0,
        "≥": truth >= 0,
    }[operator]
    # One rounding is enough to be true, and says nothing about being false.
    if holding:
        assert compare(number, operator, slack) & t.TRUE


@given(SETS, SETS)
def test_connectives_work_outcome_by_outcome(left, right):
    def all_of(combine):
        pairs = product(OUTCOMES, OUTCOMES)
        return sum({combine(one, other) for one, other in pairs if left & one and right & other})

    assert t.conjunction(left, right) == all_of(lambda *pair: t.FALSE if t.FALSE in pair else max(pair))
    assert t.disjunction(left, right) == all_of(lambda *pair: t.TRUE if t.TRUE in pair else max(pair))
    assert t.negation(t.conjunction(left, right)) == t.disjunction(t.negation(left), t.negation(right))
    assert t.negation(t.negation(left)) == left


@given(st.lists(st.tuples(SETS, SETS), max_size=3), st.booleans())
def test_quantifiers_work_completion_by_completion(members, every):
    strong, weak = (t.FALSE, t.TRUE) if every else (t.TRUE, t.FALSE)

    def outcome(completion):
        bodies = [body for condition, body in completion if condition == t.TRUE]
        decided = [body for body in bodies if body != t.UNDEFINED]
        if bodies and not decided:
            return t.UNDEFINED
        return strong if strong in decided else weak

    choices = [[(c, b) for c in OUTCOMES for b in OUTCOMES if c & one and b & two] for one, two in members]
    wanted = {outcome(completion) for completion in product(*choices)}
    found = t.quantified([t.member(*each) for each in members], every=every)
    assert found == sum(wanted)

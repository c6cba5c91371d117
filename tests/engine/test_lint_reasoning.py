"""What lints say of a rule in every report there could be holds in each report tried."""

from __future__ import annotations

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from small_world import report, rule
from test_oracle import CONDITIONS, OPERATORS, QUANTIFIERS, REPORTS, rules

from validator.engine.context import Context
from validator.engine.lint.never_applies import never_true
from validator.engine.lint.one_outcome import can
from validator.engine.run import run_rule
from validator.model.verdict import Verdict

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
moderate = settings(max_examples=150, suppress_health_check=SLOW)

SIDES = st.sampled_from(
    ["a", "b", "a + b", "a - b", "2 * a", "few", "0", "1", "3", "sum(row.k for row in rows)"]
)
CLOSE = st.one_of(
    st.builds("{} {} {}".format, SIDES, OPERATORS, SIDES),
    st.builds("{} {} {}".format, SIDES, OPERATORS, SIDES),
    CONDITIONS,
    QUANTIFIERS,
    st.sampled_from(
        [
            'kind = "two"',
            'unit.level = "x"',
            "missing(a)",
            "present(b)",
            "a / b > 1",
            "a / b ≤ 1",
            "all row in rows: row.k ≥ 0",
        ]
    ),
)
# Few names and small numbers, so that conditions often contradict or imply each other.
CONTRADICTIONS = st.recursive(
    CLOSE,
    lambda inner: st.one_of(
        st.builds("(({}) {} ({}))".format, inner, st.sampled_from(["and", "or", "implies"]), inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)
MANY = st.lists(REPORTS, min_size=4, max_size=4)


def within_bounds(values):
    """Whether the values are exact and lie within the bounds of their fields, as lints may assume."""
    rounded = ("p", "q", "share", "exact", "x", "y", "z", "about")
    return {**values, **dict.fromkeys(rounded), "rows": [{**row, "s": None} for row in values["rows"]]}


def verdicts(found, many):
    return {run_rule(found, Context(report=report(**values))).verdict for values in many}


def check(found, many):
    applies = not never_true(found)
    fails, passes = can(found, passes=False), can(found, passes=True)
    event(f"applies: {applies}, can fail: {fails}, can pass: {passes}")
    exact = verdicts(found, map(within_bounds, many))
    if not applies:
        assert not exact & {Verdict.PASS, Verdict.FAIL}
    if not fails:
        assert Verdict.FAIL not in verdicts(found, many)
    if not passes:
        assert Verdict.PASS not in exact


@moderate
@given(CONTRADICTIONS, st.one_of(st.none(), CONTRADICTIONS), MANY)
def test_of_rules_on_few_values(text, when, many):
    check(rule(text, when=when), many)


@moderate
@given(rules(wild=True), st.one_of(st.none(), rules(wild=True)), MANY)
def test_of_rules_of_every_kind(text, when, many):
    check(rule(text, when=when), many)

"""Random rules on random small reports: the engine against the oracle that tries all values."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from linearity import is_linear, must_be_exact
from oracle import FALSE, TRUE, UNDEFINED, Oracle
from small_world import FORM, node, report, rule, run

from validator.engine.context import Context
from validator.engine.evaluate import Evaluator
from validator.engine.settle import plain, settler
from validator.exact import truth as t
from validator.model.verdict import Verdict

BITS = {TRUE: t.TRUE, FALSE: t.FALSE, UNDEFINED: t.UNDEFINED}
OPERATORS = st.sampled_from(["=", "≤", "<", "≥", ">", "≠", "="])
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
moderate = settings(max_examples=200, suppress_health_check=SLOW)

COUNTS = ("a", "b", "c", "d", "few", "about")
MONEYS = ("x", "y", "z")
SHARES = ("p", "q", "share", "exact")


@st.composite
def sums(draw, names, constants):
    """A sum of multiples, such as ``a + 2 * b - 3``."""
    terms = []
    for name in draw(st.lists(names, min_size=1, max_size=3)):
        factor = draw(st.sampled_from(["", "", "", "2 * ", "3 * "]))
        terms.append(factor + name)
    if draw(st.booleans()):
        terms.append(draw(constants))
    signs = [draw(st.sampled_from([" + ", " + ", " - "])) for _ in terms[1:]]
    return terms[0] + "".join(sign + term for sign, term in zip(signs, terms[1:], strict=True))


def constants(unit=""):
    return st.integers(0, 12).map(lambda value: f"{value}{unit}")


COUNT_NAMES = st.sampled_from(COUNTS)
COUNT_SUMS = sums(COUNT_NAMES, constants())
MONEY_SUMS = sums(st.sampled_from(MONEYS), constants())
SHARE_NAMES = st.sampled_from(SHARES)


def shares(wild):
    quotients = st.builds("{} / {}".format, COUNT_NAMES, COUNT_NAMES)
    plain = st.one_of(SHARE_NAMES, st.integers(0, 100).map("{}%".format), quotients)
    return st.one_of(plain, st.builds("({} + {}) / {}".format, *[COUNT_NAMES] * 3)) if wild else plain


def twisted(numbers):
    """Numbers that are not linear."""
    return st.one_of(
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), numbers, numbers),
        st.builds("abs({})".format, numbers),
        st.builds("round({})".format, numbers),
        st.builds(
            "(if {} then {} else {})".format,
            st.sampled_from(["flag", "a > 2", "a / b > 1"]),
            numbers,
            numbers,
        ),
        st.builds("sum(row.k * row.m for row in rows)".format),
        st.builds("{}(row.k for row in rows if row.m > 1)".format, st.sampled_from(["sum", "min", "max"])),
        st.just("first(c, d, 2)"),
    )


def distinct(names, most):
    return st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True).map(" + ".join)


PLAIN_SUMS = st.builds("{} {} {} - {}".format, distinct("ab", 2), OPERATORS, distinct("cde", 3), constants())
PLAIN_SHARES = st.builds(
    "{} = ({}) / ({})".format,
    st.sampled_from(["p", "p", "p", *SHARES]),
    distinct("abc", 2),
    distinct(("d", "e"), 2),
)
AGGREGATES = st.one_of(
    st.just("sum(row.k for row in rows)"),
    st.just("sum(row.k + row.m for row in rows)"),
    st.just("count(row for row in rows if row.ok)"),
    st.just("count(row for row in rows if row.k > 1)"),
)


def comparisons(wild):
    counts = st.one_of(COUNT_SUMS, COUNT_SUMS, AGGREGATES)
    counts = st.one_of(counts, counts, twisted(COUNT_SUMS)) if wild else counts
    pairs = [(counts, "2"), (MONEY_SUMS, "2"), (shares(wild), "5%")]
    choices = []
    for numbers, slack in pairs:
        choices.append(st.builds("{} {} {}".format, numbers, OPERATORS, numbers))
        choices.append(st.builds("{} = {} ± {}".format, numbers, numbers, st.just(slack)))
        choices.append(st.builds("{} ≤ {} < {}".format, numbers, numbers, numbers))
    return st.one_of(*choices)


CONDITIONS = st.sampled_from(
    [
        "flag",
        "present(a)",
        "missing(b)",
        "word = other",
        'word = "w"',
        'kind = "one"',
        "a in {1, 2}",
        "a / b ≥ 1",
    ]
)
BODIES = st.sampled_from(
    ["row.k = row.m", "row.s = row.k / row.m", "row.k ≤ 2", "row.ok", "row.s ≤ 50%", "row.k / row.m = 1"]
)
QUANTIFIERS = st.one_of(
    st.builds("({} row in rows: {})".format, st.sampled_from(["all", "any"]), BODIES),
    st.builds("({} row in rows if {}: {})".format, st.sampled_from(["all", "any"]), BODIES, BODIES),
    st.sampled_from(["unique(row.code for row in rows)", "unique(row.k for row in rows if row.ok)"]),
)


def rules(*, wild):
    return st.recursive(
        st.one_of(comparisons(wild), comparisons(wild), comparisons(wild), CONDITIONS, QUANTIFIERS),
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "implies"]), inner),
            st.builds("(not {})".format, inner.map("({})".format)),
            st.builds("(if {} then {} else {})".format, CONDITIONS, inner, inner),
        ),
        max_leaves=3,
    )


NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, 9), st.none())
PERCENTS = st.one_of(
    st.integers(0, 110).map(str),
    st.integers(0, 1000).map(lambda tenths: f"{tenths / 10}"),
    st.none(),
    st.sampled_from(["50", "33.3", "67", "0", "100", "12.5", "-5"]),
)
AMOUNTS = st.one_of(
    st.integers(-2, 9).map(str), st.integers(0, 90).map(lambda tenths: f"{tenths / 10}"), st.none()
)
TRUTHS = st.sampled_from([True, False, None])
BLANK_DIVISORS = st.builds(
    "{} {} ({}) / ({}{})".format,
    st.sampled_from(["p", "p", "q", "exact", "40%", "p + 5%"]),
    OPERATORS,
    st.sampled_from(["d", "c", "d + e", "d + c", "2 * c", "7"]),
    st.sampled_from(["c", "c + e", "c + d + e", "2 * c + e", "2 * c - 1", "c - e", "few", "few + c"]),
    st.sampled_from(["", "", " + 3", " - 2"]),
)
WORDS = st.sampled_from(["w", "v", None])
ROWS = st.lists(
    st.fixed_dictionaries({"code": WORDS, "k": NUMBERS, "m": NUMBERS, "s": PERCENTS, "ok": TRUTHS}),
    max_size=3,
)
REPORTS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("a", "b", "c", "d", "e", "about"), NUMBERS),
        **dict.fromkeys(MONEYS, AMOUNTS),
        **dict.fromkeys(SHARES, PERCENTS),
        "few": st.sampled_from([2, 3, None]),
        "flag": TRUTHS,
        "word": WORDS,
        "other": WORDS,
        "kind": st.sampled_from(["one", "two", None]),
        "rows": ROWS,
    }
)
CUT_OFF = st.sampled_from(
    ["p = a / b", "p ≥ a / b", "p + q = a / b + exact", "p = a / b and q ≤ 5%", "2 * p = 2 * (a / b)"]
)
POLICIES = st.fixed_dictionaries(
    {}, optional={"a": st.just("zero"), "b": st.just("fail"), "rows.k": st.just("zero")}
)


BELOW = st.fixed_dictionaries({"a": NUMBERS, "b": NUMBERS})
WORLDS = st.tuples(
    st.fixed_dictionaries({"a": NUMBERS, "b": NUMBERS}),
    st.lists(BELOW, max_size=2),
    st.integers(0, 1),
    st.none() | BELOW,
)
ABOUT_OTHERS = st.one_of(
    st.builds(
        "{} {} sum(child.{} for child in children{})".format,
        COUNT_SUMS.filter(lambda text: not set("cdfu") & set(text)),
        OPERATORS,
        st.sampled_from("ab"),
        st.sampled_from(["", "", " if child.b > 2"]),
    ),
    st.builds("all child in children: child.a {} b".format, OPERATORS),
    st.builds("a {} prior.b + 2".format, OPERATORS),
)


def judged(text, values, policies):
    """Return the evaluator, its outcomes, the oracle's, and the oracle."""
    return judged_in(text, Context(report=report(**values), children=()), policies)


def judged_in(text, context, policies):
    tree = node(text, policies=policies)
    oracle = Oracle(tree, context)
    if len(oracle.blanks) > 2 or len(oracle.written) > 4:
        return None
    found = sum(BITS[each] for each in oracle.outcomes())
    evaluator = Evaluator(context)
    return evaluator, evaluator.truth(tree, {}), found, oracle


def compared(text, values, policies):
    agreed(judged(text, values, policies), text)


def agreed(result, text):
    if result is None:
        return
    evaluator, engine, found, oracle = result
    exact = must_be_exact(oracle)
    event(f"exact: {exact}")
    event(f"outcomes: {engine}")
    if exact:
        assert engine == found
    elif not is_linear(oracle, oracle.rule, {}) and oracle.written:
        # Bounds may be more lenient than the exact answer, never stricter.
        assert engine != t.FALSE or not found & t.TRUE or " ≠ " in text or "not" in text
    else:
        assert found & ~engine == 0
        if engine != found:
            event("undecided though it could be decided")
    if not engine & (engine - 1):
        return
    assert evaluator.missing, "what leaves a rule undecided has a name"


@moderate
@given(rules(wild=False), REPORTS, POLICIES)
def test_the_engine_agrees_with_the_oracle(text, values, policies):
    compared(text, values, policies)


@moderate
@given(BLANK_DIVISORS, REPORTS)
def test_a_blank_count_that_divides_is_whole(text, values):
    values["c"] = None
    compared(text, values, {})


@moderate
@given(rules(wild=True), REPORTS, POLICIES)
def test_the_engine_is_never_stricter_than_the_oracle(text, values, policies):
    compared(text, values, policies)


@moderate
@given(ABOUT_OTHERS, WORLDS, POLICIES)
def test_the_engine_agrees_with_the_oracle_on_reports_that_may_not_be_there(text, world, policies):
    own, below, absent, prior = world
    context = Context(
        report=report(**own),
        children=tuple(report(**each) for each in below),
        absent=tuple(report() for _ in range(absent)),
        joined={"prior": report(**prior)} if prior else {},
    )
    agreed(judged_in(text, context, policies), text)


@moderate
@given(st.one_of(PLAIN_SUMS, PLAIN_SHARES), REPORTS)
def test_what_whole_numbers_settle_the_evaluator_comes_to(text, values):
    of = report(**values)
    (settled,) = settler([rule(text)])(
        {path: plain(cells[0].value, FORM.fields[path]) for path, cells in of.cells.items()}
    )
    event(f"settled: {settled is not None}")
    assert settled in (None, run(text, of).verdict)


@moderate
@given(CUT_OFF, REPORTS, st.integers(0, 1))
def test_a_rule_is_broken_by_cut_off_digits_only_if_cutting_them_off_explains_it(text, values, decimals):
    if values["a"] and values["b"]:
        values["p"] = f"{int(Fraction(100 * 10**decimals * values['a'], values['b'])) / 10**decimals}"
    tree = node(text)
    context = Context(report=report(**values), children=())
    oracle = Oracle(tree, context, cut_off=True)
    if len(oracle.blanks) > 1 or not 0 < len(oracle.written) < 4 or not must_be_exact(oracle):
        return
    result = run(text, context)
    if result.verdict is Verdict.FAIL:
        event(f"truncated: {bool(result.reason)}")
        assert (result.reason == "truncated") == (TRUE in oracle.outcomes())

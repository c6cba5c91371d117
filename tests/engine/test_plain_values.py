"""Values that programs hand over: one rule for every entry, and no way round it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import ValidatorError, check_report_object, load_pack
from validator.diagnostics.problem import explain_problem
from validator.engine.context import Context
from validator.engine.plan import Plan
from validator.engine.run import run_rule
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.report import Cell, Report, Row
from validator.model.verdict import Verdict
from validator.packs.load import compile_pack
from validator.packs.pack import PackFile
from validator.wording.in_language import in_language

HEAD = """\
pack: plain
version: "1"
form: plain
fields:
  received: {type: count, label: {vi: tiếp nhận}}
  new: {type: count, label: {vi: mới}}
  old: {type: count, label: {vi: cũ}}
  pct: {type: percent, label: {vi: tỷ lệ}}
  score: {type: number, label: {vi: điểm}}
  part: {type: number, label: {vi: điểm}}
  open: {type: boolean, label: {vi: mở}}
  day: {type: date, label: {vi: ngày}}
  name: {type: text, label: {vi: tên}}
  kind: {type: choice, choices: [một, hai], label: {vi: loại}}
tables:
  rows: {columns: {points: {type: number, label: {vi: điểm}}}}
"""
ASSERTIONS = {
    "sum-differs": "received = new + old",
    "share-differs": "pct = new / received",
    "score-differs": "score = part + part",
    "is-open": "open implies new > 0",
}
RULES = "rules:\n" + "".join(
    f'  - {{id: {name}, title: {{vi: a}}, assert: "{text}", severity: error, help: {{vi: a}}}}\n'
    for name, text in ASSERTIONS.items()
)


@pytest.fixture(scope="module")
def pack():
    files = [
        PackFile(path=f"plain/{name}", name=name, data=text.encode())
        for name, text in (("pack.yaml", HEAD), ("r.yaml", RULES))
    ]
    result = compile_pack(tuple(files), "plain")
    assert result.problems == ()
    return result.pack


@pytest.fixture(scope="module")
def plan(pack):
    return Plan(pack)


REFUSED = [
    ("received", 10.0, "read/binary-float"),
    ("received", 0.3, "read/binary-float"),
    ("pct", 98.8, "read/binary-float"),
    ("score", float("nan"), "read/binary-float"),
    ("score", float("inf"), "read/binary-float"),
    ("open", 1.0, "read/binary-float"),
    ("name", 1.5, "read/binary-float"),
    ("received", True, "read/wrong-kind-of-value"),
    ("pct", False, "read/wrong-kind-of-value"),
    ("received", b"10", "read/wrong-kind-of-value"),
    ("received", 1j, "read/wrong-kind-of-value"),
    ("received", [10], "read/wrong-kind-of-value"),
    ("received", date(2024, 1, 1), "read/wrong-kind-of-value"),
    ("open", 1, "read/wrong-kind-of-value"),
    ("day", datetime(2024, 1, 1), "read/wrong-kind-of-value"),  # noqa: DTZ001 - a day has no zone
    ("score", Decimal("NaN"), "read/number-not-finite"),
    ("pct", Decimal("sNaN"), "read/number-not-finite"),
    ("received", Decimal("Infinity"), "read/number-not-finite"),
    ("score", Decimal("-Infinity"), "read/number-not-finite"),
    ("score", Decimal("1E+999999"), "read/number-too-long"),
    ("received", "7O", "read/unreadable-number"),
    ("received", -1, "read/not-a-count"),
    ("received", Decimal("1.5"), "read/not-a-count"),
    ("received", Fraction(1, 2), "read/not-a-count"),
    ("kind", "ba", "read/not-a-choice"),
    ("day", "31/02/2024", "read/impossible-date"),
]


@pytest.mark.parametrize(("path", "value", "code"), REFUSED)
def test_a_plan_refuses_what_is_no_value(plan, path, value, code):
    for ask in (plan.verdicts, plan.failing, plan.report):
        with pytest.raises(ValidatorError) as error:
            ask({"new": 1, path: value})
        assert error.value.problem.code == code


@pytest.mark.parametrize(("path", "value", "code"), [*REFUSED, ("name", 5, "read/wrong-kind-of-value")])
def test_a_plan_refuses_also_where_arithmetic_settles_every_rule(pack, path, value, code):
    quick = Plan(evolve(pack, rules=pack.rules[:1]))
    with pytest.raises(ValidatorError) as error:
        quick.verdicts({"received": 3, "new": 1, "old": 2, path: value})
    assert error.value.problem.code == code


@pytest.mark.parametrize(("path", "value", "code"), REFUSED)
def test_a_report_of_a_program_is_held_to_the_same_rule(pack, path, value, code):
    if path == "kind":
        pytest.skip("a report holds what was read of a choice")
    cell = Cell(path=path, value=value, raw=str(value), location=Location())
    with pytest.raises(ValidatorError) as error:
        check_report_object(Report(form="plain", cells={path: (cell,)}), packs=[pack])
    assert error.value.problem.code == code


@pytest.mark.parametrize("quantity", [Quantity(0.3), Quantity(Fraction(1), 0.1), Quantity(1 + 0j)])
def test_a_quantity_is_no_way_round(pack, quantity):
    cell = Cell(path="score", value=quantity, raw="", location=Location())
    for report in (
        Report(form="plain", cells={"score": (cell,)}),
        Report(form="plain", tables={"rows": (Row(cells={"points": cell}, location=Location()),)}),
    ):
        with pytest.raises(ValidatorError):
            check_report_object(report, packs=[pack])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_refusal_says_what_to_give_instead(plan, lang):
    with pytest.raises(ValidatorError, match="Decimal") as error:
        plan.verdicts({"received": 0.3})
    told = in_language(explain_problem(error.value.problem), lang)
    assert "received" in told.title
    assert "Decimal" in told.help
    assert "Fraction" in told.help
    assert "{" not in told.title + told.help


def test_a_path_that_the_form_does_not_have_is_no_missing_value(plan):
    with pytest.raises(ValidatorError, match="received"):
        plan.verdicts({"recieved": 10})


def test_one_tenth_and_two_tenths_are_three_tenths(plan):
    assert plan.failing({"score": Decimal("0.2"), "part": Decimal("0.1")}) == []
    assert plan.failing({"score": Decimal("0.3"), "part": Decimal("0.1")}) == ["score-differs"]


def test_many_digits_are_not_rounded_away(plan):
    big = 10**40
    assert plan.failing({"received": Decimal(big + 1), "new": Decimal(big), "old": 1}) == []
    assert plan.failing({"received": Decimal(big + 2), "new": Decimal(big), "old": 1}) == ["sum-differs"]


def test_each_way_to_write_a_number_is_read(plan):
    for value in (10, Fraction(10), Decimal(10), Decimal("1E+1"), "10", Quantity(Fraction(10))):
        found = plan.verdicts({"received": value, "new": 4, "old": 6})
        assert found[0] is Verdict.PASS, value
        assert plan.verdicts({"received": value, "new": 4, "old": 7})[0] is Verdict.FAIL, value


numbers = st.one_of(
    st.none(),
    st.integers(0, 20),
    st.integers(0, 20).map(Decimal),
    st.integers(0, 20).map(Fraction),
    st.integers(0, 20).map(str),
)
percents = st.one_of(
    st.none(),
    st.decimals(0, 200, places=1),
    st.decimals(0, 200, places=0),
    st.fractions(0, 2, max_denominator=9),
    st.integers(0, 2),
)


@given(
    st.fixed_dictionaries(
        {
            "received": numbers,
            "new": numbers,
            "old": numbers,
            "pct": percents,
            "open": st.sampled_from([None, True, False]),
        }
    )
)
def test_the_quick_way_and_the_slow_one_agree(plan, pack, values):
    slow = [run_rule(rule, Context(report=plan.report(values))).verdict for rule in pack.rules]
    assert plan.verdicts(values) == slow


def told_of(lang, **values):
    cells = {
        path: (Cell(path=path, value=value, raw=str(value), location=Location()),)
        for path, value in {f"hoso.{name}": value for name, value in values.items()}.items()
    }
    return check_report_object(Report(form="demo", cells=cells), packs=[load_pack("demo")], lang=lang)


def test_undecided_rules_of_a_report_of_a_program_are_left_out_where_nobody_asks():
    report = Report(
        form="demo",
        cells={"hoso.received": (Cell(path="hoso.received", value=3, raw="3", location=Location()),)},
    )
    packs = [load_pack("demo")]
    every = check_report_object(report, packs=packs)
    rest = check_report_object(report, packs=packs, undecided=False)
    assert rest == tuple(each for each in every if each.verdict is not Verdict.UNDECIDED)
    assert len(rest) < len(every)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_whole_number_of_per_cent_is_told_with_the_cure(lang):
    (found,) = [each for each in told_of(lang, on_time_pct=98) if each.id == "read/whole-percent"]
    assert "9800%" in found.title
    assert 'Decimal("98")' in found.help
    for value in (1, 0, Fraction(98), Decimal(98), "98%"):
        assert "read/whole-percent" not in [each.id for each in told_of(lang, on_time_pct=value)]


def test_a_report_of_a_program_of_which_nothing_is_compared_says_so():
    (found,) = [each for each in told_of("en", received=3) if each.id == "check/nothing-compared"]
    assert found.verdict is Verdict.ERROR
    assert "1 figures" in found.title
    compared = told_of("en", received=3, new=2, carried_over=1)
    assert "check/nothing-compared" not in [each.id for each in compared]

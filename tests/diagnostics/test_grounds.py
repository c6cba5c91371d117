"""What a finding rests on: every value, whose it is, and of which row, also beyond what is shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.api import load_pack
from validator.checking.file import judge
from validator.checking.joins import Joins
from validator.diagnostics.fingerprint import fingerprint
from validator.diagnostics.problem import explain_problem
from validator.model.location import Location
from validator.model.problem import GROUNDS, Problem
from validator.model.quantity import Quantity
from validator.model.report import Cell, Period, Report, Row, Unit
from validator.model.verdict import Severity, Verdict
from validator.submissions.choice import Choice
from validator.wording.in_language import in_language

PACK = """\
pack: small
version: 1.0.0
form: small
fields:
  a: {type: count, label: {vi: Tiếp nhận, en: Received}}
  b: {type: count}
  c: {type: count}
  share: {type: percent}
  day: {type: date}
tables: {t: {columns: {code: {type: text}, x: {type: count}, y: {type: count}}}}
"""
RULES = """\
rules:
  - {id: below, title: {vi: T, en: T}, severity: warning, assert: a = sum(child.a for child in children)}
  - {id: below-some, title: {vi: T, en: T}, severity: warning,
     assert: a = sum(child.a for child in children if child.b > 5)}
  - {id: each-below, title: {vi: T, en: T}, severity: warning, assert: "all child in children: child.b ≤ b"}
  - {id: before, title: {vi: T, en: T}, severity: warning, assert: a + prior.a = 2 * earlier.a}
  - {id: rows, title: {vi: T, en: T}, severity: warning, assert: "all row in t: row.x = row.y"}
  - {id: total, title: {vi: T, en: T}, severity: warning, assert: b = sum(row.x for row in t)}
  - {id: if-any, title: {vi: T, en: T}, severity: warning, assert: c > 0 implies a = b}
  - {id: late, title: {vi: T, en: T}, severity: warning, assert: day ≤ period.to}
  - {id: error, title: {vi: T, en: T}, severity: error, assert: a = c}
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "small.yaml").write_text(RULES, encoding="utf-8")
    return load_pack(folder)


def cell(path, value, chance=None):
    """A cell; of a *chance* it is written somewhere, somehow."""
    raw = str(value) if chance is None else f"{value} {chance.random()}"
    line = 1 if chance is None else chance.randrange(1, 99)
    number = value if isinstance(value, str | date) else Quantity(Fraction(value), Fraction(1))
    return Cell(path=path, value=number, raw=raw, location=Location(file="r", line=line))


def report(unit="", rows=(), chance=None, **values):
    cells = {path: (cell(path, value, chance),) for path, value in values.items()}
    table = tuple(
        Row(
            cells={name: cell(f"t.{name}", value, chance) for name, value in row.items()},
            location=Location(file="r", row_code=row.get("code")),
        )
        for row in rows
    )
    period = Period(kind="year", start=date(2024, 1, 1), end=date(2024, 12, 31))
    name = "r" if chance is None else str(chance.random())
    tables = {"t": table} if table else {}
    return Report(form="small", unit=Unit(id=unit), period=period, cells=cells, tables=tables, file=name)


def prints(pack, rule, own, children=None, lang="vi", **joined):
    """The fingerprints of the findings of *rule* on *own*, in order."""
    joins = Joins(joined=joined, children=children)
    found, _ = judge(own, (pack,), Choice(select=(rule,)), joins)
    found = in_language(found, lang)
    return [fingerprint(each) for each in found if each.verdict is Verdict.FAIL]


def children(values, chance=None, units=None):
    names = units or [f"u{number}" for number in range(len(values))]
    return tuple(report(unit, chance=chance, a=a, b=b) for unit, (a, b) in zip(names, values, strict=True))


FIGURES = st.lists(st.tuples(st.integers(0, 9), st.integers(6, 9)), min_size=2, max_size=8)


@settings(max_examples=40)
@given(figures=FIGURES, data=st.data(), chance=st.randoms())
@pytest.mark.parametrize("rule", ["below", "below-some"])
def test_whose_value_it_is_counts_but_not_the_order_of_reports(pack, rule, figures, data, chance):
    own = report(a=10**6)
    known = prints(pack, rule, own, children(figures))
    shuffled = list(children(figures, chance))
    chance.shuffle(shuffled)
    assert prints(pack, rule, report(chance=chance, a=10**6), tuple(shuffled), "en") == known
    other = data.draw(st.permutations(figures))
    assume([a for a, _ in other] != [a for a, _ in figures])
    assert prints(pack, rule, own, children(other)) != known


@settings(max_examples=40)
@given(figures=st.lists(st.integers(0, 9), min_size=2, max_size=8), data=st.data(), chance=st.randoms())
def test_whose_row_a_value_stands_in_counts_but_not_the_order_of_rows(pack, figures, data, chance):
    def judged(values, chance=None):
        rows = [{"code": f"I.{number}", "x": value} for number, value in enumerate(values)]
        if chance is not None:
            chance.shuffle(rows)
        return prints(pack, "total", report(rows=rows, chance=chance, b=10**6))

    known = judged(figures)
    assert judged(figures, chance) == known
    other = data.draw(st.permutations(figures))
    assume(other != figures)
    assert judged(other) != known


@given(one=st.integers(0, 99), two=st.integers(0, 99), chance=st.randoms())
def test_the_periods_before_are_not_taken_for_each_other(pack, one, two, chance):
    assume(one != two)
    own = report(a=10**6)
    known = prints(pack, "before", own, prior=report(a=one), earlier=report(a=two))
    again = prints(
        pack, "before", own, prior=report(chance=chance, a=one), earlier=report(chance=chance, a=two)
    )
    swapped = prints(pack, "before", own, prior=report(a=two), earlier=report(a=one))
    assert known == again != swapped


@pytest.mark.parametrize("count", [250, 450])
def test_values_beyond_those_shown_count(pack, count):
    rows = [{"code": str(number), "x": 1} for number in range(count)]
    changed = [*rows[:-1], {"code": str(count - 1), "x": 7}]
    one, two = (prints(pack, "total", report(rows=each, b=5)) for each in (rows, changed))
    assert one != two
    figures = [(1, 1)] * count
    last = [*figures[:-1], (7, 1)]
    own = report(a=5)
    assert prints(pack, "below", own, children(figures)) != prints(pack, "below", own, children(last))


def test_rows_of_the_same_figures_are_findings_of_their_own(pack):
    row = {"x": 1, "y": 2}
    (first,) = prints(pack, "rows", report(rows=[{"code": "1", **row}]))
    both = prints(pack, "rows", report(rows=[{"code": "1", **row}, {"code": "2", **row}]))
    assert both[0] == first != both[1]
    assert prints(pack, "rows", report(rows=[{"code": "9", **row}])) != [first]
    assert prints(pack, "rows", report(rows=[{"code": "0", "x": 1, "y": 1}, {"code": "1", **row}])) == [first]
    # Rows of one code, or of none, are told apart by which of them they are.
    again = [{"code": "1", **row}, {"code": "1", **row}]
    assert len(set(prints(pack, "rows", report(rows=again)))) == 2
    assert len(set(prints(pack, "rows", report(rows=[dict(row), dict(row)])))) == 2


def test_a_finding_on_one_unit_below_is_not_that_on_another(pack):
    own, figures = report(b=1), [(0, 7), (0, 7)]
    one, two = prints(pack, "each-below", own, children(figures))
    assert one != two
    assert prints(pack, "each-below", own, children(figures, units=["u1", "u2"])) == [
        two,
        *prints(pack, "each-below", own, children(figures[:1], units=["u2"])),
    ]


def test_which_units_count_is_part_of_it(pack):
    own = report(a=99)
    one, two = (prints(pack, "below-some", own, children([(3, b), (3, 9)])) for b in (6, 5))
    assert one != two
    # Whoever does not count may say what it likes.
    assert two == prints(pack, "below-some", own, children([(4, 5), (3, 9)], units=["u0", "u1"]))


def test_the_condition_that_a_finding_stands_under_is_part_of_it(pack):
    one, two = (prints(pack, "if-any", report(a=1, b=2, c=each)) for each in (1, 2))
    assert one
    assert one != two


def test_the_days_of_the_period_are_part_of_it(pack):
    own = report(day=date(2025, 1, 7))
    longer = Report(
        form="small", cells=own.cells, period=Period(start=date(2024, 1, 1), end=date(2025, 1, 6))
    )
    assert prints(pack, "late", own) != prints(pack, "late", longer)


def test_what_must_be_corrected_rests_on_nothing(pack):
    found, _ = judge(report(a=1, b=2, c=3), (pack,), Choice(), Joins())
    told = {each.id: each.rests_on for each in found if each.verdict is Verdict.FAIL}
    assert told["small/error"] == ""
    assert told["small/if-any"] != ""


def test_the_figures_of_a_claim_are_told_apart_by_what_they_are():
    def claim(lang="vi", **args):
        told = args | {GROUNDS: tuple(figures)}
        problem = Problem(
            code="claims/share-cut-off", location=Location(), severity=Severity.WARNING, args=told
        )
        return fingerprint(in_language(explain_problem(problem), lang))

    figures = {"numerator": "1.034", "denominator": "27", "right": "3", "stated": "2"}
    assert claim(**figures) == claim("en", **figures | {"numerator": "1034", "quote": "?"})
    assert claim(**figures) != claim(**figures | {"numerator": "27", "denominator": "1.034"})

"""A total against the units below: who has not reported, what follows, whose figure the gap is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from validator.diagnostics.explain import explain
from validator.engine.context import Context
from validator.engine.run import run_rule
from validator.model.location import Location
from validator.model.quantity import Quantity
from validator.model.report import Cell, Report, Unit
from validator.packs.forms import load_pack
from validator.wording.in_language import in_language

PACK = load_pack("cchc")
RULE = next(each for each in PACK.rules if each.id == "commune-received-differs-from-reports")


def report(path, value, name, level="commune", partly=()):
    cells = {}
    if value is not None:
        place = Location(file=f"{name}.yaml", line=1)
        quantity = None if isinstance(value, str) else Quantity(Fraction(value))
        cells[path] = (Cell(path=path, value=quantity, raw=str(value), location=place),)
    unit = Unit(id=name, name=name, level=level)
    return Report(form="cchc", unit=unit, cells=cells, file=f"{name}.yaml", is_whole=name not in partly)


def told(total, stated, absent=(), lang="vi", why=None, partly=()):
    """Return verdict, reason and explanation of the district's rule."""
    context = Context(
        report=report("hoso.commune.received", total, "Huyện", "district"),
        children=tuple(report("hoso.received", value, name, partly=partly) for name, value in stated.items()),
        absent=tuple(Report(unit=Unit(id=name, name=name)) for name in absent),
        why=why or {},
    )
    result = run_rule(RULE, context)
    found = in_language(explain(result), lang)
    return result.verdict.value, found[0].reason if found else "", found[0].explanation if found else ""


def test_what_is_missing_is_unknown_and_the_rest_must_be_there():
    assert told(520, {"A": 300, "B": 208}, ["C", "D", "E"]) == (
        "undecided",
        "children-missing",
        (
            "tổng 520 hồ sơ, các đơn vị đã nộp cộng lại 508 hồ sơ; 3/5 đơn vị chưa nộp: C, D, E; "
            "nếu số liệu khớp, phần còn lại 12 hồ sơ phải là của 3 đơn vị này"
        ),
    )


def test_one_missing_unit_and_one_that_leaves_the_figure_out():
    _, _, words = told(520, {"A": 508, "B": None}, ["C"], lang="en")
    assert words == (
        "the total is 520 hồ sơ, the units that have reported come to 508 hồ sơ; "
        "1 of 3 units have not reported: C; "
        "1 of 3 units do not state this figure: B; "
        "if the figures agree, the remaining 12 hồ sơ must be with these 2 units"
    )


def test_what_was_not_read_is_told_apart_from_what_is_not_written():
    members = {"A": 508, "B": None, "C": None, "D": "hai trăm"}
    _, _, words = told(520, members, [], lang="en", partly=("C",))
    assert words == (
        "the total is 520 hồ sơ, the units that have reported come to 508 hồ sơ; "
        "2 of 4 units: this figure was not recognised in the file: C, D; "
        "1 of 4 units do not state this figure: B; "
        "if the figures agree, the remaining 12 hồ sơ must be with these 3 units"
    )


def test_what_was_sent_but_does_not_count_is_told_apart_from_nothing():
    _, _, words = told(520, {"A": 508}, ["C", "D", "E"], why={"D": "unreadable", "E": "other-period"})
    assert words == (
        "tổng 520 hồ sơ, các đơn vị đã nộp cộng lại 508 hồ sơ; 1/4 đơn vị chưa nộp: C; "
        "1/4 đơn vị có tệp không đọc được: D; 1/4 đơn vị chưa có báo cáo kỳ này, chỉ có báo cáo kỳ khác: E; "
        "nếu số liệu khớp, phần còn lại 12 hồ sơ phải là của 3 đơn vị này"
    )


def test_those_who_reported_may_exceed_the_total_already():
    verdict, _, words = told(500, {"A": 300, "B": 208}, ["C"])
    assert verdict == "fail"
    assert (
        words == "500 ≠ 300 + 208 + ? ≥ 508; 1/3 đơn vị chưa nộp: C; các đơn vị đã nộp đã vượt tổng 8 hồ sơ"
    )


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (300, "phần lệch 208 hồ sơ bằng đúng số của B: có thể chưa được tính vào tổng"),
        (716, "phần lệch 208 hồ sơ bằng đúng số của B: có thể đã được tính hai lần"),
    ],
)
def test_a_difference_that_is_one_units_figure_is_said(total, words):
    verdict, _, explanation = told(total, {"A": 300, "B": 208})
    assert verdict == "fail"
    assert explanation.endswith(words)


def test_a_difference_that_is_nobodys_figure_is_only_a_difference():
    assert told(509, {"A": 300, "B": 208}) == ("fail", "", "509 ≠ 300 + 208 = 508")


def test_a_total_that_agrees_is_not_talked_about():
    assert told(508, {"A": 300, "B": 208}) == ("pass", "", "")


def test_many_missing_units_are_counted():
    _, _, words = told(520, {"A": 508}, [f"U{number}" for number in range(40)])
    assert "40/41 đơn vị chưa nộp: U0, U1, " in words
    assert "U11 … (+28)" in words


def test_figures_of_units_are_named_after_them():
    context = Context(
        report=report("hoso.commune.received", 509, "Huyện", "district"),
        children=(report("hoso.received", 508, "A"),),
    )
    (found,) = in_language(explain(run_rule(RULE, context)), "en")
    assert [label.label for label in found.fields][1].endswith("(A)")

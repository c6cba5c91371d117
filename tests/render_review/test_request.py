"""What a finding asks for, in words, and which findings ask for something."""

from __future__ import annotations

import pytest

from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.verdict import Severity, Verdict
from validator.render.request import kind_of, request, sort_out


def found(**more):
    given = {
        "id": "p/r",
        "severity": Severity.ERROR,
        "verdict": Verdict.FAIL,
        "location": Location(file="a.docx"),
    }
    return Diagnostic(**given | more)


def label(raw, **place):
    return Label(
        path="a.b", label="Số", raw=raw, location=Location(file=place.pop("file", "a.docx"), **place)
    )


@pytest.mark.parametrize(
    ("kind", "traits"),
    [
        ("open", {}),
        ("open", {"severity": Severity.WARNING}),
        ("open", {"verdict": Verdict.ERROR}),
        ("explained", {"severity": Severity.WARNING, "waiver": "đã kiểm tra"}),
        ("explanations", {"severity": Severity.WARNING, "topic": "waiver"}),
        ("remarks", {"severity": Severity.INFO}),
        ("waiting", {"verdict": Verdict.UNDECIDED, "reason": "children-missing"}),
        ("", {"verdict": Verdict.UNDECIDED, "reason": "missing"}),
        ("", {"verdict": Verdict.PASS}),
    ],
)
def test_what_becomes_of_a_finding(kind, traits):
    assert kind_of(found(**traits)) == kind


def test_each_kind_keeps_the_order_of_the_form():
    first, second, third = found(id="p/a"), found(id="p/b", severity=Severity.INFO), found(id="p/c")
    told = sort_out((third, second, first))
    assert (told.open, told.remarks) == ((third, first), (second,))


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (label("7", table=1, row=4, row_code="1", row_label="Tổng", column_name="Số liệu"), "Số: 7"),
        (
            label("7", table=1, row=5, row_code="1.1", row_label="Mới", column_name="Số liệu"),
            "Số: 7 (dòng 1.1)",
        ),
        (label("7", table=1, row=5, row_label="Mới", column_name="Số liệu"), "Số: 7"),
        (label("7", table=1, row=5, row_label="Mới", column_name="Ghi chú"), "Số: 7 (cột Ghi chú)"),
        (label("7", paragraph=3), "Số: 7 (đoạn 3)"),
        (label("7", file="xa.docx", paragraph=3), "Số: 7"),
        (label(""), "Số: để trống"),
    ],
)
def test_a_figure_says_only_what_the_place_of_the_finding_does_not(figure, said):
    at = Location(file="a.docx", table=1, row=4, row_code="1", row_label="Tổng", column_name="Số liệu")
    assert request(found(location=at, fields=(figure,)), "vi").figures == (said,)


def test_a_sum_over_many_reports_names_the_first_figures_and_counts_the_others():
    figures = request(found(fields=(label("1"),) * 300), "vi").figures
    assert len(figures) == 13
    assert figures[-1] == "… và 288 số liệu khác"


def test_a_long_paragraph_is_shown_around_the_figure():
    text = "chữ " * 100 + "tổng 412 hồ sơ " + "chữ " * 100
    at = Location(file="a.docx", paragraph=9, excerpt=text)
    excerpt = request(
        found(location=at, fields=(Label(path="a", label="", raw="412", location=at),)), "vi"
    ).excerpt
    assert "tổng 412 hồ sơ" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 100

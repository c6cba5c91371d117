"""A period is said in words, whatever its kind."""

from __future__ import annotations

from datetime import date

import pytest

from validator.api import period_text
from validator.model.report import Period

START, END = date(2022, 12, 15), date(2023, 6, 14)


@pytest.mark.parametrize(
    ("kind", "vietnamese", "english"),
    [
        ("year", "báo cáo năm", "annual report"),
        ("half_year", "báo cáo 6 tháng", "half-year report"),
        ("nine_months", "báo cáo 9 tháng", "nine-month report"),
        ("quarter", "báo cáo quý", "quarterly report"),
        ("học kỳ", "học kỳ", "học kỳ"),
    ],
)
def test_kind_and_days(kind, vietnamese, english):
    period = Period(kind=kind, start=START, end=END)
    assert period_text(period, "vi") == f"{vietnamese} (15/12/2022 – 14/06/2023)"
    assert period_text(period, "en") == f"{english} (15/12/2022 – 14/06/2023)"


def test_parts_may_be_missing():
    assert period_text(Period(kind="year"), "vi") == "báo cáo năm"
    assert period_text(Period(start=START, end=END), "vi") == "15/12/2022 – 14/06/2023"
    assert period_text(Period(), "vi") == ""

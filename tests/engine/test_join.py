"""Which reports a report is joined to."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from validator.engine.join import choose_earlier, choose_prior, sources_of
from validator.model.report import Period
from validator.packs.forms import load_pack


def of(kind, start, end):
    return SimpleNamespace(
        period=Period(kind=kind, start=date.fromisoformat(start), end=date.fromisoformat(end))
    )


YEAR_2022 = of("year", "2021-12-15", "2022-12-14")
YEAR_2023 = of("year", "2022-12-15", "2023-12-14")
LAST_QUARTER = of("quarter", "2023-09-15", "2023-12-14")
FIRST_QUARTER = of("quarter", "2023-12-15", "2024-03-14")
HALF = of("half_year", "2023-12-15", "2024-06-14")
NINE = of("nine_months", "2023-12-15", "2024-09-14")
UNKNOWN = SimpleNamespace(period=Period())
ALL = [NINE, YEAR_2022, FIRST_QUARTER, UNKNOWN, LAST_QUARTER, YEAR_2023, HALF]


def test_the_prior_report_ended_when_this_one_began():
    assert choose_prior(HALF.period, ALL) is YEAR_2023
    assert choose_prior(FIRST_QUARTER.period, ALL) is LAST_QUARTER
    assert choose_prior(YEAR_2023.period, ALL) is YEAR_2022


def test_a_report_of_long_ago_is_not_the_prior_one():
    assert choose_prior(HALF.period, [YEAR_2022]) is None


def test_the_earlier_report_is_the_longest_shorter_one_of_the_year():
    assert choose_earlier(NINE.period, ALL) is HALF
    assert choose_earlier(HALF.period, ALL) is FIRST_QUARTER
    assert choose_earlier(FIRST_QUARTER.period, ALL) is None
    assert choose_earlier(UNKNOWN.period, ALL) is None


@pytest.mark.parametrize(
    ("rule", "sources"),
    [
        ("carried-over-differs-from-prior-pending", {"prior"}),
        ("received-fell-within-year", {"earlier"}),
        ("commune-received-differs-from-reports", {"children"}),
        ("resolved-exceed-received", set()),
    ],
)
def test_a_rule_says_which_reports_it_looks_at(rule, sources):
    pack = load_pack("cchc")
    assert sources_of(next(each for each in pack.rules if each.id == rule)) == sources

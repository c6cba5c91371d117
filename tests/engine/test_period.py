"""Which period a window of days is, what follows what, and what goes on from what."""

from __future__ import annotations

from datetime import date

import pytest

from validator.engine.period import PeriodKey, extends, follows, period_key
from validator.model.report import Period


def period(text, kind=None):
    start, end = text.split("..")
    return Period(kind=kind, start=date.fromisoformat(start), end=date.fromisoformat(end))


YEAR = period("2022-12-15..2023-12-14", "year")
QUARTER = period("2023-12-15..2024-03-14", "quarter")
HALF = period("2023-12-15..2024-06-14", "half_year")
NINE = period("2023-12-15..2024-09-14", "nine_months")


@pytest.mark.parametrize(
    ("window", "kind", "expected"),
    [
        ("2022-12-15..2023-12-14", "year", ("year", 2023, 1)),
        ("2022-11-10..2023-11-10", "year", ("year", 2023, 1)),
        ("2023-01-01..2023-12-31", None, ("year", 2023, 1)),
        ("2023-12-15..2024-03-14", "quarter", ("quarter", 2024, 1)),
        ("2024-06-15..2024-09-14", "quarter", ("quarter", 2024, 3)),
        ("2023-12-15..2024-06-14", "half_year", ("half_year", 2024, 1)),
        ("2024-06-15..2024-12-14", None, ("half_year", 2024, 2)),
        ("2022-12-15..2023-09-14", "nine_months", ("nine_months", 2023, 1)),
        ("2024-05-01..2024-05-31", "month", ("month", 2024, 5)),
    ],
)
def test_the_middle_of_a_window_tells_the_period(window, kind, expected):
    assert period_key(period(window, kind)) == PeriodKey(*expected)


@pytest.mark.parametrize(
    "odd", [Period(), Period(kind="year"), period("2024-02-01..2024-01-01"), period("2020-01-01..2024-01-01")]
)
def test_a_period_without_a_sensible_window_is_none(odd):
    assert period_key(odd) is None


def test_a_period_follows_the_one_that_ended_the_day_before():
    assert follows(HALF, YEAR)
    assert follows(period("2023-11-10..2024-05-10"), period("2022-11-10..2023-11-10"))


def test_it_follows_nothing_that_overlaps_or_ended_long_ago():
    assert not follows(HALF, QUARTER)
    assert not follows(period("2024-12-15..2025-06-14"), YEAR)


def test_a_cumulative_report_extends_the_shorter_ones_of_its_year():
    assert extends(HALF, QUARTER)
    assert extends(NINE, HALF)
    assert extends(period("2024-01-01..2024-12-31", "year"), NINE)


def test_it_extends_neither_itself_nor_another_year_nor_what_begins_later():
    assert not extends(HALF, HALF)
    assert not extends(HALF, YEAR)
    assert not extends(NINE, period("2024-03-15..2024-06-14", "quarter"))


@pytest.mark.parametrize("window", ["2022-12-15..2023-09-14", "2023-01-01..2023-09-30"])
def test_the_days_of_a_window_count_more_than_its_name(window):
    assert period_key(period(window, "quarter")) == PeriodKey("nine_months", 2023, 1)


def test_the_month_before_last_is_not_the_period_before():
    march, february = period("2024-03-01..2024-03-31"), period("2024-02-01..2024-02-29")
    assert follows(march, february)
    assert not follows(march, period("2024-01-01..2024-01-31"))
    assert follows(period("2024-01-15..2024-02-14"), period("2024-01-01..2024-01-31")) is False


def test_windows_of_other_habits_still_follow_each_other():
    assert follows(HALF, period("2023-01-01..2023-12-31", "year"))


def test_windows_that_are_no_period_follow_only_closely():
    odd = period("2024-06-01..2024-10-20")
    assert follows(odd, period("2024-01-01..2024-05-20"))
    assert not follows(odd, period("2023-09-01..2024-01-20"))

"""Which version counts, and which reports a row is judged together with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from validator.model.location import Location
from validator.model.record import evolve
from validator.model.report import Period, Unit
from validator.model.unit_list import DeclaredUnit, UnitList
from validator.reviewing.assignment import UNDECLARED, Joining
from validator.submissions.archive import Filed
from validator.submissions.entry import Entry
from validator.submissions.versions import main_period, usual_window, versions


def period(kind, start, end):
    return Period(kind=kind, start=date.fromisoformat(start), end=date.fromisoformat(end))


HALF = period("half_year", "2023-12-15", "2024-06-14")
QUARTER = period("quarter", "2023-12-15", "2024-03-14")
YEAR = period("year", "2022-12-15", "2023-12-14")


def entry(path="a.yaml", unit="xa-a", **changes):
    made = {"parent": None, "form": "cchc", "period": HALF, "submitted": None, "digest": path} | changes
    who = Unit(id=unit, parent=made.pop("parent"))
    if day := made["submitted"]:
        made["submitted"] = date.fromisoformat(day)
    return Entry(path=path, key=path, unit=who, **made)


def filed(version=1, of=YEAR, **changes):
    return Filed(
        path=Path(f"{of.start}_v{version}"), folder="xa-a", form="cchc", period=of, version=version, **changes
    )


def order(*entries):
    (row,) = versions(entries)
    return [row.current.path, *(each.path for each in row.older)]


class TestVersions:
    def test_the_latest_day_counts(self):
        one, two = entry("z", submitted="2024-06-01"), entry("a", submitted="2024-06-02")
        assert order(one, two) == order(two, one) == ["a", "z"]

    def test_a_day_goes_before_none(self):
        assert order(entry("z"), entry("a", submitted="2024-06-02")) == ["a", "z"]

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("lan 2.docx", "lan 10.docx"),
            ("b.docx", "b (2).docx"),
            ("b.docx", "b-2.docx"),
            ("A.docx", "b.docx"),
        ],
    )
    def test_names_are_counted_as_people_do(self, first, last):
        assert order(entry(first), entry(last)) == [last, first]

    @pytest.mark.parametrize(
        ("days", "doubt"),
        [
            (("2024-06-01", "2024-06-02"), ""),
            (("2024-06-01", "2024-06-01"), "same-date"),
            ((None, "2024-06-01"), "undated"),
            ((None, None), "undated"),
            (("2024-05-01", "2024-05-01", "2024-06-01"), ""),
        ],
    )
    def test_doubt_about_which_is_the_newest(self, days, doubt):
        (row,) = versions(entry(f"{number}", submitted=day) for number, day in enumerate(days))
        assert row.doubt == doubt

    def test_the_same_figures_are_one_version_the_one_that_counts(self):
        (row,) = versions([entry("1", digest="x"), entry("2", digest="y"), entry("3", digest="x")])
        assert (row.current.path, [each.path for each in row.older]) == ("3", ["2"])
        assert [(one.path, same.path) for one, same in row.repeats] == [("1", "3")]

    def test_units_and_forms_are_told_apart(self):
        rows = versions([entry("1"), entry("2", unit="xa-b"), entry("3", form="demo")])
        assert [(row.unit.id, row.form) for row in rows] == [
            ("xa-a", "cchc"), ("xa-b", "cchc"), ("xa-a", "demo"),
        ]  # fmt: skip

    def test_files_without_a_unit_are_never_versions_of_each_other(self):
        assert len(versions([entry("1", unit=None), entry("2", unit=None)])) == 2

    def test_nor_are_files_between_several_units(self):
        assert len(versions([entry("1", candidates=("a", "b")), entry("2", candidates=("a", "b"))])) == 2


class TestPeriod:
    def test_most_files_count(self):
        assert main_period([HALF, QUARTER, HALF]) == HALF

    def test_of_as_many_the_one_that_ends_last_counts(self):
        assert main_period([YEAR, HALF]) == main_period([HALF, YEAR]) == HALF
        assert main_period([QUARTER, HALF]) == main_period([HALF, QUARTER]) == HALF

    def test_none_if_no_file_says(self):
        assert main_period([Period()]) is None

    def test_days_that_are_no_usual_period_count_only_where_no_others_are_told(self):
        odd = period(None, "2021-01-01", "2024-12-31")
        assert main_period([odd, odd, QUARTER]) == QUARTER
        assert main_period([odd, Period()]) == odd

    def test_its_window_is_the_one_that_most_have_the_latest_of_as_many(self):
        other = period("half_year", "2024-01-01", "2024-06-30")
        assert usual_window([HALF, HALF, other]) == HALF
        assert usual_window([HALF, other]) == usual_window([other, HALF]) == other
        assert usual_window([]) == Period()


def assigned(*entries, others=(), units=None, archived=(), of="xa-a", unread=()):
    rows = versions(entries)
    joining = Joining(rows, others, units, {("xa-a", "cchc"): archived}, unread)
    return joining.assignment(next(row for row in rows if row.unit.id == of))


class TestPeriodsBefore:
    def test_all_versions_are_given_the_submitted_one_first(self):
        of_year = (filed(), filed(2))
        assert assigned(entry(), archived=(of_year,)).prior == of_year

    def test_the_shorter_report_of_the_year_is_no_period_before(self):
        found = assigned(entry(), archived=((filed(),), (filed(of=QUARTER),)))
        assert [each[0].period for each in (found.prior, found.earlier)] == [YEAR, QUARTER]

    def test_they_may_lie_in_the_folder(self):
        others = entry("nam", period=YEAR), entry("quy", period=QUARTER)
        found = assigned(entry(), others=others)
        assert (found.prior_keys, found.earlier_keys) == (("nam",), ("quy",))

    def test_of_two_in_the_folder_the_one_submitted_first_counts_and_the_other_corrects_it(self):
        others = (
            entry("2", period=YEAR, submitted="2023-12-20"),
            entry("1", period=YEAR, submitted="2023-12-25"),
        )
        assert assigned(entry(), others=others).prior_keys == ("2", "1")
        assert assigned(entry(), others=others[::-1]).prior_keys == ("2", "1")

    def test_those_of_other_units_and_forms_are_not(self):
        others = entry("1", unit="xa-b", period=YEAR), entry("2", form="demo", period=YEAR)
        assert assigned(entry(), others=others).prior_keys == ()


class TestUnitsAboveAndBelow:
    UNITS = UnitList(
        units=tuple(
            DeclaredUnit(unit=Unit(id=name, parent=parent), location=Location())
            for name, parent in (("huyen", None), ("xa-a", "huyen"), ("xa-b", "huyen"))
        )
    )

    def test_a_list_says_who_is_absent(self):
        found = assigned(entry("h", unit="huyen"), entry("a", parent="huyen"), units=self.UNITS, of="huyen")
        assert found.children == ("a",)
        assert [unit.id for unit in found.absent] == ["xa-b"]

    def test_who_is_absent_may_have_sent_something_all_the_same(self):
        def why(**sent_too):
            return assigned(entry("h", unit="huyen"), units=self.UNITS, of="huyen", **sent_too).why

        quarter, broken = entry("q", period=QUARTER), evolve(entry("b", unit="xa-b", form=""), key="")
        assert why() == {}
        assert why(others=[quarter]) == {"xa-a": "other-period"}
        assert why(others=[evolve(quarter, form="demo")]) == {}
        assert why(others=[quarter], unread=[broken]) == {"xa-a": "other-period", "xa-b": "unreadable"}
        both = evolve(broken, unit=quarter.unit)
        assert why(others=[quarter], unread=[both]) == {"xa-a": "unreadable"}

    def test_without_a_list_those_who_name_their_superior_are_below_and_others_may_be(self):
        found = assigned(entry("h", unit="huyen"), entry("a", parent="huyen"), of="huyen")
        assert (found.children, found.absent) == (("a",), (UNDECLARED,))

    def test_nothing_is_known_of_units_below_one_that_nobody_names(self):
        assert assigned(entry("a")).children is None

    def test_the_superior_is_joined(self):
        found = assigned(entry("h", unit="huyen"), entry("a", parent="huyen"))
        assert found.parent == "h"

    def test_a_report_of_another_form_is_neither(self):
        found = assigned(
            entry("h", unit="huyen"), entry("a", parent="huyen", form="demo"), units=self.UNITS, of="huyen"
        )
        assert found.children == ()
        assert [unit.id for unit in found.absent] == ["xa-a", "xa-b"]

"""Reports of other units, in other words and layouts: what is bound, and what is left alone."""

from pathlib import Path

import pytest
import yaml

from validator.api import read_report

REPORTS = Path(__file__).parent / "reports"
EXPECTED = yaml.safe_load((REPORTS / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(params=sorted(EXPECTED), ids=lambda name: Path(name).stem)
def case(request):
    return read_report(REPORTS / request.param), EXPECTED[request.param]


def test_form_unit_and_period_are_those_of_the_head(case):
    found, expected = case
    report = found.report
    assert report.form == expected["form"]
    assert {"name": report.unit.name, "level": report.unit.level} == expected["unit"]
    period = {"kind": report.period.kind, "from": str(report.period.start), "to": str(report.period.end)}
    assert period == expected["period"]


def test_every_figure_is_bound_to_its_field_and_to_no_other(case):
    found, expected = case
    assert {path: [cell.raw for cell in cells] for path, cells in found.report.cells.items()} == expected[
        "cells"
    ]


def test_rows_of_declared_tables_hold_their_columns(case):
    found, expected = case
    for name, rows in expected.get("tables", {}).items():
        read = [{column: cell.raw for column, cell in row.cells.items()} for row in found.report.tables[name]]
        assert [{key: row[key] for key in wanted} for row, wanted in zip(read, rows, strict=True)] == rows


def test_every_number_left_over_is_listed(case):
    found, expected = case
    assert sorted(each.raw for each in found.reach.unbound) == expected["unbound"]
    assert f"{found.reach.rows_bound} of {found.reach.rows}" == expected["rows"]


def test_no_problem_is_told_of_a_report_that_reads_well(case):
    assert case[0].problems == ()

"""examples/review holds what its generator makes, and the findings that are planted in it, no others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import yaml
from example_reports import (
    EXAMPLE,
    PERIOD,
    SIDECAR,
    failed,
    on_explanations,
    reports,
    reviewed,
    submitted,
    told,
    unit_of,
    waiting,
)
from make_documents import contents

PLANTED = yaml.safe_load((Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8"))
MADE = contents()
STATED = ("word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
"""The parts of an office file that state something; the others come from the library's templates."""


@pytest.mark.parametrize("path", MADE)
def test_the_committed_file_is_what_the_generator_makes(path):
    assert stated((EXAMPLE / path).read_bytes()) == stated(MADE[path])


def test_no_document_is_left_over():
    found = {str(path.relative_to(EXAMPLE)) for path in EXAMPLE.glob("*/**/*") if path.is_file()}
    assert {path for path in found if not path.endswith(SIDECAR)} == set(MADE)


def test_making_them_twice_gives_the_same_bytes():
    assert contents() == MADE


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_comes_out_and_nothing_else(name):
    expected, found = PLANTED[name], failed(name)
    assert sorted(each.id for each in found) == sorted(expected)
    assert [each.id for each in found if expected[each.id] not in each.explanation] == []


def test_what_the_reports_leave_of_a_total_must_lie_with_the_commune_that_is_missing():
    undecided = {
        each.id.removeprefix("cchc/commune-").removesuffix("-differs-from-reports"): each.explanation
        for each in waiting("huyen-tan-son.docx")
        if "Xã Hợp Tiến" in each.explanation
    }
    assert set(undecided) == {
        *("received", "carried-over", "resolved", "early", "on-time", "pending", "not-due"),
    }
    assert "phần còn lại 268 hồ sơ phải là của đơn vị này" in undecided["received"]


@pytest.mark.parametrize(
    ("name", "told_of"),
    [
        ("xa-tan-lap.docx", []),
        ("xa-tan-lap-ha.xlsx", ["waiver/lapsed"]),
        ("xa-phu-thinh.yaml", ["waiver/unused"]),
    ],
)
def test_explanations_are_valid_lapsed_or_unused(name, told_of):
    assert on_explanations(name) == told_of
    explained = [each.id for each in told(name) if each.waiver]
    assert explained == ([] if told_of else ["cchc/restated-differently"])


def test_nobody_else_has_explained_anything():
    others = set(reviewed()) - {"xa-tan-lap.docx", "xa-tan-lap-ha.xlsx", "xa-phu-thinh.yaml"}
    assert not [each for name in others for each in told(name) if each.waiver or each.topic == "waiver"]


def test_the_files_of_the_period_are_those_that_are_looked_at():
    assert set(reports()) == set(PLANTED)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("huyen-tan-son.docx", "tan-son"),
        ("thi-tran-pho-moi.docx", "pho-moi"),
        ("xa-an-lac-lan-2.docx", "an-lac"),
        ("xa-tan-lap.docx", "tan-lap"),
        ("xa-tan-lap-ha.xlsx", "tan-lap-ha"),
        ("xa-dong-tam.xlsx", "dong-tam"),
        ("xa-hop-tien-quy-2.yaml", "hop-tien"),
    ],
)
def test_every_unit_is_recognised(name, unit):
    assert unit_of(name).id == unit


@pytest.mark.parametrize("name", sorted({*PLANTED, "xa-hop-tien-quy-2.yaml"}))
def test_every_figure_of_an_appendix_is_understood(name):
    reach = submitted(name).reach
    assert reach is None or reach.rows == reach.rows_bound


@pytest.mark.parametrize("name", ["bao-cao-cchc.docx", "don-xin-nghi-phep.docx"])
def test_what_is_no_report_is_told_and_not_judged(name):
    assert submitted(name).report is None
    assert submitted(name).problems


def test_the_period_of_a_stray_file_is_another_one():
    assert submitted("xa-hop-tien-quy-2.yaml").report.period.kind == "quarter"
    assert (PERIOD / "xa-hop-tien-quy-2.yaml").exists()


def stated(data):
    """What a file states: of a whole office file the texts and the cells, of others every byte."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name in STATED}

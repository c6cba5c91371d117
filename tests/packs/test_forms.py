"""Which pack a report is judged by where several are given."""

from __future__ import annotations

import pytest

from validator import load_pack, review
from validator.model.report import Report
from validator.packs.forms import form_of, packs_for

SCORES = """\
report:
  form: par-index
  unit: {id: xa-a, name: Xã A, level: commune}
  period: {kind: year, from: 2023-01-01, to: 2023-12-31}
scores: [{awarded: 8}]
summary: {awarded: 90}
"""


def names(packs):
    return [pack.name for pack in packs]


@pytest.mark.parametrize("given", [["kstt", "par-index"], ["par-index", "kstt"], []])
def test_those_for_its_form_count(given):
    assert names(packs_for("par-index", given)) == ["par-index"]
    assert form_of(Report(form="par-index"), given).name == "par-index"


def test_where_none_is_for_it_those_that_are_shipped():
    assert packs_for("cchc", ["kstt"]) == (load_pack("cchc"),)
    assert packs_for("no-such-form", ["kstt"]) == ()


def test_a_review_takes_several_packs_for_reports_of_different_forms(tmp_path):
    (tmp_path / "a.yaml").write_text(SCORES, encoding="utf-8")
    (row,) = review(tmp_path, packs=["kstt", "par-index"]).units
    assert (row.form, row.unit.id) == ("par-index", "xa-a")

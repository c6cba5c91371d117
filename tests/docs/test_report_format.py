"""The page on the report format says what is so: its examples are read, its tables are the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.api import load_pack
from validator.model.field import FieldType
from validator.readers.notation import load_notation
from validator.readers.structured import read_structured

PAGE = (Path(__file__).resolve().parents[2] / "docs/report-format.md").read_text(encoding="utf-8")
HEADER = "report: {form: cchc}\n"


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_examples_are_read_without_a_fault(example):
    text = example if example.startswith("report:") else HEADER + example
    read = read_structured(text.encode(), {"cchc": load_pack("cchc").form}, file="report.yaml")
    assert read.problems == ()
    assert read.report.cells


def test_every_known_level_and_kind_of_period_is_on_the_page():
    data = load_notation().data
    for name in {*data.levels.values(), *data.periods.values()}:
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize("raw", ["7O", "3 trăm", "49,14,52"])
def test_what_the_page_calls_unreadable_is(raw):
    assert f'"{raw}"' in PAGE
    assert load_notation().parse(raw, FieldType.COUNT) is None

"""A report that was read and written again is the same report, whatever stands in its texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import read_report
from validator.checking.sidecar import quoted
from validator.model.record import evolve
from validator.model.report import Unit
from validator.packs.forms import form_of
from validator.readers.yaml_tree import parse_yaml
from validator.render.report_yaml import report_yaml

HOSTILE = (
    "\x00\x08\t\n\x1b\x7f\x80\x85\x9b\x9f\u00a0\u200b\u2028\u202e\ufeff\ufffe\uffff\U0001fffe\U000e0001"
    "'\"\\#:{}[]&*"
)
TEXTS = st.text(st.sampled_from(HOSTILE) | st.characters(exclude_categories=["Cs"]), max_size=12)
HALF = "\ud800"


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory):
    """Write a report of a unit and a text in a table, read it, write it, and read it again."""
    folder = tmp_path_factory.mktemp("reports")

    def run(unit, text):
        first, again = folder / "first.yaml", folder / "again.yaml"
        who = f"{{id: {quoted(unit.id)}, name: {quoted(unit.name)}, parent: {quoted(unit.parent)}}}"
        body = f"scores:\n  - {{code: {quoted(text)}, max: 1, reason: {quoted(text)}}}\n"
        first.write_bytes(f"report: {{form: par-index, unit: {who}}}\n{body}".encode())
        one = read_report(first).report
        again.write_bytes(report_yaml(one, form_of(one), None, "vi").encode())
        return one, read_report(again).report

    return run


def values(report):
    return {
        (name, number, column): cell.value
        for name, rows in report.tables.items()
        for number, row in enumerate(rows)
        for column, cell in row.cells.items()
    }


@given(TEXTS)
def test_a_text_in_quotes_reads_as_itself(text):
    tree = parse_yaml(f"a: {quoted(text)}\n")
    assert tree.problems == ()
    assert tree.root.get("a").text == text


@given(TEXTS)
def test_what_is_written_is_text_that_can_be_shown(text):
    assert quoted(text).isprintable()


def test_half_of_a_character_is_written_as_none():
    assert quoted(f"Xã {HALF}A") == '"Xã \ufffdA"'


@given(unit=st.builds(Unit, id=TEXTS, name=TEXTS, parent=TEXTS), text=TEXTS)
def test_a_report_that_was_written_reads_as_the_same_report(round_trip, unit, text):
    one, again = round_trip(unit, text)
    assert (again.unit, again.period, again.form) == (one.unit, one.period, one.form)
    assert values(again) == values(one)


def test_a_report_with_half_a_character_can_be_written(round_trip):
    one, _ = round_trip(Unit(id="a", name="A", parent="b"), "x")
    broken = evolve(one, unit=evolve(one.unit, name=f"A{HALF}"))
    assert HALF not in report_yaml(broken, form_of(broken), None, "vi")

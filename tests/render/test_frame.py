"""A code frame shows the line of the file with marks under the figures."""

from __future__ import annotations

import pytest

from validator.model.diagnostic import Diagnostic, Label
from validator.model.location import Location
from validator.model.verdict import Severity, Verdict
from validator.render.frame import frame
from validator.render.option import Options
from validator.render.terminal import width


def _frame(source, location, *others, columns=80):
    labels = tuple(Label(path="x", label="x", raw="1", location=other) for other in others)
    found = Diagnostic(
        id="demo/a", severity=Severity.ERROR, verdict=Verdict.FAIL, location=location, fields=labels
    )
    return frame(found, Options(width=columns, source_line=lambda _file, _line: source))


def _at(column, end, line=7):
    return Location(file="a.yaml", line=line, column=column, end_column=end)


def test_carets_stand_under_the_figure():
    assert _frame("total: 794", _at(8, 11)) == [
        "  ┌─ a.yaml, dòng 7, cột 8",
        "7 │ total: 794",
        "  │        ^^^",
    ]


def test_other_figures_of_the_line_are_marked_too():
    lines = _frame("{a: 10, b: 7, c: 2}", _at(5, 7), _at(12, 13), _at(18, 19), _at(1, 2, line=9))
    assert lines[1:] == ["7 │ {a: 10, b: 7, c: 2}", "  │     ^^     ~     ~"]


def test_carets_count_columns_of_the_terminal():
    assert _frame("越南: 794", _at(5, 8))[2] == "  │       ^^^"
    assert _frame("o\u0302: 794", _at(5, 8))[2] == "  │    ^^^"


def test_a_missing_end_marks_one_letter_and_a_place_past_the_end_is_marked_there():
    assert _frame("a: 1", Location(file="a.yaml", line=7, column=4))[2] == "  │    ^"
    assert _frame("a:", _at(3, 3))[2] == "  │   ^"
    assert _frame("a:", _at(99, 104))[2] == "  │   ^"


@pytest.mark.parametrize("column", [1, 60, 150, 300])
def test_of_a_long_line_the_part_around_the_figure_is_shown(column):
    source = "".join(str(number % 10) for number in range(1, 304))
    _, line, carets = _frame(source, _at(column, column + 3))
    assert width(line) <= 80
    start = carets.index("^")
    assert line[start : start + 3] == source[column - 1 : column + 2]


def test_an_excerpt_stands_for_the_line_of_a_document():
    location = Location(file="a.docx", page=2, excerpt="794 hồ sơ, tăng so với cùng kỳ")
    assert _frame(None, location, columns=30) == [
        " ┌─ a.docx, trang 2",
        " │ 794 hồ sơ, tăng so với cùng",
        " │ kỳ",
    ]


def test_without_a_source_only_the_place_is_said():
    assert _frame(None, _at(1, 2)) == ["  ┌─ a.yaml, dòng 7, cột 1"]

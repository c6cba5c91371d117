"""The table fits the terminal, tells everything and colours only when asked."""

from __future__ import annotations

import re

import pytest

from validator.model.diagnostic import RunResult
from validator.model.record import evolve
from validator.render.table import render_table
from validator.render.terminal import is_colour_wanted, width

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", [80, 100, 200])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_terminal(sample_run, options, columns, verbose):
    text = render_table(sample_run, options(width=columns, verbose=verbose))
    assert max(map(width, text.splitlines())) <= columns


@pytest.mark.parametrize("columns", [80, 200])
def test_every_word_of_a_finding_is_there(sample_run, options, columns):
    shown = set(render_table(sample_run, options(width=columns, verbose=True)).split())
    for file in sample_run.files:
        for found in file.diagnostics:
            assert set(found.help.split()) <= shown


def test_colour_adds_nothing_but_colour(sample_run, options):
    coloured = render_table(sample_run, options(colour=True, verbose=True))
    assert COLOUR.search(coloured)
    assert COLOUR.sub("", coloured) == render_table(sample_run, options(verbose=True))


def test_without_colour_no_escape_reaches_the_terminal(sample_run, options):
    assert "\x1b" not in render_table(sample_run, options(verbose=True))


def test_a_blank_and_a_figure_of_another_report_say_so(sample_run, options):
    file = sample_run.files[0]
    found = file.diagnostics[0]
    blank = evolve(found.fields[1], raw="")
    elsewhere = evolve(found.fields[2], location=evolve(found.location, file="2022.yaml"))
    run = evolve(sample_run, files=(evolve(file, diagnostics=(evolve(found, fields=(blank, elsewhere)),)),))
    text = render_table(run, options(verbose=True))
    assert "    - Giải quyết trước hạn: để trống\n" in text
    assert "    - Giải quyết đúng hạn: 113 (2022.yaml, dòng 12, cột 13)\n" in text


def test_quiet_leaves_out_the_counts(sample_run, options):
    loud, quiet = render_table(sample_run, options()), render_table(sample_run, options(quiet=True))
    assert loud.startswith(quiet)
    assert "quy tắc đã nạp: 40" not in quiet


def test_a_clean_run_says_in_how_many_figures_nothing_was_found(sample_run, options):
    clean = evolve(sample_run, files=sample_run.files[-1:], never_applied=())
    assert render_table(clean, options()).startswith(
        "Không thấy điều gì không khớp trong 5/12 con số.\nTệp: 1 · "
    )


def test_a_run_that_compared_nothing_does_not_say_that_nothing_was_found(options):
    text = render_table(RunResult(version="1", files=()), options())
    assert text.startswith("Phát hiện: 0 lỗi, 0 cảnh báo, 0 lưu ý\n")


@pytest.mark.parametrize(
    ("no_color", "is_terminal", "environment", "wanted"),
    [
        (False, True, {}, True),
        (False, True, {"NO_COLOR": ""}, True),
        (False, True, {"NO_COLOR": "1"}, False),
        (False, True, {"TERM": "dumb"}, False),
        (True, True, {}, False),
        (False, False, {}, False),
    ],
)
def test_colour_is_for_terminals_whose_user_wants_it(no_color, is_terminal, environment, wanted):
    assert is_colour_wanted(no_color=no_color, is_terminal=is_terminal, environment=environment) is wanted

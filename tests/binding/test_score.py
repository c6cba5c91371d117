"""The score of bound figures: right, wrong, none, and what only looks like a figure of the form."""

import runpy
from pathlib import Path

import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "score_binding.py"))
LINES = ["- Tiếp nhận 40 hồ sơ, giải quyết 30 hồ sơ.", "Năm 2023 tiếp nhận 20 hồ sơ, trả 9 hồ sơ."]


def cell(path, line, column):
    return {"path": path, "raw": "0", "location": {"line": line, "column": column}}


def entry(line, column, **more):
    return {"value": "0", "quote": "", "line": line, "column": column, **more}


def test_every_figure_is_counted_as_what_became_of_it():
    truth = [
        entry(1, 13, field="received"),
        entry(1, 34, field="resolved"),
        entry(2, 19, not_bound=True),
        entry(2, 33, field="resolved", also=["returned"]),
    ]
    cells = [
        cell("received", 1, 13),
        cell("late", 1, 34),
        cell("received", 2, 19),
        cell("document.date", 2, 1),
        cell("early[2]", 2, 4),
    ]
    counts, told = SCRIPT["judge"](truth, {"cells": cells}, LINES)
    assert dict(counts) == {
        "fields": 3,
        "looks": 1,
        "right": 1,
        "wrong": 1,
        "false": 1,
        "none": 1,
        "stray": 1,
    }
    assert len(told) == 4


@pytest.mark.parametrize(("start", "stands"), [(12, True), (10, True), (11, False), (33, False)])
def test_a_place_in_a_word_document_is_found_with_its_bullet_or_without(start, stands):
    place = {"start": start, "excerpt": "Tiếp nhận 40 hồ sơ"}
    assert SCRIPT["stands_at"](place, entry(1, 13), LINES) is stands


def test_another_wording_of_the_truth_may_be_bound_as_well():
    assert SCRIPT["state_of"](entry(1, 1, field="a", also=["b"]), {"b"}) == "right"

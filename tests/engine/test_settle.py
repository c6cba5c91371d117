"""Whole numbers settle what they are sure of and leave the rest to the evaluator."""

from __future__ import annotations

import pytest
from small_world import FORM, report, rule, run

from validator.engine.settle import plain, settler
from validator.model.verdict import Verdict


def settled(text, of):
    values = {path: plain(cells[0].value, FORM.fields[path]) for path, cells in of.cells.items()}
    (verdict,) = settler([rule(text)])(values)
    return verdict


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("a = b + c", {"a": 10, "b": 7, "c": 3}, Verdict.PASS),
        ("a = b + c", {"a": 10, "b": 12}, Verdict.FAIL),
        ("a = b + c", {"a": 10, "b": 7}, Verdict.UNDECIDED),
        ("a ≤ b + c", {"a": 40, "b": 45}, Verdict.PASS),
        ("p = a / b", {"p": "98.8", "a": 9885, "b": 10000}, Verdict.PASS),
        ("p = a / b", {"p": "98.9", "a": 9885, "b": 10000}, Verdict.PASS),
        ("p = a / b", {"p": "98.7", "a": 9885, "b": 10000}, Verdict.FAIL),
    ],
)
def test_plain_rules_are_settled_at_once(text, values, wanted):
    of = report(**values)
    assert settled(text, of) is run(text, of).verdict is wanted


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("p = a / b", {"p": "50", "a": 0, "b": 0}),
        ("about = a", {"about": 3, "a": 3}),
        ("few ≤ a", {"a": 9}),
        ("share = a / b", {"a": 5, "b": 2}),
        ("a - a = 0", {}),
    ],
)
def test_what_needs_a_closer_look_is_left_open(text, values):
    of = report(**values)
    assert settled(text, of) in (None, run(text, of).verdict)

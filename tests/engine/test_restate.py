"""Statements of one field that cannot all be true are told once each, with every place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_world import FORM, cell

from validator.engine.restate import restatements
from validator.model.quantity import Quantity
from validator.model.report import Report
from validator.model.verdict import Severity
from validator.packs.pack import RulePack

PACK = RulePack(name="small", version="1", title={}, form=FORM, rules=(), folder="", restated=Severity.ERROR)


def told(path, *values):
    """For each finding: the statement that differs, how often it stands there, and the reason."""
    report = Report(cells={path: tuple(cell(path, value) for value in values)})
    found = restatements(PACK, report)
    assert all(each.first.raw == str(next(value for value in values if value is not None)) for each in found)
    return [(each.other.raw, 1 + len(each.also), each.reason) for each in found]


@pytest.mark.parametrize(
    ("path", "values", "wanted"),
    [
        ("a", (10, 10, 10), []),
        ("a", (10, 12), [("12", 1, "")]),
        ("a", (10, 12, 12), [("12", 2, "")]),
        ("a", (10, 12, 10, 12), [("12", 2, "")]),
        ("a", (10, 12, 13, 12), [("12", 2, ""), ("13", 1, "")]),
        ("a", (None, 10, 12), [("12", 1, "")]),
        ("p", ("98.8", "98.85", "98.76"), []),
        ("p", ("98.80", "98.8", "99"), []),
        ("p", ("24.53", "24"), [("24", 1, "truncated")]),
        ("p", ("24", "24.53"), [("24.53", 1, "truncated")]),
        ("p", ("24.53", "24", "24.4"), [("24", 1, "truncated"), ("24.4", 1, "")]),
        ("p", ("-24.53", "-24"), [("-24", 1, "truncated")]),
        ("p", ("-24.53", "-25"), []),
        ("p", ("-24.4", "-25"), [("-25", 1, "")]),
        ("exact", ("24.53", "24.5"), [("24.5", 1, "")]),
        ("a", (Quantity(Fraction(5650), Fraction(10)), 5650), []),
        ("a", (Quantity(Fraction(5700), Fraction(100)), 5650), []),
        ("a", (Quantity(Fraction(5600), Fraction(100)), 5660), [("5660", 1, "")]),
        ("word", ("Ha Trung", "HA TRUNG ", "Ha Nam"), [("Ha Nam", 1, "")]),
    ],
)
def test_each_statement_that_differs_from_the_first_is_told_once(path, values, wanted):
    assert told(path, *values) == wanted


def test_digits_that_were_cut_off_are_at_most_a_warning():
    report = Report(cells={"p": (cell("p", "24.53"), cell("p", "24"), cell("p", "26"))})
    assert [each.severity for each in restatements(PACK, report)] == [Severity.WARNING, Severity.ERROR]

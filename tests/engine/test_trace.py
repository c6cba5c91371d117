"""A finding names what decided it, and nothing else."""

from __future__ import annotations

from small_world import report, run

from validator.engine.trace import deciders


def rows_named(text, rows, **values):
    """The numbers (from 1) of the rows that a verdict rests on."""
    of = report(rows=rows, **values)
    table = of.tables["rows"]
    return [
        table.index(next(iter(each.bindings.values()))) + 1
        for each in deciders(run(text, of))
        if each.bindings
    ]


def test_a_row_without_the_value_of_the_condition_does_not_count_as_failing():
    rows = [{"s": "100", "k": 1}, {"k": 1}, {"s": "100", "k": 0}, {"s": "50", "k": 1}]
    assert rows_named("all row in rows if row.s = 100%: row.k = 0", rows) == [1]


def test_every_failing_row_is_named():
    rows = [{"k": 1}, {"k": 0}, {"k": 2}, {}]
    assert rows_named("all row in rows: row.k = 0", rows) == [1, 3]


def test_an_undecided_rule_names_the_rows_that_may_fail():
    rows = [{"s": "100", "k": 0}, {"k": 1}, {"s": "100"}, {"k": 0}]
    assert rows_named("all row in rows if row.s = 100%: row.k = 0", rows) == [2, 3]

"""What rules mean: each line of the tables in ``verdicts/`` is an expression, values, a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from language_case import HERE, judge, table, word

LINES = [
    line for path in sorted(Path(HERE, "verdicts").glob("*.yaml")) for line in table(f"verdicts/{path.name}")
]


@pytest.mark.parametrize("case", LINES)
def test_a_rule_says(case):
    result = judge(case)
    assert result.verdict.value == word(case, "expect")
    if word(case, "reason"):
        assert result.reason == word(case, "reason")
    if word(case, "severity"):
        assert result.severity.value == word(case, "severity")


def test_the_tables_are_not_empty():
    assert len(LINES) >= 150

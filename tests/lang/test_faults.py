"""How faults of rule authors are told: each line of ``faults/`` is an expression, a fault, its place."""

from __future__ import annotations

import json

import pytest
from language_case import HERE, load, table, word

from validator.model.verdict import Severity

TABLES = {name: table(f"faults/{name}.yaml") for name in ("syntax", "type")}
LINES = [line for lines in TABLES.values() for line in lines]
COLUMN = len("    assert: '")
NOT_IN_TABLES = {
    "syntax": {"empty", "too-long", "too-deep", "number-too-long", "unexpected", "unfinished"},
    "type": set(),
}


@pytest.mark.parametrize("case", LINES)
def test_a_fault_is_told_where_it_is(case):
    loaded = load(case)
    first = loaded.problems[0]
    assert first.code == word(case, "fault")
    assert (first.location.line, first.location.column - COLUMN) == (3, int(word(case, "column")))
    assert (first.location.excerpt or "") == word(case, "marks")
    assert len(loaded.problems) == 1 + int(word(case, "more", "0"))
    if first.severity is Severity.ERROR:
        assert loaded.pack is None


@pytest.mark.parametrize("area", TABLES)
def test_every_fault_has_a_line(area):
    path = HERE.parents[1] / "src" / "validator" / "messages" / "en" / f"{area}.json"
    known = {key for key in json.loads(path.read_text(encoding="utf-8")) if not key.startswith("@")}
    shown = {word(line.values[0], "fault").partition("/") for line in LINES}
    assert known - {key for name, _, key in shown if name == area} == NOT_IN_TABLES[area]


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("", "syntax/empty"),
        ("a = " + "a + " * 2000 + "a", "syntax/too-long"),
        ("(" * 100 + "a" + ")" * 100 + " = 1", "syntax/too-deep"),
        ("not " * 100 + "yes", "syntax/too-deep"),
        ("x = " + "-" * 200 + "1", "syntax/too-deep"),
        ("x = " + "+-" * 1000 + "1", "syntax/too-deep"),
        ("x = " + "9" * 4900, "syntax/number-too-long"),
    ],
)
def test_an_expression_has_a_reasonable_size(expression, fault):
    from validator.lang.parse import parse
    from validator.lang.source import Source

    assert parse(Source(text=expression)).code == fault

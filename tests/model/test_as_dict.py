"""Results as what JSON can hold: exact numbers, plain texts, every rule with its verdict."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from validator.api import check
from validator.model.as_dict import as_dict
from validator.model.quantity import Quantity
from validator.model.verdict import Severity, Verdict
from validator.model.words import by_language

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REPORTS = [*sorted(EXAMPLES.glob("*.yaml")), EXAMPLES / "documents" / "an-lac-2024.docx"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), "1/3"),
        (Decimal("0.10"), "0.10"),
        (10**30, 10**30),
        (date(2026, 11, 29), "2026-11-29"),
        (Severity.WARNING, "warning"),
        ({Verdict.PASS: (1, None)}, {"pass": [1, None]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Path("a/b"), "a/b"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_stay_exact_and_are_plain(value, shown):
    assert as_dict(value) == shown


def test_words_are_plain_texts():
    assert type(as_dict(by_language({"vi": "a"}))) is str


def test_a_record_is_its_values_by_name():
    assert as_dict(Quantity(Fraction(1, 2)))["value"] == "1/2"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_result_goes_through_json_and_back(path):
    run = check([path], ticks=path.suffix == ".docx")
    told = run.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert [each["path"] for each in told["files"]] == [each.path for each in run.files]


def test_every_rule_that_was_looked_at_has_its_verdict():
    run = check([EXAMPLES / "ha-trung-2023.yaml"])
    (file,) = run.files
    verdicts = run.verdicts[file.path]
    assert len(verdicts) == run.rules_loaded
    assert sum(each in (Verdict.PASS, Verdict.FAIL) for each in verdicts.values()) == run.decided
    failing = {each.id for each in file.diagnostics if each.verdict is Verdict.FAIL and each.id in verdicts}
    assert failing == {name for name, each in verdicts.items() if each is Verdict.FAIL}

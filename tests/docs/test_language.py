"""What docs/language.md shows can be run, and the reference of functions is the one of today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.diagnostics.rule_test import run_rule_tests
from validator.lang.function import AGGREGATES, FUNCTIONS
from validator.lang.reference import function_reference
from validator.packs.load import load_pack_folder
from validator.packs.rule_test import read_rule_tests

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
FILES = {text.split("\n", 1)[0].removeprefix("# "): text for kind, text in BLOCKS if kind == "yaml"}
RULES = [line for kind, text in BLOCKS if kind == "rule" for line in text.splitlines() if line]


@pytest.fixture
def pack(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_pack_of_the_page_loads_and_its_tests_pass(pack):
    loaded = load_pack_folder(pack)
    assert loaded.problems == ()
    tests = read_rule_tests(loaded.pack)
    assert tests.problems == ()
    assert len(tests.cases) == 4
    results = run_rule_tests(loaded.pack, tests.cases)
    assert [(result.verdict, result.explanation) for result in results if not result.passed] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_the_page_is_one(pack, rule):
    quoted = rule.replace("'", "''")
    (pack / "shown.yaml").write_text(f"rules:\n  - {{id: shown, assert: '{quoted}'}}\n", encoding="utf-8")
    assert load_pack_folder(pack).problems == ()


def test_the_reference_of_functions_is_current():
    assert (DOCS / "reference" / "functions.md").read_text(encoding="utf-8") == function_reference()


@pytest.mark.parametrize("name", [*FUNCTIONS, *AGGREGATES])
def test_every_function_stands_in_the_reference(name):
    assert f"`{name}(" in function_reference()

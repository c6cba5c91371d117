"""The pages of docs/reference are those that `validator reference` prints; UPDATE_GOLDEN=1 writes them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from validator.cli.main import main
from validator.cli.reference import PAGES, reference_page
from validator.diagnostics.code_reference import code_reference
from validator.lang.operator import OPERATORS
from validator.packs.load import load_pack_folder
from validator.resources import grammar_folder, rules_folder

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE = DOCS / "reference"
PACKS = sorted(path.parent.name for path in rules_folder().glob("*/pack.yaml"))
FILES = {name: REFERENCE / f"{name}.md" for name in PAGES} | {
    name: REFERENCE / "packs" / f"{name}.md" for name in PACKS
}
FORM = """pack: small
version: 1.0.0
form: small
fields: {received: {type: count}, resolved: {type: count}, on_time: {type: count}, by_post: {type: count},
  on_time_pct: {type: percent}}
tables: {scores: {columns: {max: {type: number}, awarded: {type: number}}}}
"""


@pytest.mark.parametrize("name", FILES)
def test_a_page_of_the_reference_is_current(name):
    made = reference_page(name)
    if os.environ.get("UPDATE_GOLDEN"):
        FILES[name].parent.mkdir(exist_ok=True)
        FILES[name].write_text(made, encoding="utf-8")
    assert FILES[name].read_text(encoding="utf-8") == made


def test_no_page_is_left_of_what_is_gone():
    assert set(REFERENCE.rglob("*.md")) == set(FILES.values())


def test_the_index_of_the_documentation_names_every_page():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).as_posix()
        assert name == "README.md" or name.startswith("decisions/0") or f"({name})" in index, name


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.written[0])
def test_the_example_of_an_operator_is_a_rule(tmp_path, operator):
    (tmp_path / "pack.yaml").write_text(FORM, encoding="utf-8")
    rule = f"rules:\n  - {{id: shown, assert: '{operator.example}'}}\n"
    (tmp_path / "shown.yaml").write_text(rule, encoding="utf-8")
    assert load_pack_folder(tmp_path).problems == ()


def test_every_operator_of_the_grammar_has_its_place():
    grammar = (grammar_folder() / "rule.lark").read_text(encoding="utf-8")
    lines = re.findall(r"^(?:COMPARE|SIGN|TIMES|_SLACK|ALL|ANY|_?[A-Z]+): (\".*)$", grammar, re.MULTILINE)
    known = " ".join(spelling for operator in OPERATORS for spelling in operator.written).split()
    found = {text for line in lines for text in re.findall(r'"([^"]+)"', line)}
    # Values and the word of collections are no operators.
    assert found - {"true", "false", "for"} <= {word.rstrip(":") for word in known}


BLANKS = [
    ("received > 0 or resolved > 0", "{received: 5}", "pass"),
    ("received > 0 and resolved > 0", "{received: 0}", "fail"),
    ("resolved > 0 implies received = 5", "{received: 5}", "pass"),
    ("if resolved > 3 then received > 1 else received > 0", "{received: 5}", "pass"),
    ("received ≤ (if resolved > 3 then 2 else 5)", "{received: 3}", "undecided"),
    ("all row in scores: row.max > 0", "{received: 5}", "not_applicable"),
    ("received + resolved ≥ received", "{received: 5}", "pass"),
    ("received * resolved = 0", "{received: 0}", "pass"),
    ("received / resolved = 1", "{received: 5, resolved: 0}", "not_applicable"),
]


@pytest.mark.parametrize(("rule", "report", "verdict"), BLANKS)
def test_blanks_do_what_the_page_says_of_them(tmp_path, rule, report, verdict):
    case = f"tests:\n  - {{rule: shown, expect: {verdict}, report: {report}}}\n"
    for name, text in (
        ("pack.yaml", FORM),
        ("shown.yaml", f"rules:\n  - {{id: shown, assert: '{rule}'}}\n"),
        ("shown.test.yaml", case),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["test", str(tmp_path)]) == 0


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_of_a_pack_stands_on_its_page(name):
    pack = load_pack_folder(rules_folder() / name).pack
    page = reference_page(name)
    assert all(f"### `{rule.full_id}`\n" in page for rule in pack.rules)
    assert all(f"{text}" in page for rule in pack.rules for text in rule.title.values())


CODES = ["read/unreadable-number", "pack/unknown-key", "syntax/decimal-comma", "lint/no-help"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_stands_there_in_both_languages(code):
    row = next(line for line in code_reference().splitlines() if line.startswith(f"| `{code}` |"))
    assert row.count("→") == 2


def test_words_of_the_output_are_no_codes():
    assert "cli/option-" not in code_reference()
    assert "@" not in code_reference()


def test_a_page_of_nothing_is_refused(capsys):
    assert main(["reference", "nowhere", "--lang", "en"]) == 2
    assert "[pack/unknown-pack]" in capsys.readouterr().err

"""Packs of strangers: what is large, deep or leads elsewhere is refused, a rule that runs on given up."""

from __future__ import annotations

import pytest

from validator.cli.main import main
from validator.packs import files
from validator.packs.load import load_pack_folder

FORM = """pack: x
version: 1
form: x
title: {vi: X, en: X}
fields:
  a: {type: count}
tables:
  t: {columns: {x: {type: count}}}
"""


def folder(place, rules, form=FORM):
    found = place / "pack"
    found.mkdir()
    (found / "pack.yaml").write_text(form, encoding="utf-8")
    (found / "rules.yaml").write_text(rules, encoding="utf-8")
    return found


def codes(place):
    return [each.code for each in load_pack_folder(place).problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "+-" * 1200 + "1", "syntax/too-deep"),
        ("a = " + "- + " * 900 + "1", "syntax/too-deep"),
        ("a = " + "9" * 4600, "syntax/number-too-long"),
        ("a = 0." + "1" * 50, "syntax/number-too-long"),
    ],
)
def test_an_expression_is_bounded(tmp_path, text, code):
    assert codes(folder(tmp_path, f"rules:\n  - {{id: r, assert: '{text}'}}\n")) == [code]


def test_a_long_chain_of_definitions_is_refused(tmp_path):
    chain = "".join(f"  d{each}: d{each + 1} + 1\n" for each in range(900)) + "  d900: a\n"
    found = codes(folder(tmp_path, f"define:\n{chain}rules:\n  - {{id: r, assert: d0 > 1}}\n"))
    assert "pack/expression-too-deep" in found


def test_a_bound_of_a_field_is_no_power(tmp_path):
    text = FORM.replace("a: {type: count}", "a: {type: count, max: 1e999999999}")
    assert codes(folder(tmp_path, "rules: []\n", text)) == ["pack/expected-number"]


def test_a_link_out_of_the_folder_is_not_read(tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 1\n", encoding="utf-8")
    place = folder(tmp_path, "rules: []\n")
    (place / "link.yaml").symlink_to(secret)
    problems = load_pack_folder(place).problems
    assert [each.code for each in problems] == ["pack/link-leaves-folder"]
    assert problems[0].location.file == str(place / "link.yaml")
    (place / "link.yaml").unlink()
    (place / "link.yaml").symlink_to(place / "rules.yaml")
    assert codes(place) == []


def test_the_files_of_a_pack_are_bounded(tmp_path, monkeypatch):
    place = folder(tmp_path, "rules: []\n")
    monkeypatch.setattr(files, "LARGEST_PACK", 20)
    assert codes(place) == ["pack/pack-too-large"]
    monkeypatch.setattr(files, "MOST_FILES", 1)
    assert codes(place) == ["pack/too-many-files"]


def test_a_rule_that_runs_on_is_given_up_and_the_others_are_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VALIDATOR_MAX_STEPS", "5000")
    rules = """rules:
  - {id: slow, assert: 'all row in t: (all other in t: row.x + other.x < 1000)'}
  - {id: fine, assert: a = 2}
"""
    place = folder(tmp_path, rules)
    rows = "".join(f"  - {{x: {each}}}\n" for each in range(60))
    report = tmp_path / "report.yaml"
    report.write_text(f"report: {{form: x}}\na: 1\nt:\n{rows}", encoding="utf-8")
    arguments = ["check", "--pack", str(place), "--lang", "en", str(report)]
    assert main(arguments) == 2
    told = capsys.readouterr().out
    assert "more than 5000 steps" in told
    assert "1 ≠ 2" in told
    monkeypatch.setenv("VALIDATOR_MAX_STEPS", "500000")
    assert main(arguments) == 1

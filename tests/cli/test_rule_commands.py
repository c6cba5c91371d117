"""The commands of rule authors: test, rules, explain, schema, functions."""

from __future__ import annotations

import json

import jsonschema
import pytest

from validator.cli.main import main
from validator.resources import rules_folder

PACK = """\
pack: small
version: 1.2.0
form: small
title: {vi: Nhỏ, en: Small}
fields:
  a: {type: count, unit: hồ sơ, label: {vi: Số A, en: Number A}}
  b: {type: count, unit: hồ sơ, label: {vi: Số B, en: Number B}}
"""
RULES = """\
rules:
  - id: a-differs-from-b
    title: {vi: A khác B, en: A differs from B}
    assert: a = b
    when: a > 0
    missing: {b: zero}
    severity: warning
    basis: Mẫu 01
    help: {vi: Xem lại A., en: Look at A.}
    applies: {level: commune}
    since: 2025-07-01
    aliases: [a-is-not-b]
"""
TESTS = """\
tests:
  - {rule: a-differs-from-b, expect: pass, report: {a: 1, b: 1}, why: both are one}
  - {rule: a-differs-from-b, expect: fail, says: 2 ≠ 1, at: a, report: {a: 2, b: 1}}
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in (("pack.yaml", PACK), ("r.yaml", RULES), ("r.test.yaml", TESTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tests_of(pack, *lines):
    text = "tests:\n" + "".join(f"  - {line}\n" for line in lines)
    (pack / "r.test.yaml").write_text(text, encoding="utf-8")


def test_the_tests_of_all_shipped_packs_pass(run):
    code, out, err = run("test", "--lang", "en")
    assert (code, err) == (0, "")
    assert "fail" in out


def test_passing_tests_are_counted(run, pack):
    assert run("test", pack, "--lang", "en") == (0, "2 of 2 test cases pass, 0 fail.\n", "")


def test_a_failing_test_is_shown_as_a_difference(run, pack):
    tests_of(pack, "{rule: a-differs-from-b, expect: pass, why: they agree, report: {a: 2, b: 1}}")
    code, out, _ = run("test", pack, "--lang", "en")
    assert code == 1
    assert f"{pack / 'r.test.yaml'}, line 2: small/a-differs-from-b" in out
    assert "(they agree)" in out
    assert "- expected: pass\n" in out
    assert '+ got: fail, says "2 ≠ 1"' in out
    assert "0 of 1 test cases pass, 1 fail." in out


@pytest.mark.parametrize(
    ("expectation", "got"),
    [
        ('expect: fail, says: "3 ≠ 1"', '+ got: fail, says "2 ≠ 1"'),
        ("expect: fail, at: c", "at a, b"),
        ("expect: not_applicable", "+ got: fail"),
    ],
)
def test_a_test_fails_for_words_and_places_too(run, pack, expectation, got):
    tests_of(pack, f"{{rule: a-differs-from-b, {expectation}, report: {{a: 2, b: 1}}}}")
    code, out, _ = run("test", pack, "--lang", "en")
    assert code == 1
    assert got in out


def test_a_fault_of_the_report_fails_the_test(run, pack):
    tests_of(pack, "{rule: a-differs-from-b, expect: undecided, report: {a: many, b: 1, c: 2}}")
    code, out, _ = run("test", pack, "--lang", "en")
    assert code == 1
    assert "2:73: " in out
    assert "`c`" in out


def test_the_report_of_a_test_may_have_a_header(run, pack):
    header = "report: {unit: {level: district}, period: {to: 2026-12-14}}"
    tests_of(pack, f"{{rule: a-differs-from-b, expect: not_applicable, report: {{{header}, a: 2, b: 1}}}}")
    assert run("test", pack)[0] == 0


def test_a_former_id_still_finds_its_rule(run, pack):
    tests_of(pack, "{rule: a-is-not-b, expect: pass, report: {a: 1, b: 1}}")
    assert run("test", pack)[0] == 0


def test_a_test_of_no_rule_is_refused_with_the_nearest_one(run, pack):
    tests_of(pack, "{rule: a-difers-from-b, expect: pass, report: {a: 1, b: 1}}")
    code, _, err = run("test", pack, "--lang", "en")
    assert code == 2
    assert "r.test.yaml:2:12: error:" in err
    assert "Did you mean `a-differs-from-b`?" in err
    assert "^" * len("a-difers-from-b") in err


def test_a_broken_pack_is_told_and_the_others_are_tested(run, pack):
    broken = pack.parent / "broken"
    broken.mkdir()
    (broken / "pack.yaml").write_text(PACK, encoding="utf-8")
    (broken / "r.yaml").write_text("rules:\n  - {id: x, assert: a = bb}\n", encoding="utf-8")
    code, out, err = run("test", broken, pack, "--lang", "en")
    assert code == 2
    assert "r.yaml:2:25: error: There is no field `bb`. [type/unknown-field" in err
    assert "2 of 2 test cases pass" in out


def test_a_pack_without_tests_is_said_to_have_none(run, pack):
    (pack / "r.test.yaml").unlink()
    assert run("test", pack, "--lang", "en") == (2, "There are no test cases.\n", "")


def test_a_pack_that_is_not_there_is_wrong_use(run):
    code, out, err = run("test", "no-such-pack", "--lang", "en")
    assert (code, out) == (2, "")
    assert "no-such-pack" in err


def test_rules_are_listed(run, pack):
    code, out, _ = run("rules", pack, "--lang", "en")
    assert code == 0
    assert out == (
        "Rule pack small 1.2.0: Small (1 rules)\n  warning  small/a-differs-from-b  A differs from B\n"
    )


def test_rules_are_listed_as_json(run, pack):
    code, out, _ = run("rules", pack, "--format", "json")
    (found,) = json.loads(out)["packs"]
    (rule,) = found["rules"]
    assert code == 0
    assert found["form"] == "small"
    assert (rule["id"], rule["assert"], rule["when"]) == ("small/a-differs-from-b", "a = b", "a > 0")
    assert (rule["since"], rule["levels"], rule["line"]) == ("2025-07-01", ["commune"], 2)


def test_a_rule_is_explained(run, pack):
    code, out, _ = run("explain", "a-differs-from-b", "--pack", pack, "--lang", "en")
    assert code == 0
    for words in (
        "small/a-differs-from-b",
        "A differs from B",
        "warning",
        "a = b",
        "a > 0",
        "b: zero",
        "Mẫu 01",
        "Look at A.",
        "commune",
        "2025-07-01",
        "a-is-not-b",
        "a – Number A (hồ sơ)",
        "b – Number B (hồ sơ)",
        "pass  {a: 1, b: 1}  # both are one",
        "fail  {a: 2, b: 1}",
    ):
        assert words in out


def test_every_shipped_rule_can_be_explained(run):
    _, out, _ = run("rules", "--format", "json")
    packs = json.loads(out)["packs"]
    assert {found["pack"] for found in packs} == {
        path.parent.name for path in rules_folder().glob("*/pack.yaml")
    }
    for found in packs:
        rule = found["rules"][0]
        code, out, _ = run("explain", rule["id"])
        assert code == 0
        assert rule["title"]["vi"] in out


def test_a_rule_that_is_not_there_is_wrong_use(run, pack):
    code, _, err = run("explain", "a-difers-from-b", "--pack", pack, "--lang", "en")
    assert code == 2
    assert "a-differs-from-b" in err


def test_the_schema_of_reports_is_printed(run, pack):
    code, out, _ = run("schema", "--pack", pack)
    assert code == 0
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid({"report": {"form": "small"}, "a": 1})
    assert not jsonschema.Draft202012Validator(schema).is_valid({"report": {"form": "small"}, "c": 1})


@pytest.mark.parametrize("which", ["--packs", "--result"])
def test_the_other_schemas_are_printed(run, which):
    code, out, _ = run("schema", which)
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_a_schema_must_be_chosen(run):
    assert run("schema")[0] == 2


def test_functions_are_printed(run):
    code, out, _ = run("functions")
    assert code == 0
    assert "`round(number, [number])`" in out


def test_faults_of_rules_and_of_tests_are_told_in_one_run(pack, run):
    (pack / "r.yaml").write_text("rules:\n  - {id: x, assert: nowhere = 1}\n", encoding="utf-8")
    tests_of(pack, "{rule: x, expect: maybe, report: {a: 2}}")
    code, out, err = run("test", pack, "--lang", "en")
    assert (code, out) == (2, "")
    assert "type/unknown-field" in err
    assert "pack/unknown-word" in err


def test_warnings_of_a_pack_that_can_be_used_are_shown_by_test(run, pack):
    other = PACK + "  c: {type: count, unit: người}\n"
    (pack / "pack.yaml").write_text(other, encoding="utf-8")
    (pack / "s.yaml").write_text("rules:\n  - {id: adds-up, assert: a + c >= 0}\n", encoding="utf-8")
    _, out, err = run("test", pack, "--lang", "en")
    assert "of 2 test cases pass" in out
    assert "type/units-differ" in err


def test_the_nearest_key_is_named(run, pack):
    (pack / "pack.yaml").write_text(PACK.replace("unit: hồ sơ", "unti: hồ sơ"), encoding="utf-8")
    _, _, err = run("rules", pack, "--lang", "en")
    assert "Did you mean: unit?" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "thiếu PATH"),
        (["check", "x", "--fail-on", "foo"], "--fail-on không nhận 'foo'"),
        (["check", "x", "--bad"], "không có lựa chọn --bad"),
        (["schema"], "cần một trong: --pack --packs --result"),
        (["check", "x", "--select"], "sau --select cần một giá trị"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(run, arguments, says):
    code, _, err = run(*arguments)
    assert code == 2
    assert says in err


def test_the_help_speaks_one_language(capsys):
    for arguments in (["--help"], ["check", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        out = capsys.readouterr().out
        assert out.startswith("cách dùng: validator")
        assert not {"usage", "positional", "options:", "show this"} & set(out.split())


def test_rules_takes_packs_as_an_option_too(run, pack):
    assert run("rules", "--pack", pack) == run("rules", pack)

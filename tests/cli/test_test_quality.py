"""Coverage and mutation of rule tests, tables of cases, known gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.cli.main import main

PACK = "pack: p\nversion: 1\nform: p\nfields: {a: {type: count}, b: {type: count}, c: {type: count}}\n"
PACK += "tables: {t: {columns: {x: {type: count}}}}\n"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(rule, *tests):
        folder = tmp_path / "p"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        (folder / "r.yaml").write_text(f"rules:\n  - {{id: r, {rule}}}\n", encoding="utf-8")
        text = "tests:\n" + "".join(f"  - {test}\n" for test in tests)
        (folder / "r.test.yaml").write_text(text, encoding="utf-8")
        return str(folder)

    return write


def run(capsys, *arguments):
    code = main([*arguments, "--lang", "en"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_mutants_that_no_test_kills_are_named(capsys, pack):
    name = pack("assert: a ≤ b", "{rule: r, expect: pass, report: {a: 1, b: 2}}")
    code, out, _ = run(capsys, "test", name, "--mutate")
    assert code == 0
    assert f"{name}/r.yaml, line 2: no test tells p/r from\n  - assert: `a ≤ b` – ≤ becomes <\n" in out
    assert "Mutants of the rules: 1 of 2 killed (50.0 %); 0 are proved to be equivalent." in out


def test_a_goal_that_is_missed_is_a_finding(capsys, pack):
    name = pack("assert: a ≤ b", "{rule: r, expect: pass, report: {a: 1, b: 2}}")
    code, _, err = run(capsys, "test", name, "--mutate", "--goal", "95")
    assert code == 1
    assert "50.0 % of 95 %" in err
    full = "{rule: r, expect: pass, report: {a: 1, b: 1}}", "{rule: r, expect: pass, report: {a: 0, b: 1}}"
    assert run(capsys, "test", pack("assert: a ≤ b", *full), "--mutate", "--goal", "100")[0] == 0


def test_known_gaps_kill_nothing(capsys, pack):
    name = pack("assert: a ≤ b", "{rule: r, expect: pass, todo: later, report: {a: 1, b: 2}}")
    assert "0 of 2 killed" in run(capsys, "test", name, "--mutate")[1]


def test_words_of_the_explanation_kill_too(capsys, pack):
    name = pack(
        "assert: a = b + c", '{rule: r, expect: fail, says: "9 ≠ 1 + 2 = 3", report: {a: 9, b: 1, c: 2}}'
    )
    out = run(capsys, "test", name, "--mutate")[1]
    assert "without term" not in out


def test_coverage_tells_verdicts_and_branches(capsys, pack):
    rule = "assert: 'a = b or a = c', when: a > 0"
    name = pack(rule, "{rule: r, expect: pass, report: {a: 1, b: 1, c: 2}}")
    code, out, _ = run(capsys, "test", name, "--coverage")
    assert code == 0
    assert out.splitlines()[1:] == [
        "p/r: 3/7 branches; verdicts: pass",
        "  - no test with the verdict fail",
        "  - no test with the verdict not_applicable",
        "  - assert: `a = b` never false",
        "  - assert: `a = c` never true",
        "Branches of the rules reached: 3 of 7 (42.8 %).",
    ]


def test_coverage_of_branches_and_collections(capsys, pack):
    rule = 'assert: "all r in t: r.x = (if a > 1 then b else c)"'
    name = pack(rule, "{rule: r, expect: pass, report: {a: 2, b: 1, c: 2, t: [{x: 1}]}}")
    out = run(capsys, "test", name, "--coverage")[1]
    assert "assert: t never empty" in out
    assert "assert: `a > 1` never false" in out


def test_a_rule_without_tests_reaches_nothing(capsys, pack):
    name = pack("assert: a = b", "")
    (Path(name) / "r.test.yaml").unlink()
    code, out, _ = run(capsys, "test", name, "--coverage", "--mutate")
    assert code == 2
    assert "p/r: 0/2 branches; verdicts: –" in out
    assert "0 of 2 killed (0.0 %)" in out


def test_a_table_of_cases_is_one_case_a_row(capsys, pack):
    table = """rule: r
    report: {c: 5}
    columns: [expect, a, b, says, prior.a]
    cases:
      - [pass, 1, 1]
      - [fail, 2, 1, 2 ≠ 1]
      - [undecided, 2]
      - [undecided, 2, ~]
      - [pass, 3, 4]"""
    code, out, _ = run(capsys, "test", pack("assert: a = b", table))
    assert code == 1
    assert "4 of 5 test cases pass, 1 fail." in out
    assert "/p/r.test.yaml, line 10: p/r" in out


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("{rule: r, expect: pass, columns: [a], cases: [[1, 2]]}", "2:51"),
        ("{rule: r, expect: pass, columns: [d], cases: [[1]]}", "`d`"),
        ("{rule: r, expect: pass, columns: a, cases: [[1]]}", "2:38"),
        ("{rule: r, expect: pass, cases: [[1]]}", "columns"),
        ("{rule: r, columns: [expect], cases: [[passes]]}", "passes"),
    ],
)
def test_a_table_with_a_fault_is_told_at_its_place(capsys, pack, table, place):
    code, out, err = run(capsys, "test", pack("assert: a = b", table))
    assert code in (1, 2)
    assert place in out + err


def test_english_words_are_looked_for_in_english_only(capsys, pack):
    rule = "title: {vi: x, en: y}, assert: a = b"
    test = "{rule: r, expect: undecided, says_en: %s, report: {a: 1}}"
    assert run(capsys, "test", pack(rule, test % "not enough data"))[0] == 0
    assert run(capsys, "test", pack(rule, test % "chưa đủ"))[0] == 1


def test_the_tests_of_all_shipped_packs_notice_nearly_every_slip(capsys):
    code, out, err = run(capsys, "test", "--mutate", "--goal", "99")
    assert (code, err) == (0, ""), out

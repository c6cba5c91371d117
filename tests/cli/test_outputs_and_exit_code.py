"""Every format of every command says what the exit code says; results are written while the run goes on."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from validator import check
from validator.cli.main import main

ROOT = Path(__file__).parents[2]
DEMO = (ROOT / "examples" / "demo-report.yaml").read_text(encoding="utf-8")
FORMATS = ("json", "jsonl", "sarif", "junit", "github")
PACK = """\
pack: small
version: "1"
form: small
fields: {a: {type: count, label: {vi: a}}, b: {type: count, label: {vi: b}}}
"""
RULES = "rules: [{id: a-differs, title: {vi: a}, assert: a = b, severity: error, help: {vi: a}}]\n"
TESTS = """\
tests:
  - {rule: a-differs, expect: pass, report: {a: 1, b: 1}}
  - {rule: a-differs, expect: undecided, report: {a: 1}}
"""


@pytest.fixture
def outputs(tmp_path, capsys):
    """Run a command with every format in a file of its own; return its exit code and what each says."""

    def run(*arguments):
        files = {name: tmp_path / "out" / f"result.{name}" for name in FORMATS}
        files["json"].parent.mkdir(exist_ok=True)
        chosen = [f"--format={name}={path}" for name, path in files.items()]
        code = main([*map(str, arguments), *chosen, "--lang", "en"])
        capsys.readouterr()
        return code, {name: path.read_text(encoding="utf-8") for name, path in files.items()}

    return run


def says(told):
    """What each format makes of the run: does it look well, badly, or unusable?"""
    junit = ET.fromstring(told["junit"])  # noqa: S314 - written by ourselves
    cases = list(junit.iter("testcase"))
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, tag in kinds.items():
        assert int(junit.get(name)) == len(list(junit.iter(tag)))
    assert int(junit.get("tests")) == len(cases)
    (invocation,) = json.loads(told["sarif"])["runs"][0]["invocations"]
    last = json.loads(told["jsonl"].splitlines()[-1])
    whole = json.loads(told["json"])
    assert last["summary"] == whole["summary"]
    assert [json.loads(line)["path"] for line in told["jsonl"].splitlines()[:-1]] == [
        each["path"] for each in whole["files"]
    ]
    return {
        "json": whole["summary"]["exit_code"],
        "sarif": invocation["exitCode"],
        "sarif succeeded": invocation["executionSuccessful"],
        "junit is red": bool(int(junit.get("failures")) + int(junit.get("errors"))),
    }


def agrees(code):
    return {"json": code, "sarif": code, "sarif succeeded": code != 2, "junit is red": code != 0}


def report(folder, name, text=DEMO):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({"a.yaml": DEMO}, (), 1),
        ({"a.yaml": DEMO}, ("--fail-on", "never"), 0),
        ({"a.yaml": DEMO.replace("98,8%", "42,7%")}, (), 0),
        ({"a.yaml": DEMO.replace("98,8%", "42,7%"), "b.yaml": "report: ["}, (), 1),
        ({"b.yaml": "report: ["}, (), 2),
        ({"b.yaml": "report: ["}, ("--fail-on", "never"), 2),
        ({}, (), 2),
        ({"a.yaml": DEMO}, ("--select", "no-such-rule"), 2),
        ({"a.yaml": DEMO}, ("--select", "on-time-share-differs"), 1),
    ],
)
def test_check(outputs, tmp_path, files, options, code):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in files.items():
        report(folder, name, text)
    found, told = outputs("check", folder, *options)
    assert found == code
    assert says(told) == agrees(code)
    assert bool(code) <= ("::error" in told["github"])


@pytest.mark.parametrize(
    ("tests", "options", "code"),
    [
        (TESTS, (), 0),
        (TESTS, ("--mutate",), 0),
        (TESTS, ("--mutate", "--goal", "100"), 1),
        (TESTS, ("--coverage", "--goal", "100"), 1),
        (TESTS, ("--coverage", "--goal", "10"), 0),
        (TESTS.replace("expect: pass", "expect: fail"), (), 1),
        ("tests: []\n", (), 2),
        ("tests: [", (), 2),
    ],
)
def test_test(outputs, tmp_path, tests, options, code):
    pack = tmp_path / "small"
    for name, text in (("pack.yaml", PACK), ("r.yaml", RULES), ("r.test.yaml", tests)):
        report(pack, name, text)
    found, told = outputs("test", pack, *options)
    assert found == code
    assert says(told) == agrees(code)
    if "--goal" in options and code:
        (missed,) = json.loads(told["sarif"])["runs"][0]["results"]
        assert missed["ruleId"] == "ci/below-goal"
        assert "100" in missed["message"]["text"]


@pytest.mark.parametrize(("rules", "code"), [(RULES, 1), ("rules: [", 2)])
def test_lint(tmp_path, capsys, rules, code):
    pack = tmp_path / "small"
    for name, text in (("pack.yaml", PACK), ("r.yaml", rules)):
        report(pack, name, text)
    assert main(["lint", str(pack), "--format", "json", "--lang", "en"]) == code
    assert json.loads(capsys.readouterr().out)["summary"]["exit_code"] == code


def test_what_is_undecided_is_named_and_told_in_full_only_when_asked_for(outputs, tmp_path):
    folder = report(tmp_path / "reports", "a.yaml", DEMO.replace("new: 783, ", ""))
    short, full = (json.loads(outputs("check", folder, *more)[1]["json"]) for more in ((), ("--undecided",)))
    assert (
        short["files"][0]["undecided"]
        == full["files"][0]["undecided"]
        == ["demo/received-differs-from-parts"]
    )
    undecided = [
        [each["id"] for each in run["files"][0]["diagnostics"] if each["verdict"] == "undecided"]
        for run in (short, full)
    ]
    assert undecided == [[], ["demo/received-differs-from-parts"]]


def test_files_are_told_as_they_are_judged_and_only_outlines_are_kept(tmp_path):
    folder = tmp_path / "reports"
    for number in (3, 1, 2):
        report(folder, f"xa-{number}.yaml")
    report(folder, "xa-0.yaml", "report: [")
    told = []
    run = check(folder, told=told.append)
    assert [Path(each.path).name for each in told] == [f"xa-{number}.yaml" for number in range(4)]
    whole = check(folder)
    assert tuple(told) == whole.files
    assert [each.path for each in run.files] == [each.path for each in whole.files]
    assert (run.decided, run.undecided, run.rules_loaded) == (
        whole.decided,
        whole.undecided,
        whole.rules_loaded,
    )
    kept = [found for file in run.files for found in file.diagnostics]
    assert [each.severity for each in kept] == [
        found.severity for file in whole.files for found in file.diagnostics
    ]
    assert not any(each.title or each.explanation or each.fields for each in kept)
    assert len({id(each) for each in kept}) == len({each.id for each in kept})


def test_much_is_put_by_on_disk_and_comes_back_as_it_was(tmp_path, monkeypatch, outputs):
    from validator.cli import output

    folder = tmp_path / "reports"
    for number in range(5):
        report(folder, f"xa-{number}.yaml")
    code, told = outputs("check", folder)
    monkeypatch.setattr(output, "_MOST_HELD", 100)
    assert outputs("check", folder) == (code, told)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Đạt 16/32 chỉ tiêu, bằng 50%.", 0), ("Đạt 16/32 chỉ tiêu, bằng 70%.", 1), ("PK\x03\x04", 2)],
)
def test_the_claims_of_a_file_say_in_json_what_the_exit_code_says(tmp_path, capsys, text, code):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert main(["claims", str(tmp_path / "a.txt"), "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert found["exit_code"] == code
    assert bool(found["problems"]) == (code == 2)


def test_a_review_and_a_comparison_say_in_json_what_the_exit_code_says(tmp_path, capsys):
    report = (
        "report: {form: demo, unit: {id: xa-%s}, period: {kind: year, from: 2023-01-01, to: 2023-12-31}}\n"
    )
    folder = tmp_path / "reports"
    folder.mkdir()
    good, bad = folder / "a.yaml", folder / "b.yaml"
    good.write_text(report + "hoso: {received: 10, new: 7, carried_over: 3}\n", encoding="utf-8")
    bad.write_text(report + "hoso: {received: 10, new: 7, carried_over: 4}\n", encoding="utf-8")
    for name, wanted in ((str(good), 0), (str(bad), 1), (str(tmp_path / "none.yaml"), 2)):
        code = main(["compare", str(good), name, "--format", "json"])
        assert (code, json.loads(capsys.readouterr().out)["exit_code"]) == (wanted, wanted)
    for fail_on in ("error", "never"):
        code = main(["review", str(folder), "--format", "json", "--quiet", "--fail-on", fail_on])
        assert json.loads(capsys.readouterr().out)["summary"]["exit_code"] == code

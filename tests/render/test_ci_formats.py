"""SARIF, JUnit and workflow annotations: what services rely on, and texts that try to break them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from validator.model.diagnostic import Diagnostic, FileResult, Label, RunResult
from validator.model.location import Location
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.render.renderer import renderer
from validator.render.sarif import uri

SCHEMA = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))
NASTY = "100% sure\r\n::error file=x::y, \"<&>'\x00\x1b[31m\ud800\ufffe]]>"


def finding(**changes):
    place = Location(file="a b/é.yaml", line=3, column=5, end_column=8, pointer="hoso.received")
    found = {
        "id": "small/rule",
        "severity": Severity.ERROR,
        "verdict": Verdict.FAIL,
        "title": "Totals differ",
        "explanation": "3 ≠ 1 + 1 = 2",
        "fields": (Label(path="hoso.received", label="Received", raw="3", location=place),),
        "location": place,
    }
    return Diagnostic(**(found | changes))


def run_of(*found, **changes):
    return RunResult(version="1", files=(FileResult(path="a b/é.yaml", diagnostics=found, **changes),))


def sarif(run, options):
    log = json.loads(renderer("sarif")(run, options()))
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    return log["runs"][0]


def junit(run, options):
    root = ET.fromstring(renderer("junit")(run, options()))  # noqa: S314 - written by ourselves
    for suite in root:
        assert int(suite.get("tests")) == len(suite)
        assert int(suite.get("failures")) == len(list(suite.iter("failure")))
        assert int(suite.get("errors")) == len(list(suite.iter("error")))
        assert int(suite.get("skipped")) == len(list(suite.iter("skipped")))
    assert int(root.get("tests")) == len(list(root.iter("testcase")))
    return root


def fingerprint(run, options):
    (only,) = sarif(run, options)["results"]
    return only["partialFingerprints"]


def test_sarif_of_the_sample_run_is_valid(sample_run, options):
    found = sarif(sample_run, options)
    rules = found["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted({result["ruleId"] for result in found["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])
    (invocation,) = found["invocations"]
    assert invocation["executionSuccessful"] is True
    (unread,) = invocation["toolExecutionNotifications"]
    assert unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "hong.yaml"
    told = found["tool"]["driver"]["notifications"][unread["descriptor"]["index"]]
    assert told["id"] == unread["descriptor"]["id"] == "read/invalid-yaml"


def test_the_region_is_what_is_wrong(options):
    (result,) = sarif(run_of(finding()), options)["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 8}
    assert place["artifactLocation"]["uri"] == "a%20b/%C3%A9.yaml"


def test_a_fingerprint_outlives_moved_lines_and_changed_words(options):
    moved = Location(file="a b/é.yaml", line=30, column=1, pointer="hoso.received")
    label = Label(path="hoso.received", label="Đã nhận", raw="4", location=moved)
    later = finding(location=moved, fields=(label,), explanation="4 ≠ 2", title="Khác")
    assert fingerprint(run_of(finding()), options) == fingerprint(run_of(later), options)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "small/other"},
        {"location": Location(file="a b/é.yaml", line=3, pointer="hoso.new")},
        {"location": Location(file="a b/é.yaml", line=3, row_code="2.1", pointer="hoso.received")},
    ],
)
def test_another_finding_has_another_fingerprint(options, change):
    assert fingerprint(run_of(finding()), options) != fingerprint(run_of(finding(**change)), options)


def test_findings_alike_are_told_apart(options):
    results = sarif(run_of(finding(), finding()), options)["results"]
    assert len({result["partialFingerprints"]["validatorFinding/v1"] for result in results}) == 2


def test_a_rule_is_described_without_the_values_of_one_finding(options):
    faults = [
        finding(id="read/duplicate-key", title=f"The key {name} occurs twice", verdict=Verdict.ERROR)
        for name in ("aa", "bb")
    ]
    first, second = (sarif(run_of(fault), options)["tool"]["driver"]["rules"] for fault in faults)
    assert first == second
    assert "…" in first[0]["shortDescription"]["text"]


def test_an_explained_finding_is_suppressed_skipped_and_a_notice(options):
    run = run_of(finding(waiver="Counted twice by agreement"))
    (result,) = sarif(run, options)["results"]
    assert result["suppressions"][0]["justification"] == "Counted twice by agreement"
    (skipped,) = junit(run, options).iter("skipped")
    assert skipped.get("message") == "Counted twice by agreement"
    assert renderer("github")(run, options()).startswith("::notice ")


def test_a_place_in_a_document_is_told_in_words(options):
    place = Location(file="x.docx", page=3, table=2, row=4)
    (result,) = sarif(run_of(finding(location=place, fields=())), options)["results"]
    (location,) = result["locations"]
    assert "region" not in location["physicalLocation"]
    assert "3" in location["logicalLocations"][0]["fullyQualifiedName"]
    assert location["logicalLocations"][0]["fullyQualifiedName"] in result["message"]["text"]


def test_junit_shows_each_finding_with_all_that_is_known(sample_run, options):
    root = junit(sample_run, options)
    assert [suite.get("failures") for suite in root] == ["3", "0", "0", "0"]
    assert [suite.get("errors") for suite in root] == ["0", "1", "1", "0"]
    failure = next(root.iter("failure"))
    assert "794 ≠ 677 + 113 + 3 = 793" in failure.get("message")
    assert "Thông tư 01/2020/TT-VPCP" in failure.text


def test_a_file_in_which_all_agrees_is_a_passed_test(options):
    (suite,) = junit(run_of(), options)
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_passed_rule_tests_are_passed_tests(options):
    place = Location(file="r.test.yaml", line=2, excerpt="both agree")
    run = run_of(finding(verdict=Verdict.PASS, reason="test", location=place))
    (case,) = junit(run, options).iter("testcase")
    assert case.get("name") == "small/rule [both agree]"
    assert len(case) == 0
    assert sarif(run, options)["results"] == []


def test_rules_that_hold_are_passed_tests_and_all_counts_add_up(options):
    missing = finding(id="small/open", verdict=Verdict.UNDECIDED, explanation="new is missing")
    passed, undecided = ("small/a", "small/b"), ("small/open", "small/untold")
    verdicts = dict.fromkeys(passed, Verdict.PASS) | dict.fromkeys(undecided, Verdict.UNDECIDED)
    run = run_of(finding(), missing, verdicts=verdicts)
    root = junit(run, options)
    cases = {case.get("name"): [each.tag for each in case] for case in root.iter("testcase")}
    assert cases == {
        "small/a": [],
        "small/b": [],
        "small/rule [hoso.received]": ["failure"],
        "small/open [hoso.received]": ["skipped"],
        "small/untold": ["skipped"],
    }
    counts = {name: int(root.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": 5, "failures": 1, "errors": 0, "skipped": 2}


def test_what_does_not_fail_the_run_does_not_fail_its_test(options):
    run = run_of(finding(severity=Severity.WARNING))
    text = renderer("junit")(run, options(fail_on="error"))
    (case,) = ET.fromstring(text).iter("testcase")  # noqa: S314 - written by ourselves
    assert [each.tag for each in case] == ["system-out"]
    assert next(junit(run, options).iter("failure")) is not None


@pytest.mark.parametrize("code", [1, 2])
def test_a_run_that_ends_badly_is_never_shown_as_well(options, code):
    run = evolve(run_of(verdicts={"small/a": Verdict.PASS}), exit_code=code)
    root = junit(run, options)
    assert (root.get("tests"), root.get("errors")) == ("2", "1")
    assert f"{code}" in next(root.iter("error")).get("message")
    assert renderer("github")(run, options()).startswith("::error ")
    (invocation,) = sarif(run, options)["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (code, code != 2)
    assert json.loads(renderer("json")(run, options()))["summary"]["exit_code"] == code
    assert json.loads(renderer("jsonl")(run, options()).splitlines()[-1])["summary"]["exit_code"] == code


def test_a_run_that_judged_nothing_was_no_success(options):
    (invocation,) = sarif(run_of(finding(verdict=Verdict.ERROR), judged=False), options)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 1


def test_json_lines_are_a_record_a_file_and_one_that_sums_up(sample_run, options):
    *files, last = map(json.loads, renderer("jsonl")(sample_run, options()).splitlines())
    whole = json.loads(renderer("json")(sample_run, options()))
    assert [each.pop("type") for each in files] == ["file"] * len(files)
    assert files == whole["files"]
    assert last == {"type": "summary", "version": whole["version"], "summary": whole["summary"]}


def test_nothing_was_run(options):
    run = RunResult(version="1", files=())
    assert junit(run, options).get("tests") == "0"
    assert sarif(run, options)["results"] == []
    assert renderer("github")(run, options()) == ""


@pytest.mark.parametrize("format_name", ["sarif", "junit", "github"])
def test_hostile_text_stays_text(options, format_name):
    place = Location(file=NASTY, line=1, column=1, pointer=NASTY)
    nasty = finding(title=NASTY, explanation=NASTY, help=NASTY, waiver=NASTY, location=place)
    run = RunResult(version="1", files=(FileResult(path=NASTY, unit=NASTY, diagnostics=(nasty, finding())),))
    if format_name == "sarif":
        assert len(sarif(run, options)["results"]) == 2
    elif format_name == "junit":
        assert len(list(junit(run, options).iter("testcase"))) == 2
    else:
        text = renderer("github")(run, options())
        assert len(text.splitlines()) == 2
        assert all(line.count("::") == 2 for line in text.replace("%3A", "").splitlines()[1:])


def test_annotations_escape_what_github_would_obey(options):
    text = renderer("github")(run_of(finding(title="50%\nof a: b, c")), options())
    assert "title=small/rule::50%25 of a: b, c. 3 ≠" in text
    odd = evolve(finding().location, file="a,b:c.yaml")
    assert "file=a%2Cb%3Ac.yaml,line=3,col=5,endColumn=7," in renderer("github")(
        run_of(finding(location=odd)), options()
    )


@pytest.mark.parametrize("format_name", ["github", "junit", "sarif", "json"])
def test_nothing_that_steers_a_terminal_reaches_a_log(format_name, options):
    odd = evolve(finding().location, file="a\x1b[31m\x07.yaml")
    run = run_of(finding(title="\x1b]0;x\x07\ufffe", location=odd))
    text = renderer(format_name)(run, options())
    no_character = "" if format_name == "json" else "\ufffe"
    assert not re.search(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{no_character}]", text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a/b c.yaml", "a/b%20c.yaml"), ("a\\b.yaml", "a/b.yaml"), ("/x/é", "file:///x/%C3%A9")],
)
def test_files_are_named_as_references(path, expected):
    assert uri(path) == expected

"""The pytest plugin in projects of its own: rule tests, reports, and what goes wrong."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from validator.submissions.folder import SUFFIXES

pytest_plugins = ["pytester"]

SOURCE = Path(__file__).parents[2] / "src"
PACK = """\
pack: small
version: 1.0.0
form: small
fields:
  hoso.received: {type: count, label: {vi: Hồ sơ đã nhận, en: Received}}
  hoso.new: {type: count, label: {vi: Hồ sơ mới, en: New}}
  hoso.carried: {type: count, label: {vi: Kỳ trước chuyển qua, en: Carried over}}
"""
RULES = """\
within: hoso
rules:
  - {id: received-differs, title: {en: Received differ from the sources}, assert: received = new + carried}
  - {id: new-exceed-received, severity: warning, assert: new ≤ received, when: received > 0}
"""
TESTS = """\
tests:
  - {rule: received-differs, expect: pass, report: {hoso: {received: 10, new: 7, carried: 3}}}
  - {rule: received-differs, expect: fail, says: 7 + 2, report: {hoso: {received: 10, new: 7, carried: 2}}}
  - {rule: new-exceed-received, expect: fail, name: more new, report: {hoso: {received: 1, new: 7}}}
"""
REPORT = """\
report: {form: small}
hoso: {received: 10, new: 7, carried: 3}
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """Write files given as path and text; returns a function that runs pytest there."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def write(**more):
        files = {
            "rules/small/pack.yaml": PACK,
            "rules/small/hoso.yaml": RULES,
            "rules/small/hoso.test.yaml": TESTS,
        }
        files |= {
            name.replace("__", "/").replace("_yaml", ".yaml").replace(".test_", ".test."): text
            for name, text in more.items()
        }
        for name, text in files.items():
            path = pytester.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return lambda *options: pytester.runpytest_subprocess("-p", "validator.pytest_plugin", *options)

    return write


def ini(*lines):
    return "[pytest]\nvalidator_lang = en\n" + "".join(f"{line}\n" for line in lines)


def test_the_cases_of_a_pack_are_tests(project):
    run = project(**{"pytest.ini": ini()})("-v")
    run.assert_outcomes(passed=3)
    run.stdout.fnmatch_lines(["rules/small/hoso.test.yaml::received-differs:pass PASSED*"])
    run.stdout.fnmatch_lines(["rules/small/hoso.test.yaml::new-exceed-received:more new PASSED*"])


def test_a_failing_case_shows_the_difference_and_no_traceback(project):
    tests = TESTS.replace("carried: 3", "carried: 1")
    run = project(**{"pytest.ini": ini(), "rules/small/hoso.test.yaml": tests})()
    run.assert_outcomes(passed=2, failed=1)
    run.stdout.fnmatch_lines(
        [
            "rules/small/hoso.test.yaml, line 2: small/received-differs*",
            "- expected: pass",
            '+ got: fail, says "10 ≠ 7 + 1 = 8"',
        ]
    )
    assert "Traceback" not in run.stdout.str()
    assert "pytest_plugin.py" not in run.stdout.str()


def test_cases_are_chosen_by_name_and_the_last_failures_run_again(project):
    tests = TESTS.replace("carried: 3", "carried: 1")
    pytest_in = project(**{"pytest.ini": ini(), "rules/small/hoso.test.yaml": tests})
    pytest_in("-k", "exceed").assert_outcomes(passed=1, deselected=2)
    pytest_in("-x").assert_outcomes(failed=1)
    pytest_in("--lf").assert_outcomes(failed=1)


def test_a_known_gap_does_not_fail(project):
    gap = (
        TESTS
        + "  - {rule: received-differs, expect: fail, todo: not yet thought of, report: {hoso: {new: 1}}}\n"
    )
    run = project(**{"pytest.ini": ini("xfail_strict = true"), "rules/small/hoso.test.yaml": gap})("-rx")
    run.assert_outcomes(passed=3, xfailed=1)
    run.stdout.fnmatch_lines(["*not yet thought of*"])


def test_every_rule_on_every_report_is_a_test(project):
    bad = REPORT.replace("carried: 3", "carried: 2")
    run = project(
        **{
            "pytest.ini": ini("validator_reports = reports/*.yaml", "validator_packs = rules"),
            "reports/good.yaml": REPORT,
            "reports/bad.yaml": bad,
        }
    )("-k", "reports", "-v")
    assert run.parseoutcomes() == {"passed": 7, "failed": 1, "deselected": 3}
    run.stdout.fnmatch_lines(["reports/bad.yaml::small/received-differs FAILED*"])
    run.stdout.fnmatch_lines(["*Received differ from the sources", "*10 ≠ 7 + 2 = 9*"])
    assert "Traceback" not in run.stdout.str()


def test_reports_are_checked_although_testpaths_leave_them_out(project):
    settings = ini("validator_reports = reports/*.yaml", "validator_packs = rules/small", "testpaths = rules")
    pytest_in = project(**{"pytest.ini": settings, "reports/good.yaml": REPORT})
    pytest_in().assert_outcomes(passed=7)
    pytest_in("rules").assert_outcomes(passed=3)


def test_documents_are_collected_as_other_reports_are(project, pytester):
    documents = Path(__file__).parents[2] / "examples" / "documents"
    source = documents / "an-lac-2024.docx"
    files = {"pytest.ini": ini("validator_reports = *.docx"), "xa.docx": source.read_bytes()}
    run = project(**files)("xa.docx", "-q")
    outcomes = run.parseoutcomes()
    assert outcomes["failed"] > 1
    assert outcomes["skipped"] > 1
    run.stdout.fnmatch_lines(["*520 ≠ 210*", "FAILED xa.docx::cchc/received-differs-from-channels*"])
    assert "Traceback" not in run.stdout.str()


def test_a_report_of_any_kind_that_is_read_is_collected(project):
    files = {f"reports/xa{suffix}": "nothing of a report" for suffix in SUFFIXES}
    run = project(**files, **{"pytest.ini": ini("validator_reports = reports/*")})("--collect-only", "-q")
    for suffix in SUFFIXES:
        run.stdout.fnmatch_lines_random([f"reports/xa{suffix}::reading"])


@pytest.mark.parametrize(
    ("pattern", "options"), [("*.docx", ("-p", "xdist", "-n", "2")), ("reports/*.png", ()), ("reports", ())]
)
def test_a_pattern_that_matches_no_report_is_refused(project, pattern, options):
    files = {
        "pytest.ini": ini(f"validator_reports = reports/good.yaml {pattern}", "validator_packs = rules"),
        "reports/good.yaml": REPORT,
        "reports/photo.png": "png",
    }
    run = project(**files)(*options)
    assert run.ret == pytest.ExitCode.USAGE_ERROR
    run.stderr.fnmatch_lines([f"*validator_reports = {pattern} *no report*"])


def test_what_cannot_be_decided_or_does_not_apply_is_skipped_with_the_reason(project):
    settings = ini("validator_reports = r.yaml", "validator_packs = rules")
    blank = "report: {form: small}\nhoso: {received: 0, new: 0}\n"
    run = project(**{"pytest.ini": settings, "r.yaml": blank})("r.yaml", "-rs")
    # That nothing at all was compared is no pass: reading tells it.
    run.assert_outcomes(passed=1, failed=1, skipped=2)
    run.stdout.fnmatch_lines(["*check/nothing-compared*"])
    run.stdout.fnmatch_lines(["*undecided: *Carried over*"])
    run.stdout.fnmatch_lines(["*does not apply to this report*"])


def test_a_warning_fails_only_when_asked_for(project):
    files = {"r.yaml": "report: {form: small}\nhoso: {received: 5, new: 7}\n"}
    chosen = ("validator_reports = r.yaml", "validator_packs = rules")
    quiet = project(**files, **{"pytest.ini": ini(*chosen)})("r.yaml", "-k", "exceed", "-rP")
    quiet.assert_outcomes(passed=1, deselected=3)
    quiet.stdout.fnmatch_lines(["*7 > 5*"])
    strict = project(**files, **{"pytest.ini": ini(*chosen, "validator_fail_on = warning")})
    strict("r.yaml", "-k", "exceed").assert_outcomes(failed=1, deselected=3)


@pytest.mark.parametrize(
    "text", ["", "hoso: {recieved: 1}", "report: [", b"\xff\xfe\x00\xd8", "report: {form: other}"]
)
def test_a_report_that_cannot_be_read_fails_at_its_place(project, text):
    settings = ini("validator_reports = r.yaml", "validator_packs = rules")
    run = project(**{"pytest.ini": settings, "r.yaml": text})("r.yaml")
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(["*File r.yaml*"])
    assert "Traceback" not in run.stdout.str()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "hoso.yaml",
            "rules:\n  - {id: x, assert: hoso.new = bb}\n",
            "rules/small/hoso.yaml:2:*bb*type/unknown-field*",
        ),
        ("hoso.yaml", "rules: [", "rules/small/hoso.yaml:*"),
        ("pack.yaml", b"\xff\x00\xfe", "rules/small/pack.yaml*"),
        (
            "hoso.test.yaml",
            "tests:\n  - {rule: no-such, expect: pass, report: {}}\n",
            "rules/small/hoso.test.yaml:2:*no-such*",
        ),
        ("hoso.test.yaml", "", "rules/small/hoso.test.yaml:*"),
    ],
)
def test_a_broken_pack_is_an_error_of_collection_with_the_place(project, name, text, words):
    run = project(**{"pytest.ini": ini(), f"rules/small/{name}": text})("--continue-on-collection-errors")
    assert run.ret == pytest.ExitCode.TESTS_FAILED
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines([words])
    assert "Traceback" not in run.stdout.str()


def test_a_pack_that_is_not_there_is_an_error_of_collection(project):
    settings = ini("validator_reports = r.yaml", "validator_packs = no-such-pack")
    run = project(**{"pytest.ini": settings, "r.yaml": REPORT})("r.yaml")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*no-such-pack*"])


def test_a_setting_that_means_nothing_is_refused(project):
    run = project(**{"pytest.ini": "[pytest]\nvalidator_lang = fr\n"})()
    assert run.ret == pytest.ExitCode.USAGE_ERROR
    run.stderr.fnmatch_lines(["*validator_lang = fr*vi, en*"])


def test_a_test_file_without_a_pack_beside_it_is_left_alone(project, pytester):
    run = project(**{"pytest.ini": ini(), "other/x.test.yaml": "tests: 1"})("other")
    assert run.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_project_without_packs_pays_nothing(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    pytester.makepyfile(
        test_it="""
        import sys
        def test_nothing_heavy_is_imported():
            heavy = {"yaml", "lark", "rich"} | {"validator." + name for name in ("api", "engine", "packs")}
            assert not heavy & set(sys.modules)
        """
    )
    pytester.makefile(".yaml", data="a: 1")
    pytester.runpytest_subprocess("-p", "validator.pytest_plugin").assert_outcomes(passed=1)


def test_the_fixture_checks_a_report(project):
    test = """
def test_good(check_report):
    assert check_report("reports/good.yaml", packs=["rules/small"]).applicable == 2

def test_bad(check_report):
    check_report("reports/bad.yaml", packs=["rules/small"])

def test_looked_at_only(check_report):
    assert check_report("reports/bad.yaml", packs=["rules/small"], fail_on="never").files[0].diagnostics

def test_one_rule(check_report):
    check_report("reports/bad.yaml", packs=["rules/small"], ignore=["received-differs"])

def test_misspelt(check_report):
    check_report("reports/good.yaml", packs=["rules/small"], select=["received-difers"])
"""
    bad = REPORT.replace("carried: 3", "carried: 2")
    files = {
        "pytest.ini": ini(),
        "reports/good.yaml": REPORT,
        "reports/bad.yaml": bad,
        "test_reports.py": test,
    }
    run = project(**files)("test_reports.py")
    run.assert_outcomes(passed=3, failed=2)
    run.stdout.fnmatch_lines(["*10 ≠ 7 + 2 = 9*"])
    run.stdout.fnmatch_lines(["*received-difers*"])
    assert "Traceback" not in run.stdout.str()


def test_work_is_shared_and_junit_tells_each_case(project, pytester):
    pytest.importorskip("xdist")
    settings = ini("validator_reports = reports/*.yaml", "validator_packs = rules", "testpaths = rules")
    files = {"pytest.ini": settings, "reports/bad.yaml": REPORT.replace("carried: 3", "carried: 2")}
    run = project(**files)("-p", "xdist", "-n", "2", "--junitxml", "junit.xml")
    run.assert_outcomes(passed=6, failed=1)
    suite = ET.parse(pytester.path / "junit.xml").getroot()[0]  # noqa: S314 - written by pytest
    assert suite.attrib["tests"] == "7"
    (failure,) = suite.iter("failure")
    assert "10 ≠ 7 + 2 = 9" in failure.text

"""The command as the issue of a report sees it: formats, options, exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from .conftest import BAD, COMMAND, GOOD, PROJECT

FULL = Path("/dev/full")
DEMO = Path(__file__).parent / "demo"
PACK = {path.name: path.read_text(encoding="utf-8") for path in sorted((DEMO / "rules").iterdir())}
REPORT, REPORT_JSON, NINE_FAULTS = (
    (DEMO / name).read_text(encoding="utf-8") for name in ("report.yaml", "report.json", "nine-faults.yaml")
)
SHARE = "demo/on-time-share-differs"


@pytest.fixture
def pack(tmp_path):
    """The pack of the issue, copied as it stands."""
    folder = tmp_path / "rules" / "my-demo"
    folder.mkdir(parents=True)
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_pack_that_is_shown_ships_with_more_words_only():
    for name in ("pack.yaml", "hoso.yaml"):
        shipped = yaml.safe_load((PROJECT / "rules" / "demo" / name).read_text(encoding="utf-8"))
        assert_holds(shipped, yaml.safe_load(PACK[name]))


def assert_holds(shipped, shown):
    """All that is shown ships as it is; help and other languages may be added."""
    if isinstance(shown, dict):
        assert shown.keys() <= shipped.keys()
        for key, value in shown.items():
            assert_holds(shipped[key], value)
    elif isinstance(shown, list):
        for one, other in zip(shipped, shown, strict=True):
            assert_holds(one, other)
    else:
        assert shipped == shown


def test_the_demo_files_work_as_they_stand(run_process, pack, report):
    told = run_process("check", report(REPORT), "--pack", pack)
    assert told.code == 1
    assert "98,8% ≠ 339 / 794 ≈ 42,70%" in told.out
    assert told.out.count("≠") == 1
    assert told.err == ""


def test_the_same_in_json_gives_the_same(run, pack, report):
    one = run("check", report(REPORT), "--pack", pack, "--format", "json").json
    two = run("check", report(REPORT_JSON, "report.json"), "--pack", pack, "--format", "json").json

    def essence(result):
        keys = ("id", "severity", "verdict", "reason", "title", "explanation", "difference", "help")
        (file,) = result["files"]
        told = [{key: found[key] for key in keys} for found in file["diagnostics"]]
        return result["summary"], file["unit"], file["period"], told

    assert essence(one) == essence(two)


def test_the_tests_of_a_pack_run(run_process, pack):
    told = run_process("test", pack)
    assert told.code == 0
    assert "5" in told.out


def test_the_schema_of_a_pack_s_reports(run, pack):
    schema = run("schema", "--pack", pack).json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(REPORT_JSON), schema)


@pytest.mark.parametrize("path", sorted((PROJECT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_json_keeps_to_the_schema_that_ships(run, path):
    schema = run("schema", "--result").json
    jsonschema.validate(run("check", path, "--format", "json").json, schema)


def test_json_of_unreadable_files_keeps_to_the_schema_too(run, report, tmp_path):
    schema = run("schema", "--result").json
    told = run(
        "check", report("x: ["), tmp_path / "nowhere.yaml", "-", "--format", "json", stdin=b"\xff\xfe\x00"
    )
    assert len(told.json["files"]) == 3
    jsonschema.validate(told.json, schema)


WARNS = GOOD.replace("}\nhoso: {", "}\nhoso: {recieved: 1, ")


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (GOOD, "info", 0),
        (WARNS, "error", 0),
        (WARNS, "warning", 1),
        (WARNS, "info", 1),
        (WARNS, "never", 0),
        (BAD, "error", 1),
        (BAD, "warning", 1),
        (BAD, "info", 1),
        (BAD, "never", 0),
        ("", "never", 2),
    ],
)
def test_exit_codes(run_process, report, text, level, code):
    assert run_process("check", report(text), "--fail-on", level).code == code


@pytest.mark.parametrize(
    ("options", "loaded"),
    [
        (["--select", "demo/on-time-share-differs"], 1),
        (["--select", "on-time-share-differs"], 1),
        (["--select", "demo/*"], 3),
        (["--select", "*share*", "--select", "more-*"], 2),
        (["--ignore", "on-time-share-differs"], 2),
        (["--ignore", "demo/*"], 0),
        (["--select", "demo/*", "--ignore", "*-differs*"], 1),
    ],
)
def test_rules_are_chosen_by_id_and_pattern(run, report, options, loaded):
    told = run("check", report(REPORT), *options, "--format", "json")
    assert told.json["summary"]["rules_loaded"] == loaded
    # Where every rule is ignored nothing is compared, and that is no pass.
    assert told.code == (1 if SHARE in told.ids else 0 if loaded else 2)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_refused_with_the_nearest(run, report, option):
    told = run("check", report(REPORT), option, "on-time-share-difers")
    assert told.code == 2
    assert told.out == ""
    assert "on-time-share-differs" in told.err


def test_an_unknown_rule_like_none_is_refused(run, report):
    told = run("check", report(REPORT), "--ignore", "zzzzzz")
    assert told.code == 2
    assert "zzzzzz" in told.err


def test_an_unknown_pack_is_refused_with_the_known_ones(run, report):
    told = run("check", report(REPORT), "--pack", "nowhere")
    assert told.code == 2
    assert "par-index" in told.err
    assert run("check", report(REPORT), "--pack", "x" * 5000).code == 2


def test_a_pack_named_twice_is_one_pack(run, report):
    told = run("check", report(REPORT), "--pack", "demo", "--pack", "demo", "--format", "json")
    assert told.ids == [SHARE]
    assert told.json["summary"]["rules_loaded"] == 3


def test_a_fault_of_reading_may_be_ignored(run, report):
    told = run("check", report(WARNS), "--ignore", "read/unknown-field", "--fail-on", "info")
    assert told.code == 0


def test_in_english(run, report):
    told = run("check", report(REPORT), "--verbose", "--lang", "en", "--format", "plain")
    assert "Tỷ lệ đúng hạn" not in told.out.split("Explanation")[0]
    assert "Rule: demo/on-time-share-differs" in told.out
    assert "Phát hiện" not in told.out
    assert run("check", report(REPORT), "--verbose", VALIDATOR_LANG="en").out == told.out


def test_quiet_leaves_out_the_counts(run, report):
    assert "Tệp: 1" in run("check", report(GOOD)).out
    assert run("check", report(GOOD), "--quiet").out == ""
    assert "Tỷ lệ đúng hạn không khớp" in run("check", report(REPORT), "--quiet").out


@pytest.mark.parametrize("text", [REPORT, REPORT_JSON], ids=["yaml", "json"])
def test_a_report_from_standard_input(run_process, text):
    told = run_process("check", "-", "--format", "json", stdin=text.encode())
    assert told.ids == [SHARE]
    assert told.code == 1
    options = ("--verbose", "--format", "table")
    shown = run_process("check", "-", *options, stdin=text.encode(), COLUMNS="200").out
    assert "4 │ " in shown or "5 │ " in shown
    assert "  │" in shown


def test_several_files_and_folders(run, report, tmp_path):
    report(REPORT, "one/a.yaml")
    report(REPORT_JSON, "one/deep/b.json")
    report(PACK["hoso.test.yaml"], "one/hoso.test.yaml")
    single = report(GOOD, "c.yml")
    told = run("check", tmp_path / "one", single, "--format", "json")
    assert list(told.files) == ["c.yml", "a.yaml", "b.json"]
    assert told.json["summary"]["files"] == 3
    assert told.ids == [SHARE, SHARE]


def test_a_pack_with_nine_faults_shows_nine_and_judges_nothing(run, pack, report):
    path = pack / "faulty.yaml"
    path.write_text(NINE_FAULTS, encoding="utf-8")
    told = run("check", report(REPORT), "--pack", pack)
    assert told.code == 2
    assert told.out == ""
    heads = [line for line in told.err.splitlines() if line.startswith(str(path) + ":")]
    lines = [int(head.removeprefix(str(path) + ":").split(":")[0]) for head in heads]
    assert lines == [3, 4, 5, 6, 7, 8, 9, 10, 15]
    told_lines = told.err.splitlines()
    for head in heads:
        number, column = (int(part) for part in head.removeprefix(str(path) + ":").split(":")[:2])
        source, carets = told_lines[told_lines.index(head) + 1 :][:2]
        gutter = f"  {number} | "
        assert source == gutter + NINE_FAULTS.splitlines()[number - 1]
        assert carets.index("^") == len(gutter) + column - 1
    assert "carried_over" in told.err
    assert told.err.count("15 |       new + carried_ower") == 1


def terminal(*arguments, environment, columns=100, **variables):
    """What a person at a terminal of so many columns is shown."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env={**environment, "COLUMNS": str(columns), "TERM": "xterm-256color", **variables},
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:  # the end of a terminal
        pass
    process.wait(30)
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_is_shown_a_table_in_colour(report, environment):
    shown = terminal("check", report(REPORT), environment=environment)
    assert "─────" in shown
    assert "\x1b[" in shown


@pytest.mark.parametrize(
    ("options", "variables"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"})], ids=["option", "variable"]
)
def test_colour_can_be_switched_off(report, environment, options, variables):
    shown = terminal("check", report(REPORT), *options, environment=environment, **variables)
    assert "─────" in shown
    assert "\x1b" not in shown


def test_what_is_not_a_terminal_is_given_plain_text(run_process, report):
    told = run_process("check", report(REPORT))
    assert "─" not in told.out
    assert "\x1b" not in told.out


@pytest.mark.skipif(not FULL.exists(), reason="no full device here")
def test_output_that_cannot_be_written_is_told(report, environment):
    with FULL.open("wb") as full:
        done = subprocess.run(
            [COMMAND, "check", report(REPORT)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Không ghi được kết quả")


@pytest.mark.parametrize(("closed", "code"), [("<&-", 2), (">&-", 1), ("2>&-", 1), (">&- 2>&-", 1)])
def test_closed_streams_are_no_crash(report, environment, closed, code):
    source = "-" if closed == "<&-" else report(REPORT)
    command = f'"{COMMAND}" check "{source}" {closed}'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, env=environment)
    assert done.returncode == code
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [["check"], ["frobnicate"], ["check", "-x"]])
def test_wrong_use_is_told_and_exits_with_two(run_process, arguments):
    told = run_process(*arguments)
    assert told.code == 2
    assert told.err.startswith("Lệnh không đúng cách dùng")


def test_a_format_that_is_none_is_told_with_those_that_are(run):
    told = run("check", "x", "--format", "xml")
    assert told.code == 2
    assert "xml" in told.err
    assert "sarif" in told.err

"""Files as people really send them: each is told apart, at its place, and the others are still checked."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import unicodedata
from pathlib import Path

import pytest
import yaml

from .conftest import BAD, COMMAND, GOOD

CASES = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text(encoding="utf-8"))


def content(case):
    """The bytes that a case describes."""
    if "base64" in case:
        return base64.b64decode(case["base64"])
    text = case["repeat"] * case["times"] if "repeat" in case else case["text"]
    return text.encode(case.get("encoding", "utf-8"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A folder of unreadable files with one good and one bad report among them."""
    folder = tmp_path_factory.mktemp("mixed")
    for name, case in CASES.items():
        (folder / name).write_bytes(content(case))
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "zz-bad.yaml").write_text(BAD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def told(mixed, run):
    return run("check", mixed, "--format", "json")


@pytest.mark.parametrize("name", CASES)
def test_an_unreadable_file_is_told_once_at_its_line(told, name):
    (found,) = told.files[name]["diagnostics"]
    assert found["id"] == CASES[name]["id"]
    assert found["verdict"] == "error"
    assert found["fields"][0]["location"].get("line") == CASES[name].get("line")
    words = found["title"] + (found["help"] or "")
    assert CASES[name].get("says", "") in words
    assert len(words) < 500


def test_the_other_files_are_still_checked(told):
    assert told.files["good.yaml"]["diagnostics"] == []
    assert told.files["good.yaml"]["undecided"]
    failed = [found for found in told.files["zz-bad.yaml"]["diagnostics"] if found["verdict"] == "fail"]
    assert [found["id"] for found in failed] == ["demo/received-differs-from-parts"]


def test_unreadable_files_count_as_errors_beside_judged_ones(mixed, run, told):
    assert told.code == 1
    assert run("check", mixed, "--fail-on", "never", "--format", "json").code == 0


@pytest.mark.parametrize("form", ["table", "plain"])
def test_people_are_told_every_file_too(mixed, run, form):
    told = run("check", mixed, "--format", form)
    assert told.code == 1
    for name in [*CASES, "zz-bad.yaml"]:
        assert name in told.out.replace("\n", "")


@pytest.mark.parametrize("name", ["empty.yaml", "deep.yaml", "invalid.json", "unknown-form.yaml"])
def test_nothing_judged_is_exit_code_two(mixed, run, name):
    told = run("check", mixed / name)
    assert told.code == 2
    assert name in told.out


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-16-le", "read/assumed-encoding"),
        ("utf-16-be", "read/assumed-encoding"),
    ],
)
def test_text_of_other_encodings_is_judged(run, report, encoding, note):
    told = run("check", report(BAD.encode(encoding)), "--format", "json")
    assert [each for each in told.ids if each != note] == ["demo/received-differs-from-parts"]
    assert (note in told.ids) == (note is not None)
    assert told.json["files"][0]["unit"] == "Xã Mẫu"


def test_windows_1258_is_judged_with_a_note(run, report):
    text = unicodedata.normalize("NFC", BAD).replace("Xã", unicodedata.normalize("NFD", "Xã"))
    data = text.replace("Mẫu", "Mâ\u0303u").replace("Xa\u0303", "Xa\u0303").encode("cp1258")
    told = run("check", report(data), "--format", "json")
    assert set(told.ids) == {"read/assumed-encoding", "demo/received-differs-from-parts"}
    assert told.json["files"][0]["unit"] == "Xã Mẫu"


@pytest.mark.parametrize(
    ("line", "id_", "severity", "says"),
    [
        ("hoso: {recieved: 10}", "read/unknown-field", "warning", "hoso.received"),
        ("hoso: {received: 1, received: 2}", "read/duplicate-key", "error", "received"),
        ("hoso: {received: mười}", "read/unreadable-number", "error", "mười"),
        ("hoso: {received: [1, [2]]}", "read/not-a-value", "error", "hoso.received"),
        ("hoso: 794", "read/not-a-group", "error", "hoso"),
        ("scores: 794", "read/not-a-table", "error", "scores"),
        ("scores: [794]", "read/not-a-row", "error", "scores"),
        ("hoso: {received: .nan}", "read/number-not-finite", "error", ".nan"),
        ("hoso: {received: -.inf}", "read/number-not-finite", "error", "-.inf"),
        ("hoso: {received: 1e999999999}", "read/unreadable-number", "error", "1e999999999"),
        (f"hoso: {{received: {'9' * 5000}}}", "read/number-too-long", "error", "999"),
        (f'hoso: {{received: "{"9" * 5000}"}}', "read/number-too-long", "error", "999"),
        ("hoso: {received: -3}", "read/not-a-count", "error", "-3"),
        ("hoso: {received: 1.5}", "read/not-a-count", "error", "1.5"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_at_its_line(run, report, line, id_, severity, says):
    told = run("check", report(GOOD.splitlines()[0] + "\n" + line + "\n"), "--format", "json")
    found, *others = (each for each in told.json["files"][0]["diagnostics"] if each["verdict"] != "undecided")
    assert {each["id"] for each in others} <= {"check/nothing-compared"}
    assert (found["id"], found["severity"]) == (id_, severity)
    assert found["fields"][0]["location"]["line"] == 2
    words = found["title"] + found["explanation"] + (found["help"] or "")
    assert says in words
    assert len(words) < 500


def test_numbers_in_json_that_are_none(run, report):
    text = '{"report": {"form": "demo"}, "hoso": {"received": NaN, "new": Infinity}}'
    told = run("check", report(text, "report.json"), "--format", "json")
    assert told.ids == ["read/number-not-finite", "read/number-not-finite", "check/nothing-compared"]


def test_a_file_without_a_header_says_how_one_looks(run, report):
    told = run("check", report("hoso: {received: 10}\n"))
    assert told.code == 2
    assert "report:" in told.out
    assert "cchc" in told.out


def test_a_huge_file_is_not_read(run, report, tmp_path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    told = run("check", huge, report(BAD), "--format", "json")
    assert told.ids == ["read/too-large", "demo/received-differs-from-parts"]
    assert told.code == 1


def test_a_folder_without_reports_is_told(run, tmp_path):
    told = run("check", tmp_path)
    assert told.code == 2
    assert "Không tìm thấy báo cáo nào" in told.out


def test_files_of_a_folder_that_are_no_reports_are_passed_over(run, report, tmp_path):
    report(BAD)
    report("services: [web]\n", "docker.yaml")
    report(BAD, ".hidden.yaml")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "report.yaml").write_text(BAD, encoding="utf-8")
    told = run("check", tmp_path, "--format", "json")
    assert list(told.files) == ["report.yaml"]
    said = run("check", tmp_path, "--format", "plain", "--lang", "en").out
    assert "Files not checked, being no reports or of kinds that are not read (1): " in said
    assert "docker.yaml." in said


def test_a_report_of_a_folder_whose_header_is_misspelt_is_told(run, report, tmp_path):
    report(BAD)
    report(BAD.replace("report:", "reprot:"), "slip.yaml")
    told = run("check", tmp_path, "--format", "json")
    assert told.ids == ["demo/received-differs-from-parts", "read/misspelt-header"]


def test_a_missing_file_is_told_and_the_next_one_checked(run, report, tmp_path):
    told = run("check", tmp_path / "nowhere.yaml", report(BAD), "--format", "json")
    assert told.ids == ["read/no-such-file", "demo/received-differs-from-parts"]
    assert told.code == 1
    assert run("check", tmp_path / "nowhere.yaml").code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(run, report):
    path = report(GOOD)
    path.chmod(0)
    told = run("check", path, "--format", "json")
    assert told.ids == ["read/broken-link"]
    assert told.code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_and_a_device_are_not_waited_for(run, report, tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    told = run("check", tmp_path / "pipe.yaml", "/dev/null", report(BAD), "--format", "json", timeout=20)
    assert sorted(told.ids) == ["demo/received-differs-from-parts", "read/not-a-file", "read/not-a-file"]


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".yaml", "a/" * 3000 + "b.yaml", "empty/../../../nowhere\n.yaml"]
)
def test_a_name_that_cannot_be_is_told(run, report, name):
    told = run("check", name, report(BAD), "--format", "json")
    assert told.code == 1
    assert len(told.ids) == 2
    assert told.err == ""


@pytest.mark.parametrize(
    "name",
    ["báo cáo tháng 9.yaml", unicodedata.normalize("NFD", "Hà Trung.yaml"), "hai\ndòng.yaml", "[red]x.yaml"],
)
def test_names_of_all_kinds_are_shown_on_one_line(run, report, tmp_path, name):
    report(BAD, name)
    shown = unicodedata.normalize("NFC", name).replace("\n", " ")
    for form in ("plain", "table"):
        told = run("check", tmp_path, "--format", form, COLUMNS="200")
        assert told.code == 1
        assert shown in told.out
    assert run("check", tmp_path, "--format", "json").json["files"][0]["path"].endswith(name)


def test_loops_of_links_end(run, report, tmp_path):
    report(BAD, "real/report.yaml")
    (tmp_path / "real" / "again").symlink_to(tmp_path)
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    told = run("check", tmp_path, "--format", "json", timeout=30)
    assert sorted(told.ids) == ["demo/received-differs-from-parts", "read/broken-link"]
    assert run("check", tmp_path / "self.yaml").code == 2


def test_the_same_file_named_twice_is_one_file(run, report, tmp_path):
    path = report(BAD)
    told = run("check", path, path, tmp_path, "--format", "json")
    assert told.json["summary"]["files"] == 1
    assert told.ids == ["demo/received-differs-from-parts"]


@pytest.mark.slow
def test_a_thousand_small_files(run_process, tmp_path):
    for number in range(1000):
        (tmp_path / f"{number:04}.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "0999.yaml").write_text("report: {form: [", encoding="utf-8")
    told = run_process("check", tmp_path, "--format", "json")
    assert told.json["summary"]["files"] == 1000
    assert told.ids == ["read/yaml-open-bracket"]


def test_whoever_stops_reading_gets_no_complaint(report, environment, tmp_path):
    for number in range(300):
        report(BAD, f"{number}.yaml")
    command = f'"{COMMAND}" check "{tmp_path}" --format plain --verbose | head -1'
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, env=environment, timeout=60
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
def test_ctrl_c_ends_with_a_word(tmp_path, environment):
    for number in range(3000):
        (tmp_path / f"{number}.yaml").write_text(BAD, encoding="utf-8")
    process = subprocess.Popen(
        [COMMAND, "check", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    try:
        process.wait(0.6)
        pytest.skip("the run was over before it could be stopped")
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in (out + err).decode()
    assert "Đã dừng" in err.decode()

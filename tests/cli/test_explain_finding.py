"""`validator explain-finding` files an explanation beside a report, and says why it does not."""

from __future__ import annotations

import json
from datetime import date

import pytest

from validator import ValidatorError, check, check_report_object, explain_finding, load_pack, read_report
from validator.cli.main import main
from validator.model.verdict import Verdict
from validator.readers.explanation import read_sidecar

PACK = """\
pack: small
version: 1.0.0
form: small
fields: {a: {type: count}, b: {type: count}, c: {type: count}, share: {type: percent}}
tables: {t: {columns: {code: {type: text}, max: {type: number}, got: {type: number}}}}
"""
RULES = """\
rules:
  - {id: a-differs-from-b, title: {vi: a khác b, en: a differs from b}, assert: a = b, severity: warning,
     aliases: [a-is-not-b]}
  - {id: c-exceeds-a, title: {vi: c lớn hơn a, en: c exceeds a}, assert: c ≤ a, severity: error}
  - {id: got-exceeds-max, title: {vi: vượt tối đa, en: got exceeds max}, severity: info,
     assert: "all row in t: row.got ≤ row.max"}
"""
REPORT = """\
report: {form: small}
a: 5
b: "1.034"
c: 6
t:
  - {code: I.1, max: 2, got: 3}
  - {code: I.2, max: 2, got: 2}
  - {code: I.3, max: 2, got: 4}
"""
RULE = "small/a-differs-from-b"


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "small.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "reports" / "xa.yaml"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def sidecar(report):
    return report.with_name("xa.giai-trinh.yaml")


@pytest.fixture
def command(pack, report, capsys):
    """Run a command on the report and return its exit code and what it printed."""

    def run(name, *arguments, on=report):
        code = main([name, str(on), *arguments, "--pack", str(pack)])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


@pytest.fixture
def explain(command):
    def run(*arguments, rule=RULE, reason="vì thế"):
        return command("explain-finding", rule, "--reason", reason, *arguments)

    return run


def codes(report, pack, **options):
    (file,) = check([report], packs=[pack], **options).files
    return [each.id for each in file.diagnostics if each.verdict is Verdict.FAIL and not each.waiver]


def test_a_finding_is_explained(explain, command, report, sidecar, pack):
    assert explain("--by", "Nguyễn Văn A", "--date", "2024-06-20")[0] == 0
    (given,) = read_sidecar(sidecar).explanations
    assert (given.rule, given.path, given.author) == (RULE, "a", "Nguyễn Văn A")
    assert (given.given_on, given.values) == (date(2024, 6, 20), {"a": "5", "b": "1.034"})
    assert report.read_text(encoding="utf-8") == REPORT
    code, told = command("check")
    assert code == 1
    assert "Cảnh báo (đã giải trình): a khác b" in told
    assert "Giải trình: vì thế (Nguyễn Văn A, ngày 20/06/2024)" in told
    assert "Phát hiện: 1 lỗi, 0 cảnh báo, 2 lưu ý; đã giải trình: 1" in told
    assert RULE not in codes(report, pack)


@pytest.mark.parametrize("form", ["table", "plain", "json", "junit", "github", "sarif"])
def test_every_format_shows_the_explanation(explain, command, form):
    explain(reason="because")
    assert "because" in command("check", "--format", form)[1]


def test_an_explained_finding_fails_nothing(explain, command):
    assert command("check", "--select", RULE, "--fail-on", "info")[0] == 1
    explain()
    code, told = command("check", "--select", RULE, "--fail-on", "info")
    assert code == 0
    assert "Không có số liệu nào không khớp" not in told


def test_json_counts_explained_findings_apart(explain, command):
    explain()
    result = json.loads(command("check", "--format", "json")[1])
    assert result["summary"]["explained"] == 1
    assert result["summary"]["findings"] == {"error": 1, "warning": 0, "info": 2}
    waivers = [each.get("waiver") for each in result["files"][0]["diagnostics"] if each["id"] == RULE]
    assert waivers[0].startswith("vì thế")


def test_another_spelling_leaves_it_valid_and_another_value_does_not(explain, report, pack):
    explain()
    report.write_text("# đã xem\n" + REPORT.replace('"1.034"', "1034"), encoding="utf-8")
    assert RULE not in codes(report, pack)
    report.write_text(REPORT.replace("1.034", "1.035"), encoding="utf-8")
    assert {RULE, "waiver/lapsed"} <= set(codes(report, pack))


def test_a_lapsed_one_is_replaced_only_when_asked(explain, report, sidecar):
    explain()
    before = sidecar.read_bytes()
    report.write_text(REPORT.replace("1.034", "1.035"), encoding="utf-8")
    code, told = explain()
    assert (code, sidecar.read_bytes()) == (2, before)
    assert "--replace" in told
    assert "xa.giai-trinh.yaml:2" in told
    assert explain("--replace", reason="lý do mới")[0] == 0
    (given,) = read_sidecar(sidecar).explanations
    assert (given.reason, given.values["b"]) == ("lý do mới", "1.035")


def test_a_valid_one_is_replaced_only_when_asked(explain, sidecar):
    explain()
    code, told = explain(reason="khác")
    assert code == 2
    assert "vì thế" in told
    assert explain("--replace", reason="khác")[0] == 0
    assert [each.reason for each in read_sidecar(sidecar).explanations] == ["khác"]


def test_what_stands_in_the_file_stays(explain, sidecar):
    text = "# sổ giải trình\nexplanations:\n- {rule: c-exceeds-a, reason: a}   # hai dấu cách\n"
    sidecar.write_text(text, encoding="utf-8")
    assert explain()[0] == 0
    assert sidecar.read_text(encoding="utf-8").startswith(text)


def test_the_file_of_the_full_name_is_added_to_where_there_is_one(explain, report, sidecar):
    other = report.with_name("xa.yaml.giai-trinh.yaml")
    other.touch()
    assert explain()[0] == 0
    assert not sidecar.exists()
    assert len(read_sidecar(other).explanations) == 1


@pytest.mark.parametrize("which", ["t[3].got", "I.3", "2"])
def test_rows_are_told_apart(explain, report, pack, which):
    rule = "got-exceeds-max"
    code, told = explain(rule=rule)
    assert code == 2
    assert "t[1].got" in told
    assert "t[3].got" in told
    assert explain("--field", which, rule=rule)[0] == 0
    (file,) = check([report], packs=[pack]).files
    rows = {each.fields[0].location.row_code: each.waiver for each in file.diagnostics if rule in each.id}
    assert not rows["I.1"]
    assert rows["I.3"]
    # The other row is not taken for the one that was explained.
    assert explain("--field", "I.1", rule=rule)[0] == 0


REFUSED = [
    ("c-exceeds-a", (), "lỗi về số học hoặc lịch"),
    ("small/a-difers-from-b", (), "small/a-differs-from-b"),
    ("restated-differently", (), "không có phát hiện"),
    ("a-differs-from-b", ("--field", "z"), "a (5 ≠ 1.034)"),
    ("a-differs-from-b", ("--field", "0"), "không có phát hiện nào ở 0"),
    ("a-differs-from-b", ("--date", "31/11/2023"), "31/11/2023"),
    ("a-differs-from-b", ("--reason", " \n"), "lý do"),
]


@pytest.mark.parametrize(("rule", "more", "words"), REFUSED)
def test_what_cannot_be_explained_is_refused_with_the_reason(explain, sidecar, rule, more, words):
    code, told = explain(*more, rule=rule)
    assert code == 2
    assert words in told
    assert not sidecar.exists()


def test_a_rule_that_could_not_be_decided_is_told(explain, report):
    report.write_text(REPORT.replace("a: 5\n", ""), encoding="utf-8")
    code, told = explain()
    assert code == 2
    assert "chưa đủ dữ liệu" in told


def test_a_file_that_is_no_report_is_told(command, tmp_path):
    code, told = command("explain-finding", RULE, "--reason", "x", on=tmp_path / "nothing.yaml")
    assert code == 2
    assert "nothing.yaml" in told


@pytest.mark.parametrize("text", ["explanations: [", "explanations: [{rule: a, reason: b}]\n", "- a\n"])
def test_a_file_that_cannot_be_added_to_is_left_alone(explain, sidecar, text):
    sidecar.write_text(text, encoding="utf-8")
    code, told = explain()
    assert code == 2
    assert str(sidecar) in told
    assert sidecar.read_text(encoding="utf-8") == text


def test_hostile_words_stay_words(explain, command, sidecar):
    hostile = 'x"\n- rule: "\x1b[31m \u202e #{{}} \udc80 =cmd|'
    assert explain("--by", "\n: -", reason=hostile)[0] == 0
    (given,) = read_sidecar(sidecar).explanations
    assert given.reason == 'x" - rule: "\ufffd[31m \ufffd #{{}} \ufffd =cmd|'
    assert "\x1b" not in command("check")[1]


def test_a_broken_file_of_explanations_is_told_and_the_report_is_checked(command, sidecar, report, pack):
    sidecar.write_text('explanations:\n  - {rule: "a', encoding="utf-8")
    assert {RULE, "waiver/unreadable", "small/c-exceeds-a"} <= set(codes(report, pack))
    told = command("check")[1]
    assert f"{sidecar}, dòng 2" in told
    sidecar.unlink()
    sidecar.mkdir()
    assert "waiver/unreadable" in codes(report, pack)


def test_what_was_not_run_is_not_called_unused(explain, report, pack):
    explain()
    assert codes(report, pack, select=["c-exceeds-a"]) == ["small/c-exceeds-a"]
    assert "waiver/unused" not in codes(report, pack, ignore=[RULE])


def test_codes_of_explanations_may_be_ignored(sidecar, report, pack, command):
    sidecar.write_text("explanations:\n  - {rule: c-exceeds-a, reason: x}\n", encoding="utf-8")
    assert "waiver/hard-finding" in codes(report, pack)
    assert "waiver/hard-finding" not in codes(report, pack, ignore=["waiver/*"])
    assert command("check", "--ignore", "waiver/hard-finding")[0] == 1


def test_the_file_of_explanations_is_no_report(explain, pack, report):
    explain()
    result = check([report.parent], packs=[pack])
    assert [each.path for each in result.files] == [str(report)]
    assert result.passed_over == ()


def test_a_report_may_carry_its_explanations(explain, report, sidecar, pack, command):
    explain()
    report.write_text(REPORT + sidecar.read_text(encoding="utf-8"), encoding="utf-8")
    sidecar.unlink()
    assert RULE not in codes(report, pack)
    loaded = load_pack(pack)
    told = check_report_object(read_report(report, loaded).report, packs=[loaded])
    assert [each.waiver != "" for each in told if each.id == RULE] == [True]
    assert "--replace" in explain()[1]
    code, words = explain("--replace")
    assert code == 2
    assert "xa.yaml:" in words
    assert 'reason: "vì thế"' in command("read")[1]


def test_from_python(report, pack, sidecar):
    path = explain_finding(report, "a-is-not-b", reason="x", by="y", on=date(2024, 1, 2), packs=[pack])
    assert path == sidecar
    with pytest.raises(ValidatorError) as caught:
        explain_finding(report, "a-is-not-b", reason="x", packs=[pack])
    assert caught.value.problem.code == "waiver/explained-already"

"""One explanation for all findings of a rule, in a report or a folder."""

from __future__ import annotations

import zipfile

import pytest

from validator import ValidatorError, check, explain_findings
from validator.explaining.public import where
from validator.model.verdict import Verdict
from validator.readers.explanation import read_sidecar

from .conftest import RULE


def codes(source, pack):
    return [
        each.id
        for file in check([source], packs=[pack]).files
        for each in file.diagnostics
        if each.verdict is Verdict.FAIL and not each.waiver
    ]


def sidecars(folder):
    return sorted(folder.rglob("*.giai-trinh.yaml"))


def test_all_findings_of_a_rule_in_a_folder_are_explained_by_one_command(run, folder, pack):
    code, out, err = run(folder, RULE, "--all", "--reason", "vì thế", "--by", "Nguyễn Văn A")
    assert (code, out, err) == (0, "Đã ghi 3 giải trình vào 3 tệp.\n", "")
    assert RULE not in codes(folder, pack)
    assert [each.parent.name for each in sidecars(folder)] == ["reports", "reports", "sub"]
    for each in sidecars(folder):
        (given,) = read_sidecar(each).explanations
        assert (given.rule, given.reason, given.author) == (RULE, "vì thế", "Nguyễn Văn A")


def test_all_rows_of_one_report_are_explained_and_another_time_nothing_is_written(run, folder, pack):
    report = folder / "a.yaml"
    assert run(report, "got-exceeds-max", "--all", "--reason", "x")[1] == "Đã ghi 2 giải trình vào 1 tệp.\n"
    before = [each.read_bytes() for each in sidecars(folder)]
    _, out, _ = run(report, "got-exceeds-max", "--all", "--reason", "y")
    assert out == "Đã ghi 0 giải trình vào 0 tệp.\nĐã có sẵn: 2.\n"
    assert [each.read_bytes() for each in sidecars(folder)] == before
    assert "small/got-exceeds-max" not in codes(report, pack)
    run(report, "got-exceeds-max", "--all", "--reason", "y", "--replace")
    assert [each.reason for each in read_sidecar(sidecars(folder)[0]).explanations] == ["y", "y"]


def test_a_pattern_and_a_figure_choose_a_group(run, folder):
    report = folder / "a.yaml"
    assert run(report, "small/*", "--all", "--field", "b", "--reason", "x")[1].startswith("Đã ghi 1 ")
    assert (
        run(report, "small/*", "--all", "--reason", "x")[1]
        == "Đã ghi 2 giải trình vào 1 tệp.\nĐã có sẵn: 1.\n"
    )


def test_an_explanation_lapses_alone_when_its_figure_changes(run, folder, pack, write):
    run(folder, RULE, "--all", "--reason", "x")
    write(folder / "b.yaml", b=9)
    found = codes(folder, pack)
    assert found.count(RULE) == 1
    assert found.count("waiver/lapsed") == 1
    code, _, err = run(folder, RULE, "--all", "--reason", "y")
    assert code == 2
    assert "b.giai-trinh.yaml:2" in err
    assert "--replace" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("c-exceeds-a", "--all", "--reason", "x"), "[waiver/must-be-corrected]"),
        (("a-differs-from-c", "--all", "--reason", "x"), "[cli/unknown-rule]"),
        ((RULE, "--all", "--field", "z", "--reason", "x"), "[waiver/agrees-there]"),
        (("restated-differently", "--all", "--reason", "x"), "[waiver/agrees]"),
        ((RULE, "--all", "--reason", " \n"), "[waiver/no-reason]"),
        ((RULE, "--reason", "x"), "[cli/explain-folder]"),
        (("--reason", "x"), "[cli/explain-needs-rule]"),
        ((RULE, "--all", "--reason", "x", "--sheet", "s.xlsx"), "[cli/explain-alone]"),
        ((RULE, "--from", "s.xlsx"), "[cli/explain-alone]"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run, folder, arguments, told):
    code, out, err = run(folder, *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert not sidecars(folder)


def test_a_report_that_cannot_be_read_is_told(run, folder):
    code, _, err = run(folder / "nothing.yaml", RULE, "--all", "--reason", "x")
    assert code == 2
    assert "nothing.yaml" in err


def test_reports_in_a_zip_are_left_out_and_told(run, folder, tmp_path):
    with zipfile.ZipFile(folder / "d.zip", "w") as packet:
        packet.write(folder / "a.yaml", "d.yaml")
    assert run(folder, RULE, "--all", "--reason", "x")[1] == "Đã ghi 3 giải trình vào 3 tệp.\n"
    _, out, _ = run(folder, "--sheet", tmp_path / "s.xlsx")
    assert "Không lấy báo cáo trong tệp nén (1)" in out
    code, _, err = run(folder / "d.zip", RULE, "--all", "--reason", "x")
    assert code == 2
    assert "[waiver/packed]" in err


def test_one_file_that_cannot_be_added_to_leaves_all_as_they_are(run, folder):
    (folder / "sub" / "c.giai-trinh.yaml").write_text("explanations: [", encoding="utf-8")
    code, out, err = run(folder, RULE, "--all", "--reason", "x")
    assert (code, out) == (2, "")
    assert "c.giai-trinh.yaml" in err
    assert [each.name for each in sidecars(folder)] == ["c.giai-trinh.yaml"]
    assert (folder / "sub" / "c.giai-trinh.yaml").read_text(encoding="utf-8") == "explanations: ["


def test_a_disk_that_refuses_one_file_gets_back_what_it_had(run, folder, monkeypatch):
    from pathlib import Path

    run(folder / "a.yaml", "got-exceeds-max", "--all", "--reason", "x")
    before = (folder / "a.giai-trinh.yaml").read_bytes()
    replace = Path.replace

    def refuse(self, target):
        if Path(target).name == "c.giai-trinh.yaml":
            raise PermissionError(13, "đang mở", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    code, _, err = run(folder, RULE, "--all", "--reason", "x")
    assert code == 2
    assert "c.giai-trinh.yaml" in err
    assert [each.name for each in sidecars(folder)] == ["a.giai-trinh.yaml"]
    assert (folder / "a.giai-trinh.yaml").read_bytes() == before
    assert not list(folder.rglob("*.part"))


def test_from_python(folder, pack):
    at = where(folder, packs=[pack])
    filed = explain_findings(at, RULE, reason="x")
    assert (filed.written, len(filed.files)) == (3, 3)
    with pytest.raises(ValidatorError):
        explain_findings(at, "small/c-exceeds-a", reason="x")


def test_findings_of_a_review_are_explained_for_all_units_at_once(run, folder):
    code, out, _ = run(folder, RULE, "--all", "--reason", "x", "--with", folder)
    assert (code, out) == (0, "Đã ghi 3 giải trình vào 3 tệp.\n")

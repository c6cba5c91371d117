"""A sheet of the findings that wait for an explanation: written, filled in with Excel, read back."""

from __future__ import annotations

import pytest

from validator import check
from validator.model.verdict import Verdict
from validator.readers.explanation import read_sidecar

from .conftest import RULE, Filled

pytest.importorskip("xlsxwriter")

REASON, BY = "Lý do giải trình", "Người giải trình"


def left(folder, pack):
    return [
        each.id
        for file in check([folder], packs=[pack]).files
        for each in file.diagnostics
        if each.verdict is Verdict.FAIL and not each.waiver and each.severity.value != "error"
    ]


def sidecars(folder):
    return sorted(folder.rglob("*.giai-trinh.yaml"))


def test_the_sheet_lists_what_may_be_explained_alike_ones_together(sheet):
    found = sheet()
    assert found.column("Đơn vị")[:3] == ["Xã A", "Xã B", "Xã C"]
    assert found.column("Nội dung chưa khớp")[:2] == ["a khác b\n5 ≠ 7\nLệch: 2", "a khác b\n5 ≠ 8\nLệch: 3"]
    assert found.column("Số liệu")[0].startswith("Số A: 5\nSố B: 7")
    assert found.column("Vị trí")[0] == "Dòng 2, cột 4"
    assert found.column("Tệp báo cáo")[:3] == ["a.yaml", "b.yaml", "sub/c.yaml"]
    assert {*found.column(REASON), *found.column(BY)} == {""}
    assert len(found.rows) == 9
    # An error cannot be explained; ids are no words.
    assert not [row for row in found.rows for text in row if "c lớn hơn a" in text or "small/" in text]


def test_what_was_filled_in_is_filed_beside_each_report(sheet, run, folder, pack):
    found = sheet("small/a-*").fill(REASON, "hợp nhất", "", "chốt sau").fill(BY, "Bà A", "", "")
    code, out, err = run(folder, "--from", found.save(), "--by", "Ông B", "--date", "2024-06-20")
    assert (code, err) == (0, "")
    assert out == "Đã ghi 2 giải trình vào 2 tệp.\nChưa ghi lý do: 1 dòng.\n"
    given = [read_sidecar(each).explanations for each in sidecars(folder)]
    assert [(one.reason, one.author) for (one,) in given] == [("hợp nhất", "Bà A"), ("chốt sau", "Ông B")]
    assert left(folder, pack).count(RULE) == 1
    # What is explained stands in no further sheet, and the same sheet read again changes nothing.
    before = [each.read_bytes() for each in sidecars(folder)]
    assert "Đã có sẵn: 2." in run(folder, "--from", found.path, "--by", "Ông B")[1]
    assert [each.read_bytes() for each in sidecars(folder)] == before
    found.path.unlink()
    assert sheet("small/a-*").column("Tệp báo cáo") == ["b.yaml"]


def test_columns_may_move_rows_go_and_sheets_get_other_names(sheet, run, folder, pack):
    found = sheet("small/a-*").fill(REASON, "một", "hai", "ba")
    found.rows = [found.rows[2], found.rows[0]]
    found.move([8, 5, 0, 7, 6, 1, 2, 3, 4]).name = "Của tôi"
    found.head = []
    assert run(folder, "--from", found.save())[:2] == (0, "Đã ghi 2 giải trình vào 2 tệp.\n")
    assert [read_sidecar(each).explanations[0].reason for each in sidecars(folder)] == ["một", "ba"]


def test_one_reason_over_merged_rows_is_for_all_of_them(sheet, run, folder):
    found = sheet("small/a-*").fill(REASON, "chung", "", "")
    first = len(found.head) + 2
    found.save(merged=f"F{first}:F{first + 2}")
    assert run(folder, "--from", found.path)[1] == "Đã ghi 3 giải trình vào 3 tệp.\n"


def test_a_row_whose_figures_have_changed_is_told_and_the_others_are_taken(sheet, run, folder, write):
    found = sheet("small/a-*").fill(REASON, "một", "hai", "ba")
    write(folder / "b.yaml", b=10)
    code, out, err = run(folder, "--from", found.save())
    assert code == 1
    assert out == "Đã ghi 2 giải trình vào 2 tệp.\nKhông lấy: 1 dòng.\n"
    assert "Ô F6: số liệu của báo cáo đã khác" in err
    assert "Số B: 10" in err
    assert [each.name for each in sidecars(folder)] == ["a.giai-trinh.yaml", "c.giai-trinh.yaml"]


def test_figures_changed_in_the_sheet_are_told_and_not_taken(sheet, run, folder):
    found = sheet("small/a-*").fill(REASON, "một", "hai", "ba")
    found.rows[0][found.at("Số liệu")] = found.rows[0][found.at("Số liệu")].replace("7", "5")
    code, _, err = run(folder, "--from", found.save())
    assert code == 1
    assert "Ô F5: số liệu ghi trong bảng đã bị sửa" in err
    assert not (folder / "a.giai-trinh.yaml").exists()


def test_a_finding_that_is_gone_and_a_report_that_is_gone_are_told(sheet, run, folder, write):
    found = sheet("small/a-*").fill(REASON, "một", "hai", "ba")
    write(folder / "a.yaml", b=5)
    (folder / "b.yaml").unlink()
    code, out, err = run(folder, "--from", found.save())
    assert (code, out) == (1, "Đã ghi 1 giải trình vào 1 tệp.\nKhông lấy: 2 dòng.\n")
    assert "báo cáo a.yaml không còn phát hiện này" in err
    assert "không thấy báo cáo b.yaml" in err


def test_where_no_row_can_be_taken_the_command_fails(sheet, run, folder, write):
    found = sheet("small/a-*").fill(REASON, "một")
    write(folder / "a.yaml", b=5)
    assert run(folder, "--from", found.save())[0] == 2
    assert not sidecars(folder)


def test_a_lapsed_explanation_is_renewed_and_a_valid_one_needs_to_be_replaced(sheet, run, folder, write):
    run(folder, RULE, "--all", "--reason", "cũ")
    write(folder / "a.yaml", b=8)
    found = sheet("small/a-*")
    assert found.column("Tệp báo cáo") == ["a.yaml"]
    found.fill(REASON, "mới").save()
    assert run(folder, "--from", found.path)[0] == 0
    assert [each.reason for each in read_sidecar(sidecars(folder)[0]).explanations] == ["mới"]
    found.fill(REASON, "khác").save()
    code, _, err = run(folder, "--from", found.path)
    assert code == 2
    assert "[waiver/explained-already]" in err
    assert run(folder, "--from", found.path, "--replace")[0] == 0
    assert [each.reason for each in read_sidecar(sidecars(folder)[0]).explanations] == ["khác"]


def test_a_sheet_without_a_reason_writes_nothing(sheet, run, folder):
    found = sheet("small/a-*")
    assert run(folder, "--from", found.path)[:2] == (
        0,
        "Đã ghi 0 giải trình vào 0 tệp.\nChưa ghi lý do: 3 dòng.\n",
    )
    assert not sidecars(folder)


def no_code(found):
    found.rows[0][found.at("Mã đối chiếu (giữ nguyên)")] = ""


def no_column(found):
    found.columns[found.at(REASON)] = "Ý kiến"


def no_table(found):
    found.columns, found.rows, found.head = ["a", "b"], [["1", "2"]], []


def formula(found):
    found.rows[1][found.at(REASON)] = "=A1&B1"


def formula_as_code(found):
    found.rows[1][found.at("Mã đối chiếu (giữ nguyên)")] = "=A1"


def two_reasons(found):
    found.rows.append([*found.rows[0]])
    found.rows[-1][found.at(REASON)] = "khác"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (no_code, "Dòng 5 có lý do nhưng không còn tệp báo cáo hoặc mã đối chiếu"),
        (no_column, "Bảng giải trình thiếu cột: Lý do giải trình."),
        (no_table, "Không thấy bảng giải trình trong tệp này."),
        (formula, "Có công thức hoặc giá trị lỗi ở chỗ cần ghi chữ: ô F6."),
        (formula_as_code, "Có công thức hoặc giá trị lỗi ở chỗ cần ghi chữ: ô I6."),
        (two_reasons, "hai lý do khác nhau: F5, F8."),
    ],
)
def test_a_sheet_that_is_unclear_is_refused_with_its_place_and_nothing_is_written(
    sheet, run, folder, change, told
):
    found = sheet("small/a-*").fill(REASON, "một", "hai", "ba")
    change(found)
    code, out, err = run(folder, "--from", found.save())
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("lỗi: ") == 1
    assert not sidecars(folder)


def test_a_sheet_of_another_folder_is_refused(sheet, run, folder, write, tmp_path):
    found = sheet("small/a-*").fill(REASON, "một").save()
    write(tmp_path / "other" / "z.yaml")
    code, out, err = run(tmp_path / "other", "--from", found)
    assert (code, out) == (2, "")
    assert "Bảng này lập cho báo cáo khác" in err
    assert not sidecars(tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"abc", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_is_refused(run, folder, tmp_path, data):
    (tmp_path / "s.xlsx").write_bytes(data)
    code, out, err = run(folder, "--from", tmp_path / "s.xlsx")
    assert (code, out) == (2, "")
    assert "s.xlsx" in err
    assert err.count("lỗi: ") == 1
    assert not sidecars(folder)


def test_a_word_document_or_nothing_is_no_sheet(run, folder, tmp_path):
    (tmp_path / "s.txt").write_text("Lý do giải trình", encoding="utf-8")
    assert "[waiver/no-workbook]" in run(folder, "--from", tmp_path / "s.txt")[2]
    assert "[read/no-such-file]" in run(folder, "--from", tmp_path / "none.xlsx")[2]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("s.xls", "sheet-suffix"),
        ("reports/s.xlsx", "output-among-inputs"),
        ("none/s.xlsx", "cannot-write-file"),
    ],
)
def test_a_sheet_that_cannot_be_written_is_told(run, folder, tmp_path, name, told):
    code, out, err = run(folder, "--sheet", tmp_path / name)
    assert (code, out) == (2, "")
    assert f"[cli/{told}]" in err
    assert not (tmp_path / name).exists()


def test_a_sheet_of_its_own_name_may_lie_among_the_reports(run, folder):
    out = folder / "ky-nay.giai-trinh.xlsx"
    assert run(folder, "--sheet", out)[0] == 0
    _, shown, _ = run(folder, "-q", name="check")
    assert "ky-nay" not in shown
    assert run(folder, "--from", out)[0] == 0


def test_a_sheet_in_which_somebody_wrote_is_never_written_over(sheet, run, folder):
    found = sheet()
    before = found.path.read_bytes()
    code, _, err = run(folder, "--sheet", found.path)
    assert code == 2
    assert "[cli/sheet-there]" in err
    assert found.path.read_bytes() == before


def test_without_findings_there_is_no_sheet(run, tmp_path, write):
    report = write(tmp_path / "r" / "a.yaml", b=5)
    code, out, _ = run(report, "small/a-differs-from-b", "--sheet", tmp_path / "s.xlsx")
    assert code == 0
    assert out == (
        "Không có phát hiện nào chờ giải trình, nên không lập bảng.\n"
        "Ngoài ra có 1 lỗi phải kiểm tra, sửa, không giải trình được; lệnh check liệt kê.\n"
    )
    assert not (tmp_path / "s.xlsx").exists()


def test_the_same_reports_give_the_same_sheet_also_in_english(sheet, run, folder, tmp_path):
    first = sheet().path.read_bytes()
    sheet_again = tmp_path / "t.xlsx"
    run(folder, "--sheet", sheet_again)
    assert sheet_again.read_bytes() == first
    run(folder, RULE, "--sheet", tmp_path / "e.xlsx", "--lang", "en")
    found = Filled(tmp_path / "e.xlsx").fill("Reason", "merged", "", "")
    assert run(folder, "--from", found.save(), "--lang", "en")[1].startswith("1 explanations were written")


def test_hostile_words_in_a_sheet_stay_words(sheet, run, folder):
    hostile = 'x"\n- rule: "#{{}} =cmd|'
    found = sheet("small/a-*").fill(REASON, hostile)
    assert run(folder, "--from", found.save())[0] == 0
    assert read_sidecar(sidecars(folder)[0]).explanations[0].reason == 'x" - rule: "#{{}} =cmd|'

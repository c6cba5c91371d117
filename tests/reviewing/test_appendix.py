"""A narrative in Word and its appendix in Excel are one report, held against each other."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

docx = pytest.importorskip("docx")
xlsxwriter = pytest.importorskip("xlsxwriter")

from validator import (  # noqa: E402 - after what they need is known to be there
    ValidatorError,
    accept,
    check,
    compare,
    read_report,
    review,
    rollup,
    write_review,
)
from validator.cli.main import main  # noqa: E402 - after what they need is known to be there

HEAD = (
    "ỦY BAN NHÂN DÂN", "XÃ AN LẠC", "An Lạc, ngày 14 tháng 6 năm 2024", "BÁO CÁO",
    "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024",
    "(Số liệu tính từ ngày 15/12/2023 đến ngày 14/6/2024)",
    "1. Cải cách thủ tục hành chính",
)  # fmt: skip
ITEMS = ("- Tổng số hồ sơ TTHC đã tiếp nhận: 600 hồ sơ, trong đó:", "+ Tiếp nhận trực tiếp: 600 hồ sơ.")
ROWS = (
    ("3.3.1", "Tổng số hồ sơ TTHC đã tiếp nhận", "Hồ sơ", 610),
    ("4.2.1", "Tổng số biên chế được giao trong năm", "Người", 21),
)


def page(path, unit="XÃ AN LẠC"):
    made = docx.Document()
    for line in (*HEAD[:1], unit, *HEAD[2:], *ITEMS):
        made.add_paragraph(line)
    made.save(path)


def book(path, who="UBND XÃ AN LẠC", when="6 THÁNG ĐẦU NĂM 2024", received=610):
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Phụ lục")
    sheet.write(0, 0, who)
    sheet.write(1, 0, f"PHỤ LỤC THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CCHC {when}")
    rows = ((*ROWS[0][:3], received), *ROWS[1:])
    for row, cells in enumerate((("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"), *rows), start=3):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    made.close()


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in" / "Xã An Lạc"
    place.mkdir(parents=True)
    (place.parent / "units.yaml").write_text(
        "units:\n  - {id: an-lac, name: Xã An Lạc, level: xã, parent: huyen}\n"
        "  - {id: huyen, name: Huyện Tân Sơn, level: huyện}\n",
        encoding="utf-8",
    )
    page(place / "bao-cao.docx")
    book(place / "phu-luc.xlsx")
    return place.parent


def test_they_are_one_report_and_no_versions(folder):
    found = review(folder)
    row, _ = found.units
    assert row.current.path.endswith("bao-cao.docx")
    assert row.older == ()
    assert "review/with-appendix" in [each.id for each in row.notes]


def test_where_they_differ_is_found(folder):
    found = review(folder, lang="en")
    row, _ = found.units
    told = [
        each for each in found.details[row.key].result.diagnostics if each.id.endswith("restated-differently")
    ]
    assert ["600", "610"] in [[label.raw for label in each.fields] for each in told]


def test_both_come_back_with_comments(folder, tmp_path_factory):
    target = tmp_path_factory.mktemp("ket-qua")
    done = write_review(review(folder), target, sources=folder)
    names = {path.name for path in done.paths}
    assert {"bao-cao.chu-thich.docx", "phu-luc.chu-thich.xlsx"} <= names


def test_an_appendix_alone_is_a_report(folder):
    (folder / "Xã An Lạc" / "bao-cao.docx").unlink()
    row, _ = review(folder).units
    assert row.current.path.endswith("phu-luc.xlsx")


def together(folder):
    place = folder / "Xã An Lạc"
    return [place / "bao-cao.docx", place / "phu-luc.xlsx"]


def compared(found):
    return [[label.raw for label in each.fields] for each in found.diagnostics if "restated" in each.id]


@pytest.mark.parametrize("how", ["named", "named the other way round", "in a folder", "in a zip"])
def test_check_takes_them_as_one_report(folder, how, tmp_path):
    files = together(folder)
    sources = {
        "named": files,
        "named the other way round": files[::-1],
        "in a folder": [files[0].parent],
    }.get(how)
    if sources is None:
        sources = [tmp_path / "nop.zip"]
        with zipfile.ZipFile(sources[0], "w") as target:
            for each in files:
                target.write(each, each.name)
    (found,) = check(sources, lang="en").files
    assert [Path(found.path).name, *(Path(each).name for each in found.parts)] == [
        "bao-cao.docx",
        "phu-luc.xlsx",
    ]
    assert ["600", "610"] in compared(found)
    assert "read/with-appendix" in [each.id for each in found.diagnostics]


def test_an_appendix_that_does_not_say_whose_it_is_goes_with_the_narrative_beside_it(folder):
    book(folder / "Xã An Lạc" / "phu-luc.xlsx", who="")
    (found,) = check(together(folder)).files
    assert ["600", "610"] in compared(found)
    row, _ = review(folder).units
    assert row.older == ()


@pytest.mark.parametrize(
    "other",
    [
        {"who": "UBND XÃ BÌNH MINH"},
        {"when": "NĂM 2023"},
        {"when": "6 THÁNG ĐẦU NĂM 2025"},
    ],
)
def test_what_is_of_another_unit_or_period_stays_apart(folder, other):
    book(folder / "Xã An Lạc" / "phu-luc.xlsx", **other)
    found = check(together(folder)).files
    assert [Path(each.path).name for each in found] == ["bao-cao.docx", "phu-luc.xlsx"]
    assert not any(each.parts for each in found)


def test_between_two_narratives_of_two_units_nobody_decides(folder):
    place = folder / "Xã An Lạc"
    book(place / "phu-luc.xlsx", who="")
    page(place / "khac.docx", "XÃ BÌNH MINH")
    assert len(check(place).files) == 3


def test_explanations_beside_either_file_count(folder):
    reason = "explanations:\n  - {rule: restated-differently, field: hoso.received, reason: vì}\n"
    (folder / "Xã An Lạc" / "phu-luc.giai-trinh.yaml").write_text(reason, encoding="utf-8")
    (found,) = check(together(folder)).files
    assert [each.topic for each in found.diagnostics if each.location.file.endswith("giai-trinh.yaml")] in (
        [],
        ["waiver"],
    )
    assert any(each.waiver or each.topic == "waiver" for each in found.diagnostics)


def test_accept_files_them_as_one_report(folder, tmp_path):
    done = accept(together(folder), tmp_path / "archive")
    assert (done.version, [Path(each).name for each in done.files]) == (1, ["bao-cao.docx", "phu-luc.xlsx"])
    cells = read_report(done.path).report.cells
    assert [cell.raw for cell in cells["hoso.received"]] == ["600", "610"]
    assert not accept(together(folder), tmp_path / "archive").is_new
    assert main(["accept", *map(str, together(folder)), "--archive", str(tmp_path / "other")]) == 0
    assert len(list((tmp_path / "other").rglob("*.yaml"))) == 1


def test_accept_of_one_report_refuses_two(folder, tmp_path):
    page(tmp_path / "khac.docx", "XÃ BÌNH MINH")
    with pytest.raises(ValidatorError) as told:
        accept([together(folder)[0], tmp_path / "khac.docx"], tmp_path / "archive")
    assert told.value.problem.code == "archive/not-one"


def test_rollup_adds_up_what_both_state(folder):
    rolled = rollup(folder, parent="huyen")
    assert [Path(each).name for pair in rolled.joined for each in pair] == ["bao-cao.docx", "phu-luc.xlsx"]
    assert rolled.aside == ()
    assert len(rolled.units) == 1


def test_rollup_takes_an_older_version_of_an_appendix_for_no_report(folder):
    book(folder / "Xã An Lạc" / "phu-luc-2.xlsx", received=620)
    book(folder / "Xã An Lạc" / "phu-luc-10.xlsx", received=600)
    rolled = rollup(folder, parent="huyen")
    assert [Path(each).name for pair in rolled.joined for each in pair] == ["bao-cao.docx", "phu-luc-10.xlsx"]
    told = {Path(each.path).name: each.reason.id for each in rolled.aside}
    assert told == dict.fromkeys(("phu-luc.xlsx", "phu-luc-2.xlsx"), "rollup/undated-version")
    assert rolled.report.cells["hoso.commune.received"][0].value.value == 600


def test_two_units_whose_names_differ_by_a_mark_are_no_versions_of_each_other(folder):
    (folder / "units.yaml").unlink()
    place = folder / "Xã An Lạc"
    page(place / "khac.docx", "XÃ ÂN LẠC")
    (place / "phu-luc.xlsx").unlink()
    assert sorted(each.name for each in rollup(folder, parent="huyen").units) == ["Xã An Lạc", "Xã Ân Lạc"]
    assert len(review(folder).units) == 2


def test_accept_guesses_no_unit_between_two_of_one_name(folder, tmp_path):
    (folder / "units.yaml").write_text(
        "units:\n  - {id: an-lac, name: Xã An Lạc, level: xã, parent: huyen}\n"
        "  - {id: an-lac-2, name: Xã An Lạc, level: xã, parent: tinh}\n"
        "  - {id: huyen, name: Huyện Tân Sơn, level: huyện}\n  - {id: tinh, name: Tỉnh Hà An, level: tỉnh}\n",
        encoding="utf-8",
    )
    shutil.move(folder / "Xã An Lạc" / "bao-cao.docx", tmp_path / "bao-cao.docx")
    with pytest.raises(ValidatorError) as told:
        accept(tmp_path / "bao-cao.docx", tmp_path / "archive", units=folder / "units.yaml")
    assert told.value.problem.code == "archive/undeclared"


def test_accept_and_compare_pass_over_a_note_that_lies_beside_a_report(folder, tmp_path):
    (folder / "Xã An Lạc" / "README.txt").write_text("Gửi chị Lan.\n", encoding="utf-8")
    assert len(accept(folder / "Xã An Lạc", tmp_path / "archive").files) == 2
    assert compare(folder / "Xã An Lạc", folder / "Xã An Lạc").unread == ()


def test_compare_takes_a_folder_for_a_version_and_tells_narrative_and_appendix_from_two(folder, tmp_path):
    old = tmp_path / "cu"
    shutil.copytree(folder / "Xã An Lạc", old)
    book(old / "phu-luc.xlsx", received=620)
    found = compare(old, folder / "Xã An Lạc", lang="en")
    assert found.unread == ()
    assert "620" in str(found.changed)
    doubts = compare(*together(folder)).notes
    assert [each.id for each in doubts] == ["compare/appendix"]


def test_what_was_not_recognised_in_a_file_is_not_said_to_be_missing_there(folder):
    whole = read_report(together(folder)[0]).report
    assert whole.is_whole
    made = docx.Document(str(together(folder)[0]))
    made.add_paragraph("Ngoài ra, đơn vị đã xử lý 45 việc khác chưa có tên gọi.")
    made.save(str(together(folder)[0]))
    assert not read_report(together(folder)[0]).report.is_whole


def test_an_appendix_is_told_by_itself_where_it_could_not_be_checked_with_its_report(folder, monkeypatch):
    from validator.checking import many
    from validator.submissions.worker import Loss

    (whole,) = (each for each in check([folder]).files if each.parts)
    usual = many._outcomes

    def failing(files, choice, progress):
        for sent, outcome in zip(files, usual(files, choice, progress), strict=True):
            lost = many._given_up(sent.name, many.limits_of(), Loss.TIME)
            yield lost if sent.beside else outcome

    monkeypatch.setattr(many, "_outcomes", failing)
    run = check([folder], lang="en")
    told = {each.path: each for each in run.files}
    assert [each.id for each in told[whole.path].diagnostics][-1] == "read/appendix-not-joined"
    assert told[whole.path].judged
    assert set(whole.parts) < set(told)


def test_a_workbook_is_no_narrative_even_if_its_rows_were_not_recognised(folder):
    (appendix,) = folder.rglob("*.xlsx")
    made = xlsxwriter.Workbook(str(appendix.with_name("a.xlsx")))
    sheet = made.add_worksheet("Phụ lục")
    for row, line in enumerate((*HEAD, "600", "610")):
        sheet.write(row, 0, line)
    made.close()
    (whole,) = (each for each in check([folder]).files if each.parts)
    assert whole.path.endswith(".docx")
    assert whole.parts == (str(appendix),)

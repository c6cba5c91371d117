"""A narrative in Word and its appendix in Excel are one report, held against each other."""

from __future__ import annotations

import pytest

docx = pytest.importorskip("docx")
xlsxwriter = pytest.importorskip("xlsxwriter")

from validator import review, write_review  # noqa: E402 - after what they need is known to be there

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


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "Xã An Lạc"
    place.mkdir()
    (tmp_path / "units.yaml").write_text(
        "units:\n  - {id: an-lac, name: Xã An Lạc, level: xã}\n", encoding="utf-8"
    )
    page = docx.Document()
    for line in (*HEAD, *ITEMS):
        page.add_paragraph(line)
    page.save(place / "bao-cao.docx")
    book = xlsxwriter.Workbook(str(place / "phu-luc.xlsx"))
    sheet = book.add_worksheet("Phụ lục")
    sheet.write(0, 0, "UBND XÃ AN LẠC")
    sheet.write(1, 0, "PHỤ LỤC THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CCHC 6 THÁNG ĐẦU NĂM 2024")
    for row, cells in enumerate((("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"), *ROWS), start=3):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.close()
    return tmp_path


def test_they_are_one_report_and_no_versions(folder):
    found = review(folder)
    (row,) = found.units
    assert row.current.path.endswith("bao-cao.docx")
    assert row.older == ()
    assert "review/with-appendix" in [each.id for each in row.notes]


def test_where_they_differ_is_found(folder):
    found = review(folder, lang="en")
    (row,) = found.units
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
    (row,) = review(folder).units
    assert row.current.path.endswith("phu-luc.xlsx")

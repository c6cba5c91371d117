"""The superior's report as a workbook and a document, and its own blank form filled with the sums."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

pytest.importorskip("docx")
pytest.importorskip("xlsxwriter")

import docx
import xlsxwriter

from validator.cli.main import main

from .conftest import UNITS, report

ROWS = (
    ("1", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "", ""),
    ("1.1", "Tổng số hồ sơ đã tiếp nhận (cấp xã)", "Hồ sơ", ""),
    ("", "- Tại cấp xã", "Hồ sơ", ""),
    ("1.2", "Số PAKN đã tiếp nhận", "PAKN", ""),
    ("1.3", "Số PAKN đã giải quyết xong", "PAKN", ""),
    ("1.4", "Tỷ lệ giải quyết phản ánh, kiến nghị về quy định TTHC", "%", ""),
    ("1.5", "Mức độ hài lòng của người dân", "%", ""),
)
HEADS = ("STT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Ghi chú")


def body(number, *, resolved=4):
    return (
        f"hoso: {{received: '{number}'}}\n"
        f"feedback: {{received: 5, resolved: {resolved}, resolved_pct: '80%'}}\n"
        "survey: {satisfied_pct: '95%'}\n"
    )


@pytest.fixture
def units(desk):
    desk.put("units.yaml", UNITS)
    for unit, number in (("xa-a", "1.000"), ("xa-b", "34"), ("xa-c", "2")):
        desk.put(f"{unit}.yaml", report(unit, body(number)))
    return desk


def word_form(path):
    document = docx.Document()
    document.add_paragraph("THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH")
    table = document.add_table(rows=1, cols=len(HEADS))
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, (*row, ""), strict=True):
            cell.text = text
    document.add_paragraph("Người lập biểu")
    document.save(path)
    return path


def sheet_form(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Phụ lục")
    sheet.write(0, 0, "THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH")
    frame = book.add_format({"border": 1, "num_format": "#,##0"})
    for column, head in enumerate(HEADS):
        sheet.write(2, column, head)
    for number, row in enumerate(ROWS, start=3):
        for column, text in enumerate((*row, "")):
            sheet.write(number, column, text, frame)
    sheet.write_formula(12, 3, "=SUM(D4:D6)", None, 0)
    book.close()
    return path


def roll(capsys, *args):
    code = main(["rollup", *map(str, args)])
    return code, capsys.readouterr().err


def table_of(path):
    return [[cell.text for cell in row.cells] for row in docx.Document(path).tables[0].rows]


def text_of(path):
    package = zipfile.ZipFile(path)
    return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def cell(xml, name):
    found = re.search(rf'<c r="{name}"[^>]*?(/>|>(.*?)</c>)', xml)
    return re.sub("<.*?>", "", found[2] or "") if found else ""


def test_a_blank_form_in_word_is_filled_and_nothing_else_changes(units, tmp_path, capsys):
    form, out = word_form(tmp_path / "mau.docx"), tmp_path / "tinh.docx"
    before = form.read_bytes()
    code, said = roll(capsys, units.folder, "--form", "cchc", "--form-file", form, "--out", out)
    assert code == 0, said
    assert form.read_bytes() == before
    filled = {row[1]: row[3] for row in table_of(out)[1:]}
    assert filled["Tổng số hồ sơ đã tiếp nhận (cấp xã)"] == "1.036"
    assert filled["Số PAKN đã tiếp nhận"] == "15"
    assert filled["Số PAKN đã giải quyết xong"] == "12"
    assert filled["Tỷ lệ giải quyết phản ánh, kiến nghị về quy định TTHC"] == "80"
    assert filled["Mức độ hài lòng của người dân"] == ""
    assert filled["CẢI CÁCH THỦ TỤC HÀNH CHÍNH"] == ""
    assert [row[4] for row in table_of(out)[1:]] == [""] * len(ROWS)
    assert [[*row[:3], row[4]] for row in table_of(out)] == [[*row[:3], row[4]] for row in table_of(form)]
    others = {name: text for name, text in text_of(form).items() if name != "word/document.xml"}
    assert {name: text for name, text in text_of(out).items() if name != "word/document.xml"} == others


def test_a_blank_form_in_excel_is_filled_with_numbers_in_its_own_look(units, tmp_path, capsys):
    form, out = sheet_form(tmp_path / "mau.xlsx"), tmp_path / "tinh.xlsx"
    code, said = roll(capsys, units.folder, "--form", "cchc", "--form-file", form, "--out", out)
    assert code == 0, said
    xml = text_of(out)["xl/worksheets/sheet1.xml"]
    assert [cell(xml, f"D{row}") for row in (5, *range(7, 11))] == ["1036", "15", "12", "80", ""]
    styles = [
        re.search(r'<c r="D7"( s="\d+")', text_of(each)["xl/worksheets/sheet1.xml"])[1]
        for each in (form, out)
    ]
    assert styles[0] == styles[1]
    assert "SUM(D4:D6)" in xml
    assert 'fullCalcOnLoad="1"' in text_of(out)["xl/workbook.xml"]


def test_what_a_unit_lacks_leaves_the_cell_blank_and_is_said(units, tmp_path, capsys):
    (units.folder / "xa-c.yaml").unlink()
    units.put("xa-b.yaml", report("xa-b", body("34", resolved="'?'")))
    form, out = word_form(tmp_path / "mau.docx"), tmp_path / "tinh.docx"
    roll(capsys, units.folder, "--form", "cchc", "--form-file", form, "--out", out)
    filled = {row[1]: row[3] for row in table_of(out)[1:]}
    assert set(filled.values()) == {""}
    annex = text_of(tmp_path / "tinh.nguon-so-lieu.xlsx")["xl/worksheets/sheet1.xml"]
    assert "để trống vì thiếu 1 đơn vị" in annex
    assert "Xã Hòa Bình (chưa nộp)" in annex
    assert "≥ 10" in annex


def test_without_a_form_a_plain_table_in_the_order_of_the_form_is_made(units, tmp_path, capsys):
    for suffix in ("xlsx", "docx"):
        out = tmp_path / f"tinh.{suffix}"
        assert roll(capsys, units.folder, "--form", "cchc", "--out", out)[0] == 0
        again = out.read_bytes()
        roll(capsys, units.folder, "--form", "cchc", "--out", out, "--force")
        assert out.read_bytes() == again
    rows = table_of(tmp_path / "tinh.docx")
    figures = {row[1]: row[3] for row in rows}
    assert figures["Tổng số hồ sơ đã tiếp nhận (cấp xã)"] == "1036"
    assert "Mức độ hài lòng của người dân" in figures
    package = text_of(tmp_path / "tinh.xlsx")
    assert ">1036<" in package["xl/worksheets/sheet1.xml"]
    assert "1.000 (Xã Bắc Lý)" in package["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    ("name", "out", "code"),
    [("mau.pdf", "tinh.pdf", "rollup"), ("mau.docx", "tinh.xlsx", "rollup"), ("mau.docx", "-", "rollup")],
)
def test_a_form_of_another_kind_is_refused(units, tmp_path, capsys, name, out, code):
    form = tmp_path / name
    word_form(form) if name.endswith("docx") else form.write_bytes(b"%PDF-1.4")
    target = out if out == "-" else tmp_path / out
    assert roll(capsys, units.folder, "--form", "cchc", "--form-file", form, "--out", target)[0] == 2
    assert code == "rollup"
    assert not (tmp_path / "tinh.xlsx").exists()


def test_a_form_without_cells_to_fill_is_told_and_nothing_is_written(units, tmp_path, capsys):
    form = tmp_path / "mau.docx"
    docx.Document().save(form)
    code, said = roll(
        capsys, units.folder, "--form", "cchc", "--form-file", form, "--out", tmp_path / "x.docx"
    )
    assert code == 2
    assert "Không tìm thấy ô trống" in said
    assert not (tmp_path / "x.docx").exists()
    assert io.BytesIO(form.read_bytes())

"""Comments in workbooks stand at the cell, which is filled, and change nothing else."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter
from lxml import etree

from validator.model.location import Location
from validator.model.record import evolve
from validator.readers.formats import XLSX
from validator.render.annotate import NotAnnotatedError, annotated_copy

from .conftest import P, R, S, T

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "08d763f8cfc00000030101"
    "0018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def make_xlsx(tmp_path):
    """Write a workbook with a table; *more* adds to it."""

    def make(more=lambda _book, _sheet: None, name="report.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Số liệu")
            share = book.add_format({"num_format": "0.0%", "border": 1, "bold": True})
            rows = [("STT", "Chỉ tiêu", "Số liệu"), ("1", "Tiếp nhận", 794), ("2", "Giải quyết", 677)]
            for place, row in enumerate(rows):
                sheet.write_row(place + 1, 0, row)
            sheet.write_row(4, 0, ("3", "Tỷ lệ"))
            sheet.write_number(4, 2, 0.853, share)
            sheet.write_formula(5, 2, "=C3+C4", None, 1471)
            sheet.write_row(5, 0, ("4", "Cộng"))
            sheet.merge_range("A1:C1", "BIỂU SỐ LIỆU")
            more(book, sheet)
        return path

    return make


def style_of(copy, cell):
    sheet = copy.tree("xl/worksheets/sheet1.xml")
    (found,) = [each for each in sheet.iter(f"{{{S}}}c") if each.get("r") == cell]
    styles = copy.tree("xl/styles.xml")
    xf = styles.find(f"{{{S}}}cellXfs")[int(found.get("s", "0"))]
    return xf, styles.find(f"{{{S}}}fills")[int(xf.get("fillId"))]


def test_the_cell_gets_a_comment_and_a_fill(make_xlsx, submitted):
    given = submitted(make_xlsx())
    copy = given.finding(given.at("794"), given.at("677")).annotated()
    cells = copy.cells()
    assert "[1] Lỗi: Không khớp lần 1" in cells["C3"]
    assert "C4" not in cells
    assert cells["A1"].startswith("Kết quả kiểm tra số liệu")
    for cell in ("C3", "C4"):
        assert style_of(copy, cell)[1].find(f".//{{{S}}}fgColor").get("rgb") == "FFFFF2CC"


def test_the_filled_cell_keeps_its_format(make_xlsx, submitted):
    path = make_xlsx()
    given = submitted(path)
    copy = given.finding(given.at("85,3")).annotated()
    before = etree.fromstring(copy.original.read("xl/styles.xml")).find(f"{{{S}}}cellXfs")
    old = next(each for each in before if each.get("numFmtId") != "0")
    new = dict(style_of(copy, "C5")[0].attrib)
    assert new.pop("fillId") != old.get("fillId")
    assert new.pop("applyFill") == "1"
    assert new == {key: value for key, value in old.attrib.items() if key not in {"fillId", "applyFill"}}


def test_all_other_parts_are_byte_identical(make_xlsx, submitted):
    def more(book, sheet):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Số liệu'!$C$3:$C$4"})
        sheet.insert_chart("F2", chart)
        sheet.insert_image("F20", "p.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.conditional_format(
            "C3:C4", {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format()}
        )
        sheet.protect("secret")
        book.add_worksheet("Ẩn").very_hidden()

    given = submitted(make_xlsx(more))
    copy = given.finding(given.at("794")).annotated()
    assert copy.changed == {
        "[Content_Types].xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    before = etree.fromstring(copy.original.read("xl/worksheets/sheet1.xml"))
    after = copy.tree("xl/worksheets/sheet1.xml")
    for root in (before, after):
        for each in root.iter(f"{{{S}}}c"):
            each.attrib.pop("s", None)
    names = [etree.QName(each).localname for each in after]
    assert names.index("legacyDrawing") == names.index("drawing") + 1
    after.remove(after.find(f"{{{S}}}legacyDrawing"))
    assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")


def test_macros_stay_as_they_are(make_xlsx, submitted):
    path = make_xlsx(name="report.xlsm")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00macro\xff")
    given = submitted(path)
    copy = given.finding(given.at("794")).annotated()
    assert copy.package.read("xl/vbaProject.bin") == b"\x00macro\xff"


def test_existing_comments_stay(make_xlsx, submitted):
    def more(_book, sheet):
        sheet.write_comment("C3", "đã kiểm tra", {"author": "Cán bộ"})
        sheet.write_comment("B4", "xem lại", {"author": "Cán bộ"})

    given = submitted(make_xlsx(more))
    copy = given.finding(given.at("794")).finding(given.at("677")).annotated()
    cells = copy.cells()
    assert cells["B4"] == "xem lại"
    assert re.match(r"đã kiểm tra\n\[1\] Lỗi", cells["C3"])
    assert "[2] Lỗi" in cells["C4"]
    authors = [each.text for each in copy.part("xl/comments").iter(f"{{{S}}}author")]
    assert authors == ["Cán bộ", "Kiểm tra số liệu"]
    drawing = copy.package.read("xl/drawings/vmlDrawing1.vml").decode()
    shapes = re.findall(r'<v:shape id="(\w+)"', drawing)
    assert len(shapes) == len(set(shapes)) == 4
    assert drawing.count("<v:shapetype ") == 1
    etree.fromstring(drawing.encode())


def test_a_conversation_in_a_cell_stays_and_the_finding_is_told_at_the_top(make_xlsx, submitted):
    path = make_xlsx(lambda _book, sheet: sheet.write_comment("C3", "[Threaded comment]"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    link = f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/>'
    parts[name] = parts[name].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    parts["xl/threadedComments/threadedComment1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="C3" id="{0}"><text>?</text></threadedComment></ThreadedComments>'
    )
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    given = submitted(path)
    copy = given.finding(given.at("794")).annotated()
    cells = copy.cells()
    assert cells["C3"] == "[Threaded comment]"
    assert "Không khớp lần 1" in cells["A1"]
    assert "ô C3" in cells["A1"]
    assert "xl/threadedComments/threadedComment1.xml" not in copy.changed


def test_a_merged_cell_is_commented_on_at_its_corner(make_xlsx, submitted):
    given = submitted(
        make_xlsx(lambda book, sheet: sheet.merge_range("A8:C9", "Có 15 hồ sơ", book.add_format()))
    )
    copy = given.finding(given.at("15")).annotated()
    assert "Không khớp lần 1" in copy.cells()["A8"]


def test_a_row_that_goes_on_below_is_commented_on_where_the_number_is(make_xlsx, submitted):
    def more(_book, sheet):
        sheet.write(1, 3, "Ghi chú")
        sheet.write(2, 3, "gồm nhiều loại+")
        sheet.write(3, 3, "x")

    given = submitted(make_xlsx(more))
    place = evolve(given.at("gồm").location, excerpt="gồm nhiều loại+ 677")
    copy = given.finding(given.label("x", evolve(place, excerpt="gồm nhiều loại+ x"))).annotated()
    assert "Không khớp lần 1" in copy.cells()["D4"]


def test_cells_of_several_sheets(make_xlsx, submitted):
    def more(book, _sheet):
        other = book.add_worksheet("Phụ lục")
        other.write(0, 0, "Còn 113 hồ sơ")

    given = submitted(make_xlsx(more))
    copy = given.finding(given.at("794")).finding(given.at("113")).annotated()
    parts = [name for name in copy.package.namelist() if re.fullmatch(r"xl/comments\d*\.xml", name)]
    drawings = [name for name in copy.package.namelist() if name.endswith(".vml")]
    assert len(parts) == len(drawings) == 2
    blocks = {re.search(rb'idmap v:ext="edit" data="(\d+)"', copy.package.read(name))[1] for name in drawings}
    assert len(blocks) == 2


def test_what_has_no_cell_is_told_in_the_first_used_one(make_xlsx, submitted):
    given = submitted(make_xlsx())
    given.finding(title="Thiếu biểu")
    given.finding(given.label("5", Location(file=str(given.path), sheet="Không có", cell="B2")))
    copy = given.annotated()
    (text,) = copy.cells().values()
    assert "Thiếu biểu" in text
    assert "trang tính Không có, ô B2" in text


def test_hostile_text_becomes_harmless(make_xlsx, submitted):
    given = submitted(make_xlsx())
    copy = given.finding(given.at("794"), title="=cmd|' /C calc'!A0 <t> _x0041_ \x00￿").annotated()
    written = copy.package.read("xl/comments.xml").decode()
    assert "_x005F_x0041_" in written
    assert "&lt;t&gt;" in written
    assert "\x00" not in written


def test_very_much_for_one_cell_is_cut_and_said_so(make_xlsx, submitted):
    given = submitted(make_xlsx())
    for _ in range(200):
        given.finding(given.at("794"), explanation="1 ≠ 2 " * 100)
    text = given.annotated().cells()["C3"]
    assert len(text) < 32_000
    assert text.endswith("(nhận xét quá dài, đã cắt bớt)")


def test_a_workbook_of_little_more_than_cells(tmp_path, submitted):
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    path = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{T}"><Override PartName="/xl/worksheets/sheet1.xml"'
            f' ContentType="{sheet}"/></Types>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        )
        package.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{P}"/>')
        package.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{S}"><sheetData><row><c t="inlineStr"><is><t>Có 5</t></is></c></row>'
            "</sheetData><tableParts/></worksheet>",
        )
    given = submitted(path)
    copy = given.finding(given.at("5")).annotated()
    assert "Không khớp lần 1" in copy.cells()["A1"]
    assert [etree.QName(each).localname for each in copy.tree("xl/worksheets/sheet1.xml")] == [
        "sheetData",
        "legacyDrawing",
        "tableParts",
    ]


def test_the_same_input_gives_the_same_bytes(make_xlsx, submitted):
    given = submitted(make_xlsx())
    given.finding(given.at("794"))
    assert given.annotated().data == given.annotated().data


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/comments1.xml", b"<comments"),
        ("xl/comments1.xml", b"<comments/>"),
        ("xl/drawings/vmlDrawing1.vml", b"<xml><br>junk"),
    ],
)
def test_a_part_to_which_nothing_can_be_added_is_named(make_xlsx, submitted, part, content):
    path = make_xlsx(lambda _book, sheet: sheet.write_comment("D4", "Đã có"))
    given = submitted(path)
    given.finding(given.at("794"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert part in parts
    with zipfile.ZipFile(path, "w") as package:
        for name, there in parts.items():
            package.writestr(name, content if name == part else there)
    with pytest.raises(NotAnnotatedError) as raised:
        annotated_copy(path.read_bytes(), XLSX, given.result, "vi")
    assert raised.value.problem.args["part"] == part

"""Blank forms → packs: columns that are numbered, rows that are fields, sums that are printed or formulas."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from validator.cli.main import main
from validator.engine.lint.run import lint_packs
from validator.model.document import Document, Table, TableCell
from validator.model.location import Location
from validator.packs.load import load_pack_folder
from validator.packs.skeleton.from_form import draft_of
from validator.packs.skeleton.grid import read_grid

openpyxl = pytest.importorskip("openpyxl")
OFFICE = Path(__file__).parents[3] / "shared" / "corpus" / "office"

COLUMNS = [
    ["Biểu số 1", "", "", "", "", "", "", "", ""],
    ["STT", "Lĩnh vực", "Số hồ sơ tiếp nhận", "", "", "Số hồ sơ giải quyết", "", "", "Tỷ lệ (%)"],
    ["", "", "Tổng số", "Trực tuyến", "Trực tiếp", "Tổng số", "Trước hạn", "Đúng hạn", ""],
    ["(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
    ["1", "Đất đai", "", "", "", "=G5+H5", "", "", ""],
    ["", "Cộng", "=SUM(C5:C5)", "", "", "=SUM(G6:H6)", "", "", ""],
]
ROWS = [
    ["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"],
    ["I", "Văn bản", "", "", ""],
    ["1", "Tổng số văn bản (1=2+3+…+5)", "Văn bản", "", ""],
    ["2", "Nghị quyết", "Văn bản", "", ""],
    ["3", "Quyết định", "Văn bản", "", ""],
    ["4", "Chỉ thị", "Văn bản", "", ""],
    ["5", "Công văn", "Văn bản", "", ""],
    ["6", "Tỷ lệ hoàn thành", "%", "", ""],
    ["7", "Hồ sơ giải quyết", "Hồ sơ", "=D10+D11-D12", "9=8 + 10"],
    ["8", "Hồ sơ mới", "Hồ sơ", "", ""],
    ["9", "Hồ sơ chuyển qua", "Hồ sơ", "", ""],
    ["10", "Hồ sơ rút", "Hồ sơ", "", ""],
]


def table_of(lines):
    """A table of a workbook whose formulas have kept the value 0; a blank cell is not there."""
    cells = tuple(
        TableCell(
            text="0" if text.startswith("=") else text,
            row=row,
            column=column,
            formula=text if text.startswith("=") else None,
            location=Location(file="form.xlsx", sheet="S", cell=f"{'ABCDEFGHIJ'[column]}{row + 1}"),
        )
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
        if text
    )
    place = Location(file="form.xlsx", sheet="S")
    return Table(cells=cells, rows=len(lines), columns=len(lines[0]), location=place, header_rows=(0,))


def draft(lines):
    document = Document(file="form.xlsx", media_type="", blocks=(table_of(lines),))
    return draft_of(document)


def sums_of(table):
    def side(parts):
        return " ".join(f"{'+' if sign > 0 else '-'} {part}" for sign, part in parts)

    return [f"{found.total} = {side(found.parts)}" for found in table.sums]


def test_numbered_columns_are_the_columns_of_a_table():
    (table,) = draft(COLUMNS)
    assert table.name == "rows"
    assert [(field.code, field.name, field.type) for field in table.fields] == [
        ("1", "stt", "text"),
        ("2", "linh_vuc", "text"),
        ("3", "tong_so", "count"),
        ("4", "truc_tuyen", "count"),
        ("5", "truc_tiep", "count"),
        ("6", "tong_so_6", "count"),
        ("7", "truoc_han", "count"),
        ("8", "dung_han", "count"),
        ("9", "ty_le", "percent"),
    ]


def test_columns_add_up_as_printed_and_as_the_formulas_of_a_row_say():
    (table,) = draft(COLUMNS)
    assert sums_of(table) == ["tong_so = + truc_tuyen + truc_tiep", "tong_so_6 = + truoc_han + dung_han"]
    assert [found.printed for found in table.sums] == ["(3)=(4)+(5)", ""]


def test_lettered_columns_name_the_row():
    lines = [["Tên", "Số", "Nam", "Nữ"], ["A", "1=2+3", "2", "3"], ["x", "", "", ""]]
    (table,) = draft(lines)
    assert [field.type for field in table.fields] == ["text", "count", "count", "count"]
    assert sums_of(table) == ["so = + nam + nu"]


def test_rows_are_fields_with_their_unit_of_measure():
    (table,) = draft(ROWS)
    assert table.name == ""
    assert [(field.code, field.name, field.type, field.unit) for field in table.fields][:2] == [
        ("1", "tong_so_van_ban", "count", "văn bản"),
        ("2", "nghi_quyet", "count", "văn bản"),
    ]
    assert {field.name: field.type for field in table.fields}["ty_le_hoan_thanh"] == "percent"
    assert "van_ban" not in table.by_name, "a heading is no field"


def test_rows_add_up_as_printed_and_as_formulas_say():
    (table,) = draft(ROWS)
    assert sums_of(table) == [
        "tong_so_van_ban = + nghi_quyet + quyet_dinh + chi_thi + cong_van",
        "ho_so_chuyen_qua = + ho_so_moi + ho_so_rut",
        "ho_so_giai_quyet = + ho_so_moi + ho_so_chuyen_qua - ho_so_rut",
    ]


@pytest.mark.parametrize(
    "formula", ["=A1*2", "=IF(A1>0,A1,B1)", "=A1+1", "=SUM(A1:Z99999)", "=Sheet2!A1", "=", "=A1 B1", "=-"]
)
def test_a_formula_that_is_no_sum_is_left_alone(formula):
    assert read_grid(table_of(ROWS)).parts(formula) is None


def test_percentages_and_counts_are_not_added():
    lines = [["Chỉ tiêu", "%", "Số"], ["A", "1=2+3", "2", "3"], ["x", "", "", ""]]
    assert all(not table.sums for table in draft([[*line, ""][:4] for line in lines]))


def test_a_document_without_tables_shows_nothing():
    assert draft_of(Document(file="x", media_type="", blocks=())) == ()


# The whole way


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    for title, lines in (("II.06a", COLUMNS), ("Chung", ROWS)):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([text or None for text in line])
    del book["Sheet"]
    path = tmp_path / "form.xlsx"
    book.save(path)
    return path


def test_a_workbook_becomes_a_pack_that_is_clean_and_whose_tests_pass(workbook, tmp_path, capsys):
    folder = tmp_path / "from-form"
    assert main(["new", "pack", str(folder), "--from-form", str(workbook), "--lang", "en"]) == 0
    assert "2 tables, 19 fields, 5 sums" in capsys.readouterr().out
    assert all(found.severity.value == "info" for found in lint_packs([folder]).problems)
    assert main(["test", str(folder), "--lang", "en"]) == 0
    assert "10 of 10 test cases pass" in capsys.readouterr().out
    assert main(["fmt", str(folder), "--check"]) == 0
    pack = load_pack_folder(folder).pack
    assert [equation.text for equation in pack.equations] == ["(3)=(4)+(5)", "1=2+3+…+5", "9=8 + 10"]


def test_hostile_words_of_a_form_stay_words(tmp_path):
    book = openpyxl.Workbook()
    for line in (
        ["STT", "Chỉ tiêu", "Số"],
        ["1", 'a: "b" {c} # d \\ e', None],
        ["2", "- [x] !tag &y *z", None],
    ):
        book.active.append(line)
    book.save(tmp_path / "odd.xlsx")
    folder = tmp_path / "odd"
    assert main(["new", "pack", str(folder), "--from-form", str(tmp_path / "odd.xlsx")]) == 0
    labels = [field.label["vi"] for field in load_pack_folder(folder).pack.form.fields.values()]
    assert labels == ['a: "b" {c} # d \\ e', "- [x] !tag &y *z"]


@pytest.mark.skipif(not OFFICE.is_dir(), reason="real documents are not at hand")
@pytest.mark.parametrize(
    "name", ["bach-thong-2023-phu-luc.xlsx", "bach-thong-2023.docx", "ben-quan-2024.docx"]
)
def test_real_appendices_become_packs_that_load(name, tmp_path):
    folder = tmp_path / "real"
    assert main(["new", "pack", str(folder), "--from-form", str(OFFICE / name)]) == 0
    loaded = load_pack_folder(folder)
    assert loaded.pack is not None
    names = json.dumps([*loaded.pack.form.fields])
    assert re.search(r"ho_so|so_", names)

"""Lists of units in Excel and CSV: what is understood, and every fault at its cell."""

from __future__ import annotations

import unicodedata

import pytest
import xlsxwriter

from validator.model.verdict import Severity
from validator.readers.kind import units_beside
from validator.submissions.recognition import UnitFinder, load_units, read_unit_list
from validator.submissions.unit_rows import read_unit_table

PLAIN = """\
TT;Tên đơn vị;Cấp trên;Đơn vị cũ;Địa chỉ;Thư công vụ
1;Xã An Lạc;UBND huyện Tân Sơn;Xã An Lạc, Xã Hòa Bình và xã Yên Phú;Thôn 1;al@tanson.vn
2;Xã Đồng Tâm;Huyện Tân Sơn;;;
;Huyện Tân Sơn;;;;
"""


@pytest.fixture
def csv(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return read_unit_table(path)

    return read


@pytest.fixture
def xlsx(tmp_path):
    """Read a list from a workbook of one sheet; *merged* are areas with what stands in them."""

    def read(rows, merged=()):
        path = tmp_path / "list.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Đơn vị")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            for area, text in merged:
                sheet.merge_range(area, text)
        return read_unit_table(path)

    return read


def ids(found):
    return [each.id for each in found.units.units]


def faults(found):
    return [(each.code.removeprefix("units/"), each.location.cell) for each in found.problems]


def test_names_superiors_predecessors_and_addresses_are_read(csv):
    found = csv(PLAIN)
    assert found.problems == ()
    first, second, above = found.units.units
    assert (first.id, first.name, first.unit.level, first.unit.parent) == (
        "an-lac", "Xã An Lạc", "commune", "tan-son",
    )  # fmt: skip
    assert first.predecessors == ("Xã An Lạc", "Xã Hòa Bình", "xã Yên Phú")
    assert (first.address, first.email) == ("Thôn 1", "al@tanson.vn")
    assert (second.id, second.unit.parent, above.id, above.unit.level) == (
        "dong-tam", "tan-son", "tan-son", "district",
    )  # fmt: skip


def with_tones_apart(text):
    """Write each tone behind its letter, as that code page does."""
    found = ""
    for each in text:
        plain = unicodedata.normalize("NFD", each)
        tones = "".join(mark for mark in plain if mark in "\u0300\u0301\u0303\u0309\u0323")
        found += unicodedata.normalize("NFC", "".join(mark for mark in plain if mark not in tones)) + tones
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_a_csv_file_may_be_in_any_encoding_that_excel_writes(csv, encoding):
    text = with_tones_apart(PLAIN) if encoding == "cp1258" else PLAIN
    assert ids(csv(text, encoding)) == ["an-lac", "dong-tam", "tan-son"]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_a_csv_file_may_part_its_cells_by_any_sign(csv, delimiter):
    text = PLAIN.replace("Xã An Lạc, Xã Hòa Bình và xã Yên Phú", "Xã Yên Phú")
    assert ids(csv(text.replace(";", delimiter))) == ["an-lac", "dong-tam", "tan-son"]


def test_headers_of_two_rows_repeated_headers_titles_and_merged_superiors(xlsx):
    found = xlsx(
        [
            ["DANH SÁCH ĐƠN VỊ BÁO CÁO"],
            [],
            ["TT", "", "", "", "Liên hệ"],
            ["", "Tên đơn vị", "Mã", "", "Email"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            [1, "Xã A Lưới", "al", "", "a@x.vn"],
            [2, "Phường Bình An"],
            ["TT", "Tên đơn vị", "Mã", "Cấp trên", "Email"],
            [3, "XÃ ĐÔNG HẢI", "", "Tỉnh Nam Sơn"],
            [4, "Tỉnh Nam Sơn"],
            [],
            ["", "Người lập biểu"],
        ],
        [("B3:C3", "Đơn vị"), ("D3:D4", "Cấp trên"), ("D6:D7", "Tỉnh Nam Sơn")],
    )
    assert [(each.id, each.name, each.unit.parent) for each in found.units.units] == [
        ("al", "Xã A Lưới", "nam-son"),
        ("binh-an", "Phường Bình An", "nam-son"),
        ("dong-hai", "Xã Đông Hải", "nam-son"),
        ("nam-son", "Tỉnh Nam Sơn", None),
    ]
    assert faults(found) == [("line-passed-over", "B12")]
    assert found.problems[0].severity is Severity.WARNING


def test_a_name_merged_over_rows_is_one_unit_with_all_its_predecessors(xlsx):
    found = xlsx(
        [["Tên đơn vị", "Đơn vị cũ"], ["", "Xã Một"], ["", "Xã Hai"], ["Xã Ba", "Xã Ba"]],
        [("A2:A3", "Xã Mới")],
    )
    assert [(each.name, each.predecessors) for each in found.units.units] == [
        ("Xã Mới", ("Xã Một", "Xã Hai")),
        ("Xã Ba", ("Xã Ba",)),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_ids_of_units_of_one_name_are_told_apart_whatever_their_order(csv, order):
    rows = [
        "Xã An Lạc;Huyện Tân Sơn", "Phường An Lạc;Huyện Tân Sơn", "Xã Hòa An;Huyện Tân Sơn",
        "Xã Hóa An;Huyện Tân Sơn", "Xã Yên Bình;Huyện Tân Sơn", "Xã Yên Bình;Huyện Hạ",
        "Huyện Tân Sơn;", "Huyện Hạ;", "Phường 1;Huyện Hạ",
    ]  # fmt: skip
    found = csv("\n".join(["Đơn vị;Cấp trên", *rows[::order]]))
    assert ids(found)[::order] == [
        "xa-an-lac", "phuong-an-lac", "xa-hoa-an-huyen-tan-son", "xa-hoa-an-huyen-tan-son-2",
        "xa-yen-binh-huyen-tan-son", "xa-yen-binh-huyen-ha", "tan-son", "ha", "1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Tên;Cấp trên\nXã A;Huyện B\nHuyện B;\nxã a;UBND huyện B", ("twice", "A4")),
        ("Tên;Cấp trên\nXã A;Huyện B", ("no-such-superior", "B2")),
        ("Tên;Cấp trên\nXã A;B\nHuyện B;\nTỉnh B;\nXã C;Xã B\n", ("no-such-superior", "B2")),
        ("Tên;Mã;Cấp trên\nXã A;;Xã B\nXã B;x;\nXã B;y;", ("several-superiors", "C2")),
        ("Tên;Cấp trên\nXã A;Xã A", ("own-superior", "A2")),
        ("Tên;Cấp trên\nXã A;Xã B\nXã B;Xã C\nXã C;Xã A\nXã D;Xã C", ("own-superior", "A2")),
        ("Tên;Địa chỉ\nXã A;Thôn 1\n;Thôn 2", ("name-missing", "B3")),
        ("Tên;Địa chỉ\n12;Thôn 1", ("not-a-name", "A2")),
        ("Tên;Mã\nXã A;x\nXã B;x", ("code-twice", "B3")),
        ("Tên,Địa chỉ\nXã A,Thôn 1, xã A\nXã B,Thôn 2", ("row-too-wide", "C2")),
        ("Họ tên;Chức vụ\nNguyễn A;Trưởng phòng", ("no-name-column", None)),
        ("Tên đơn vị;Cấp trên\n", ("no-rows", None)),
    ],
)  # fmt: skip
def test_a_bad_list_is_not_used_and_the_fault_stands_at_its_cell(csv, rows, told):
    found = csv(rows)
    assert found.units is None
    assert told in faults(found)


def test_every_fault_of_a_list_is_told_and_of_a_kind_no_more_than_fifty(csv):
    rows = [f"Xã {'X' * (n % 7 + 1)}{n};Huyện Lạ" for n in range(120)]
    found = csv("\n".join(["Tên;Cấp trên", *rows, ";Huyện Lạ"]))
    codes = [each.code for each in found.problems]
    assert codes.count("units/no-such-superior") == 50
    assert [each.args["count"] for each in found.problems if each.code == "units/more"] == [70]
    assert "units/name-missing" in codes


def test_a_list_that_is_no_table_is_refused(tmp_path):
    for name, data in [("a.docx", b"PK\x03\x04 broken"), ("a.xlsx", b""), ("a.xlsx", b"\xd0\xcf\x11\xe0")]:
        (tmp_path / name).write_bytes(data)
        found = read_unit_list(tmp_path / name)
        assert found.units is None
        assert found.problems


def test_a_list_longer_than_its_bound_is_told_not_cut(csv, monkeypatch):
    monkeypatch.setattr("validator.submissions.unit_rows.MOST_UNITS", 30)
    told = csv("\n".join(["Tên;Mã", *(f"Xã Số {n};m{n}" for n in range(31))]))
    assert [each.code for each in told.problems] == ["units/too-many-units"]


def test_the_list_in_a_folder_is_found_and_documents_find_their_units(tmp_path, xlsx):
    xlsx([["Tên đơn vị"], ["UBND xã An Lạc"]])
    (tmp_path / "list.xlsx").rename(tmp_path / "units.xlsx")
    found = load_units(units_beside([tmp_path]))
    assert found.units[0].name == "Xã An Lạc"
    assert UnitFinder(found).of_unread("bao cao xa an lac.pdf").id == "an-lac"

"""A workbook keeps its cells; those with figures are filled, and a sheet more says why."""

from __future__ import annotations

import re
import zipfile

import pytest
import xlsxwriter

from validator.readers.document import read_document

from .conftest import SHARED, Ticked, known, read, texts


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        bold = made.add_format({"bold": True})
        sheet = made.add_worksheet("Số liệu")
        rows = [("Chỉ tiêu", "Số lượng"), ("Tổng số", 40), ("Loại A", 25), ("Loại B", 15), ("=1+1", "12 hộ")]
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(number, column, value, bold)
        made.add_worksheet("Đối chiếu con số").write_string(0, 0, "trang đã có")
    return path


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def filled(path):
    """Return the cells of the first sheet that are filled."""
    found = parts(path)
    styles = re.search(r"<cellXfs.*?</cellXfs>", found["xl/styles.xml"], re.DOTALL)[0]
    fills = [int(each) for each in re.findall(r'<xf [^>]*?fillId="(\d+)"', styles)]
    cells = re.findall(r'<c r="(\w+)" s="(\d+)"', found["xl/worksheets/sheet1.xml"])
    return {name for name, style in cells if fills[int(style)] > 1}


def test_figures_are_filled_and_nothing_else_changes(book, tmp_path):
    copy = Ticked(book).copy(tmp_path / "copy.xlsx")
    assert filled(book) == set()
    assert filled(copy) == {"B2", "B3", "B4", "A5", "B5"}
    was, now = parts(book), parts(copy)
    assert now.keys() - was.keys() == {"xl/worksheets/tick-marks.xml"}
    changed = {name for name in was if was[name] != now[name]}
    assert changed <= {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_a_sheet_says_the_sum_and_has_no_formulas(book, tmp_path):
    ticked = Ticked(book)
    copy = ticked.copy(tmp_path / "copy.xlsx")
    names = re.findall(r'<sheet [^>]*?name="([^"]*)"', parts(copy)["xl/workbook.xml"])
    assert names == ["Số liệu", "Đối chiếu con số", "Đối chiếu con số (2)"]
    lines = texts(read(copy))
    assert any(line.startswith(f"{len(ticked.ticks.figures)} con số = ") for line in lines)
    assert {"✓", "≠", "?", "·"} <= set(lines)
    assert "<f>" not in parts(copy)["xl/worksheets/tick-marks.xml"]
    assert parts(copy)["xl/styles.xml"].count('wrapText="1"') > parts(book)["xl/styles.xml"].count(
        'wrapText="1"'
    )
    assert not read_document(copy).problems


@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("desk/*.xlsx")) or [None], ids=lambda path: path.stem if path else "none"
)
def test_the_text_of_a_copy_is_that_of_the_workbook(path, tmp_path):
    if path is None:
        pytest.skip("no workbooks lie beside the repository")
    was = texts(read(path))
    assert texts(read(known(path).copy(tmp_path / "copy.xlsx")))[: len(was)] == was

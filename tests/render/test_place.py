"""A place is said in the words of the file it is in."""

from __future__ import annotations

import pytest

from validator.model.location import Location
from validator.render.place import near, place

CASES = [
    ({"line": 12, "column": 5}, "dòng 12, cột 5", "line 12, column 5"),
    ({"line": 12}, "dòng 12", "line 12"),
    ({"line": 3, "column": 1, "pointer": "hoso.received"}, "dòng 3, cột 1", "line 3, column 1"),
    ({"pointer": "hoso.received"}, "trường hoso.received", "field hoso.received"),
    ({"sheet": "2", "cell": "C7"}, "trang tính 2, ô C7", "sheet 2, cell C7"),
    ({"sheet": "Biểu 06a", "cell": "C7", "row": 7}, "trang tính Biểu 06a, ô C7", "sheet Biểu 06a, cell C7"),
    ({"section": "II.2.c"}, "mục II.2.c", "section II.2.c"),
    ({"page": 3, "paragraph": 14}, "trang 3, đoạn 14", "page 3, paragraph 14"),
    (
        {"table_title": "Phụ lục II", "row_code": "3.3.1", "row_label": "Đúng hạn", "column_name": "Số liệu"},
        "Phụ lục II, dòng 3.3.1 “Đúng hạn”, cột Số liệu",
        "Phụ lục II, row 3.3.1 “Đúng hạn”, column Số liệu",
    ),
    ({"table": 2, "row": 4}, "bảng 2, dòng 4", "table 2, row 4"),
    ({"table": 2, "row_label": "Tổng số"}, "bảng 2, dòng “Tổng số”", "table 2, row “Tổng số”"),
    ({"section": "II.2.c", "line": 62}, "mục II.2.c [dòng 62]", "section II.2.c [line 62]"),
    ({"row_label": "Tổng số", "line": 4}, "dòng “Tổng số” [dòng 4]", "row “Tổng số” [line 4]"),
    ({"file": "a.yaml"}, "", ""),
]


@pytest.mark.parametrize(("parts", "vietnamese", "english"), CASES, ids=[case[1] or "file" for case in CASES])
def test_place(parts, vietnamese, english):
    assert place(Location(**parts), "vi") == vietnamese
    assert place(Location(**parts), "en") == english


def test_a_place_seen_from_another_leaves_out_what_they_share():
    here = Location(file="a.yaml", section="II.2.c", line=62)
    assert near(Location(file="a.yaml", section="II.2.c", line=63), here, "vi") == "dòng 63"
    assert near(Location(file="a.yaml", section="II.3", line=70), here, "vi") == "mục II.3 [dòng 70]"
    other = Location(file="b.yaml", section="II.2.c", line=9)
    assert near(other, here, "vi") == "b.yaml, mục II.2.c [dòng 9]"
    assert near(Location(file="a.yaml", page=3), Location(file="a.yaml", page=3), "vi") == "trang 3"


def test_of_a_scan_the_line_of_the_page_is_told_and_no_number_of_a_section():
    found = Location(page=5, page_line=20, section="L.1", paragraph=18)
    assert (place(found, "vi"), place(found, "en")) == ("trang 5, dòng 20", "page 5, line 20")
    cell = Location(
        page=5, page_line=20, table=1, row=3, row_code="3.21", row_label="Hồ sơ", column_name="Số"
    )
    assert place(cell, "en") == "page 5, line 20, row “Hồ sơ”, column Số"

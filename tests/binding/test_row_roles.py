"""Rows of an appendix that are like no label of the form: what they mean decides."""

import pytest

HEAD = """UBND XÃ AN LẠC

# BÁO CÁO

Công tác cải cách hành chính năm 2024

{above}| STT | Nội dung | Đơn vị tính | {value} |
|---|---|---|---|
"""


@pytest.fixture
def appendix(read_text):
    """Read an appendix of rows ``code | label | unit | value``; only what its rows state."""

    def read(*rows, above="", value="Số liệu"):
        text = HEAD.format(above=f"{above}\n\n" if above else "", value=value)
        found = read_text(text + "".join(f"| {row} |\n" for row in rows))
        return {path: cells[0].raw for path, cells in found.report.cells.items()}

    return read


FILES = (
    "II | Giải quyết thủ tục hành chính | | ",
    "7 | Tổng hồ sơ phải giải quyết | Hồ sơ | 930",
    "7.1 | Năm trước chuyển sang | Hồ sơ | 30",
    "7.2 | Mới tiếp nhận | Hồ sơ | 900",
    "- | Nộp qua mạng | Hồ sơ | 700",
    "- | Nộp tại quầy | Hồ sơ | 150",
    "- | Qua bưu điện | Hồ sơ | 50",
    "8 | Đã trả kết quả | Hồ sơ | 880",
    "8.1 | Sớm hẹn | Hồ sơ | 600",
    "8.2 | Đúng hẹn | Hồ sơ | 270",
    "8.3 | Trễ hẹn | Hồ sơ | 10",
    "9 | Chưa giải quyết xong | Hồ sơ | 50",
    "9.1 | Còn hạn | Hồ sơ | 46",
    "9.2 | Đã quá hạn | Hồ sơ | 4",
)


def test_rows_in_other_words_and_with_other_numbers_are_known_by_what_they_mean(appendix):
    assert appendix(*FILES) == {
        "hoso.received": "930",
        "hoso.carried_over": "30",
        "hoso.new": "900",
        "hoso.online": "700",
        "hoso.in_person": "150",
        "hoso.by_post": "50",
        "hoso.resolved": "880",
        "hoso.early": "600",
        "hoso.on_time": "270",
        "hoso.late": "10",
        "hoso.pending": "50",
        "hoso.not_due": "46",
        "hoso.overdue": "4",
    }


def test_a_row_that_says_no_more_than_the_one_above_it_is_no_part_of_it(appendix):
    found = appendix(
        "8 | Đã trả kết quả | Hồ sơ | 880", "8.1 | Trễ hẹn | Hồ sơ | 10", " | Cộng hồ sơ đã trả | Hồ sơ | 890"
    )
    assert found == {"hoso.resolved": "880", "hoso.late": "10"}


@pytest.mark.parametrize(
    "row",
    [
        "8 | Hồ sơ đất đai đã trả | Hồ sơ | 880",
        "8 | Hồ sơ đã trả quý I | Hồ sơ | 880",
        "8 | Hồ sơ đã trả năm 2023 | Hồ sơ | 880",
        "8 | Hồ sơ đã trả bình quân mỗi ngày | Hồ sơ | 4",
        "8 | Hồ sơ đã trả của thôn Hạ | Hồ sơ | 880",
    ],
)
def test_a_row_of_something_narrower_or_of_another_time_is_left(appendix, row):
    assert appendix(row, row.replace("8 |", "8.1 |").replace("đã trả", "trễ hẹn")) == {}


def test_parts_of_a_row_that_is_not_understood_are_left(appendix):
    assert appendix("1 | Lĩnh vực đất đai | Hồ sơ | 60", "1.1 | Đã trả kết quả | Hồ sơ | 58") == {}


def test_two_rows_of_one_meaning_are_left(appendix):
    assert appendix("1 | Hồ sơ đã trả kết quả | Hồ sơ | 60", "2 | Hồ sơ đã xử lý xong | Hồ sơ | 58") == {}


def test_a_title_narrows_its_rows(appendix):
    row = "1 | Hồ sơ đã trả kết quả | Hồ sơ | 60"
    assert appendix(row, above="Kết quả lĩnh vực hộ tịch:") == {}
    assert appendix(row, value="Cùng kỳ") == {}
    assert appendix(row, above="Biểu kèm theo Báo cáo số 12/BC-UBND ngày 05/01/2025") == {
        "hoso.resolved": "60"
    }


def test_a_column_for_each_level_holds_the_figures_of_that_level(read_text):
    text = """UBND HUYỆN AN BÌNH

# BÁO CÁO

Công tác cải cách hành chính năm 2024

| STT | Nội dung | Đơn vị tính | Kết quả toàn huyện | Kết quả cấp huyện | Kết quả {third} |
|---|---|---|---|---|---|
| 1 | Hồ sơ phải giải quyết | Hồ sơ | 500 | 200 | 300 |
| 1.1 | Nộp qua mạng | Hồ sơ | 400 | 150 | 250 |
"""

    def stated(third):
        cells = read_text(text.format(third=third)).report.cells
        return {path: cells[0].raw for path, cells in cells.items()}

    levels = stated("cấp xã")
    assert levels == {
        "hoso.received": "500",
        "hoso.online": "400",
        "hoso.district.received": "200",
        "hoso.district.online": "150",
        "hoso.commune.received": "300",
        "hoso.commune.online": "250",
    }
    assert stated("đất đai") == {}

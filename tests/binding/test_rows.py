"""Rows of an appendix: what decides which field a row is, and what its cell says."""

import unicodedata

import pytest

from validator.model.verdict import Severity

HEAD = """UBND XÃ AN LẠC

# BÁO CÁO

Công tác cải cách hành chính năm 2024

| STT | Chỉ tiêu | Đơn vị tính | Số liệu | Ghi chú |
|---|---|---|---|---|
"""


@pytest.fixture
def appendix(read_text):
    """Read an appendix of rows ``code | label | unit | value | note``."""

    def read(*rows, **given):
        found = read_text(HEAD + "".join(f"| {row} |\n" for row in rows), **given)
        return found, {path: cells[0].raw for path, cells in found.report.cells.items()}

    return read


@pytest.mark.parametrize(
    "label",
    [
        "Tổng số biên chế được giao trong năm",
        "TỔNG SỐ BIÊN CHẾ ĐƯỢC GIAO TRONG NĂM",
        "Tổng số  biên chế được giao trong năm.",
        unicodedata.normalize("NFD", "Tổng số biên chế được giao trong năm"),
        "Số biên chế được giao trong năm",
        "Tổng số biên chế được giao trong năm (theo quyết định của huyện)",
    ],
)
def test_a_label_is_known_however_it_is_written(appendix, label):
    assert appendix(f"9.9 | {label} | Người | 21 |")[1] == {"staff.assigned": "21"}


def test_tone_marks_may_stand_on_either_vowel(appendix):
    one = appendix("3.2.6 | Tỷ lệ quy trình nội bộ giải quyết TTHC đã được điện tử hóa | % | 100 |")[1]
    two = appendix("3.2.6 | Tỷ lệ quy trình nội bộ giải quyết TTHC đã được điện tử hoá | % | 100 |")[1]
    assert one == two == {"procedures.e_process_pct": "100"}


@pytest.mark.parametrize(
    "label", ["Số ĐVSNCL trực thuộc", "Số đơn vị sự nghiệp công lập trực thuộc", "Số ĐVSNL trực thuộc"]
)
def test_abbreviations_are_their_long_forms(appendix, label):
    assert appendix(f"4.3 | {label} | Đơn vị | 34 |")[1] == {"org.public_units": "34"}


def test_one_slip_of_the_pen_is_forgiven(appendix):
    row = "4.5.2 | Tổng số biên chế có mặt tại thời điểmm báo cáo | Người | 20 |"
    assert appendix(row)[1] == {"staff.present": "20"}


@pytest.mark.parametrize(
    "label",
    [
        "Số nhiệm vụ đã hoàn thành trước hạn",
        "Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến mức độ 2",
        "Số biên chế dự kiến được giao trong năm sau",
    ],
)
def test_a_label_with_another_telling_word_is_left_alone(appendix, label):
    found, cells = appendix(f"1.2.2 | {label} | | 7 |")
    assert cells == {}
    assert [each.raw for each in found.reach.unbound] == ["7"]


def test_a_code_alone_never_binds(appendix):
    assert appendix("4.5.1 | Số cuộc họp giao ban | Cuộc | 12 |")[1] == {}


def test_a_row_without_a_code_belongs_to_the_row_above(appendix):
    cells = appendix(
        "2.2.1 | Tỷ lệ xử lý VBQPPL sau kiểm tra | % | 50 |",
        " | Số VBQPPL có kiến nghị xử lý đã được xử lý xong | Văn bản | 1 |",
        "2.3.2 | Tỷ lệ xử lý VBQPPL sau rà soát | % | 25 |",
        " | Số VBQPPL có kiến nghị xử lý đã được xử lý xong | Văn bản | 2 |",
    )[1]
    assert cells["legal.check.handled"] == "1"
    assert cells["legal.review.handled"] == "2"


def test_a_part_below_a_row_that_is_not_known_is_left_alone(appendix):
    found, cells = appendix("3.9 | Số lượt hướng dẫn | Lượt | 7 |", " | Tại cấp xã | Lượt | 7 |")
    assert cells == {}
    assert [each.raw for each in found.reach.unbound] == ["7", "7"]


def test_the_same_form_in_another_layout_of_codes(appendix):
    one = appendix("1.2.1 | Số nhiệm vụ đề ra trong kế hoạch | Nhiệm vụ | 54 |")[1]
    two = appendix("1.1.1 | Số nhiệm vụ đề ra trong kế hoạch | Nhiệm vụ | 54 |")[1]
    assert one == two == {"plan.tasks": "54"}


def test_a_header_that_recurs_is_no_row(appendix):
    found, _ = appendix(
        "4.3 | Số ĐVSNCL trực thuộc | Đơn vị | 34 |", "STT | Chỉ tiêu | Đơn vị tính | Số liệu | Ghi chú"
    )
    assert (found.reach.rows_bound, found.reach.rows) == (1, 1)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("05", 5), ("1.034", 1034), ("20 (02 nữ)", 20), ("- 02 công chức", 2), ("7 161", None), ("34,5", None)],
)
def test_a_count_is_what_the_cell_says(appendix, raw, value):
    found, _ = appendix(f"4.5.1 | Tổng số biên chế được giao trong năm | Người | {raw} |")
    cell = found.report.cells["staff.assigned"][0]
    assert cell.raw == raw
    assert (cell.value and cell.value.value) == (value if raw != "7 161" else 7161)


def test_a_share_may_lack_its_sign_and_have_its_fraction(appendix):
    found, _ = appendix("1.2 | Tỷ lệ hoàn thành Kế hoạch CCHC năm | % | 71 (264/371) |")
    assert str(found.report.cells["plan.pct"][0].value.value) == "71/100"


def test_money_is_in_the_unit_of_its_column(appendix):
    found, _ = appendix(
        "6.1 | Tỷ lệ thực hiện kế hoạch giải ngân vốn đầu tư công | % | 69% |",
        "6.1.1 | Kế hoạch được giao | Triệu đồng | 121.737 |",
    )
    assert found.report.cells["budget.investment.plan"][0].value.value == 121_737_000_000


def test_a_coded_choice_is_its_words(appendix):
    found, _ = appendix(
        "7.4.1 | Kết nối liên thông với Hệ thống một cửa điện tử cấp tỉnh | Đã kết nối=1 | 1 |"
    )
    assert found.report.cells["one_stop_system.linked"][0].value == "Đã kết nối"


def test_a_value_that_cannot_be_read_is_a_problem_with_its_place(appendix):
    found, _ = appendix("4.5.1 | Tổng số biên chế được giao trong năm | Người | 1.03.4 |")
    (problem,) = found.problems
    assert problem.code == "read/unreadable-number"
    assert problem.location.row_code == "4.5.1"
    assert found.report.cells["staff.assigned"][0].value is None


def test_a_percentage_is_never_a_count(appendix):
    assert appendix("4.5.1 | Tổng số biên chế được giao trong năm | % | 21 |")[1] == {}


def test_figures_among_the_remarks_have_fields_of_their_own(appendix):
    cells = appendix(
        "5.4.3 | Số công chức, người làm việc hưởng lương từ NSNN tại các đơn vị SNCL bị kỷ luật. | Người | 05"  # noqa: E501 - a line of a report
        " | - 02 công chức cấp huyện; - 02 cán bộ xã"
    )[1]
    assert cells["discipline.staff"] == "05"
    assert cells["discipline.district_civil"] == "02"
    assert cells["discipline.commune_cadres"] == "02"


def test_the_level_of_the_unit_tells_fields_of_one_label_apart(appendix):
    from validator.binding.given_unit import given_unit

    row = "3.3.1 | Tỷ lệ hồ sơ TTHC tiếp nhận được giải quyết đúng hạn | % | 98,3 |"
    assert appendix(row, unit=given_unit("Huyện A"))[1] == {"hoso.district.on_time_pct": "98,3"}
    assert appendix(row, unit=given_unit("Xã A"))[1] == {"hoso.on_time_pct": "98,3"}


def test_a_place_is_told_in_the_words_of_the_table(appendix):
    from validator.render.place import place

    found, _ = appendix("4.3 | Số ĐVSNCL trực thuộc | Đơn vị | 34 |")
    words = place(found.report.cells["org.public_units"][0].location, "vi")
    assert "dòng 4.3 “Số ĐVSNCL trực thuộc”, cột Số liệu" in words


def test_a_table_without_a_column_of_values_is_no_appendix_and_costs_nothing(read_text):
    found = read_text(
        HEAD + "| 4.1 | Tổng số biên chế được giao trong năm | Người | 21 | |\n\nPhân công thực hiện:\n\n"
        "| STT | Nội dung |\n|---|---|\n| 1 | Rà soát 12 thủ tục |\n"
    )
    assert found.problems == ()
    assert found.report.cells["staff.assigned"][0].raw == "21"
    assert [each.raw for each in found.reach.unbound] == ["12"]


ASSIGNED = "4.1 | Tổng số biên chế được giao trong năm | Người"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("21", 21),
        ("1.522", 1522),
        ("1 522", 1522),
        ("1\u00a0522", 1522),
        ("1.522 người", 1522),
        ("1.522¹", 1522),
        ("1.522 (1)", 1522),
        ("1.522*", 1522),
        ("71 (264/371)", 71),
        ("04 chỉ tiêu giao thêm", 4),
        ("12,0", 12),
    ],
)
def test_a_number_in_a_cell_is_read_with_what_stands_beside_it(appendix, written, value):
    found, _ = appendix(f"{ASSIGNED} | {written} |")
    assert found.problems == ()
    assert found.report.cells["staff.assigned"][0].value.value == value


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2l", "read/unreadable-number"),
        ("2 l", "read/unreadable-number"),
        ("7O", "read/unreadable-number"),
        ("l2", "read/unreadable-number"),
        ("3 trăm", "read/unreadable-number"),
        ("3 rưỡi", "read/unreadable-number"),
        ("49,14,52", "read/unreadable-number"),
        ("1 52", "read/unreadable-number"),
        ("1,000", "read/not-a-count"),
        ("15,000 người", "read/not-a-count"),
        ("-21", "read/not-a-count"),
    ],
)
def test_half_a_number_in_a_cell_is_told_with_its_text_and_never_guessed(appendix, written, code):
    found, _ = appendix(f"{ASSIGNED} | {written} |")
    assert [(each.code, each.args["raw"]) for each in found.problems] == [(code, written)]
    assert found.report.cells["staff.assigned"][0].value is None


@pytest.mark.parametrize("written", ["", "-", "–", "---", "…", "....", ". . .", "/", "x", "X", "N/A", "n/a"])
def test_a_place_that_is_not_filled_is_blank(appendix, written):
    found, values = appendix(f"{ASSIGNED} | {written} |", "4.2 | Tổng số biên chế có mặt | Người | 22 |")
    assert found.problems == ()
    assert "staff.assigned" not in values
    assert found.reach.rows == 1


@pytest.mark.parametrize("written", ["Không", "không có", "Không phát sinh.", "Chưa phát sinh"])
def test_words_for_none_are_no_number_and_that_is_noted(appendix, written):
    found, values = appendix(f"{ASSIGNED} | {written} |")
    assert [(each.code, each.severity) for each in found.problems] == [("read/no-figure", Severity.INFO)]
    assert values == {}


PLAN = "6.1.1 | Kế hoạch được giao"
ABOVE = "6.1 | Tỷ lệ giải ngân vốn đầu tư công | % | 100 |"


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        ("Triệu đồng", "7.001", 7_001_000_000),
        ("triệu  đồng", "7.001,5", 7_001_500_000),
        ("Triệu đồng", "7.001 (đạt 100%)", 7_001_000_000),
        ("", "7.001 triệu đồng", 7_001_000_000),
        ("Tỷ đồng", "7.001 triệu đồng", 7_001_000_000),
        ("đồng", "7.001", 7_001),
    ],
)
def test_an_amount_takes_the_unit_that_is_stated(appendix, unit, written, value):
    found, _ = appendix(ABOVE, f"{PLAN} | {unit} | {written} |")
    assert found.problems == ()
    assert found.report.cells["budget.investment.plan"][0].value.value == value


@pytest.mark.parametrize(
    ("unit", "code"), [("", "read/unit-missing"), ("Triệu đ ồng", "read/number-wrong-unit")]
)
def test_an_amount_without_a_unit_that_is_known_is_unknown_and_told(appendix, unit, code):
    found, _ = appendix(ABOVE, f"{PLAN} | {unit} | 7.001 |")
    assert [each.code for each in found.problems] == [code]
    assert found.report.cells["budget.investment.plan"][0].value is None


@pytest.mark.parametrize("heading", ["Số liệu (triệu đồng)", "Số liệu (ĐVT: triệu đồng)"])
def test_the_unit_over_a_column_is_that_of_its_amounts(read_text, heading):
    head = HEAD.replace("| Đơn vị tính | Số liệu", f"| {heading}").replace(
        "|---|---|---|---|---|", "|---|---|---|---|"
    )
    found = read_text(head + f"| {ABOVE.replace(' % |', '')} |\n| {PLAN} | 7.001 | |\n")
    assert found.problems == ()
    assert found.report.cells["budget.investment.plan"][0].value.value == 7_001_000_000


@pytest.mark.parametrize(
    "above",
    [
        "Đơn vị tính: triệu đồng",
        "(Đơn vị tính: triệu đồng)",
        "ĐVT: Triệu đồng",
        "PHỤ LỤC SỐ LIỆU\n\nĐơn vị tính: triệu đồng",
        "PHỤ LỤC SỐ LIỆU (Đơn vị tính: triệu đồng)",
    ],
)
def test_the_unit_above_a_table_is_that_of_its_amounts(read_text, above):
    head, _, table = HEAD.replace("| Đơn vị tính | Số liệu", "| Số liệu").partition("| STT")
    row = f"| {ABOVE.replace(' % |', '')} |\n| {PLAN} | 7.001 | |\n"
    found = read_text(f"{head}{above}\n\n| STT{table}{row}")
    assert found.problems == ()
    assert found.report.cells["budget.investment.plan"][0].value.value == 7_001_000_000

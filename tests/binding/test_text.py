"""Running text: which numbers are figures, which fields they state, and which are left alone."""

import pytest

from validator.binding.masked import NumberKind
from validator.binding.recognition import load_recognition
from validator.binding.running import mask_text

HEAD = """UBND XÃ AN LẠC

# BÁO CÁO

Công tác cải cách hành chính năm 2024

## II. KẾT QUẢ

### 1. Cải cách thủ tục hành chính

"""


@pytest.fixture
def bound(read_text):
    """The fields that a sentence states, and the numbers left over."""

    def read(text, head=HEAD):
        found = read_text(head + text)
        cells = {path: [cell.raw for cell in cells] for path, cells in found.report.cells.items()}
        return cells, {each.raw: each.why for each in found.reach.unbound}

    return read


def others(text):
    return [each.other for each in mask_text(text, load_recognition()).numbers]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ngày 10/11/2023", "date"),
        ("ngày 10 tháng 11 năm 2023", "date"),
        ("tháng 11/2023", "date"),
        ("Kế hoạch số 13/QĐ-UBND", "document"),
        ("Nghị định số 61/2018/NĐ-CP", "document"),
        ("Nghị quyết 02 của huyện", "document"),
        ("ISO 9001:2015", "document"),
        ("năm 2023", "year"),
        ("kỳ 2019-2023", "year"),
        ("giai đoạn 2021 – 2025", "year"),
        ("Điều 4 của Luật", "legal"),
        ("biểu II.06a", "legal"),
        ("6 tháng đầu năm", "period"),
        ("dịch vụ công mức độ 3", "ordinal"),
        ("điện thoại: 0912345678", "phone"),
    ],
)
def test_a_number_that_is_no_figure_is_known_for_what_it_is(text, kind):
    assert set(others(text)) == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("có 1.034 hồ sơ", NumberKind.PLAIN),
        ("có 1\u00a0034 hồ sơ", NumberKind.PLAIN),
        ("đạt 81,25 %", NumberKind.PERCENT),
        ("đạt 50,28%KH năm", NumberKind.PERCENT),
        ("thu 25,16 tỷ đồng", NumberKind.MONEY),
        ("thu 7.494.120đ", NumberKind.MONEY),
        ("có 3 đồng chí", NumberKind.PLAIN),
        ("chiếm 3 tỷ lệ", NumberKind.PLAIN),
        ("đạt 49,14,52 tỷ đồng", NumberKind.GARBLED),
    ],
)
def test_a_figure_is_of_the_kind_it_is_written_as(text, kind):
    (number,) = mask_text(text, load_recognition()).numbers
    assert (number.kind, number.other) == (kind, "")


def test_a_phrase_around_a_number_tells_its_field(bound):
    cells, left = bound("Tổng số hồ sơ TTHC đã tiếp nhận 794 hồ sơ.")
    assert (cells, left) == ({"hoso.received": ["794"]}, {})


def test_a_phrase_holds_in_its_section_only(bound):
    sentence = "Đơn vị đã hoàn thành 57/61 nhiệm vụ."
    assert bound(sentence)[0] == {}
    head = "UBND XÃ AN LẠC\n\n# BÁO CÁO\n\nCông tác CCHC năm 2024\n\n## 4. Thực hiện nhiệm vụ được UBND huyện giao\n\n"  # noqa: E501 - a line of a report
    assert bound(sentence, head)[0] == {"tasks.assigned": ["61"], "tasks.done": ["57"]}


def test_of_two_phrases_the_longer_is_meant(bound):
    cells, _ = bound("Trong năm, xã có 45 TT đặc thù thực tế không áp dụng tại xã.")
    assert cells == {"procedures.not_applied": ["45"]}


def test_a_count_is_not_taken_for_a_percentage(bound):
    cells, left = bound("Số hóa kết quả TTHC 56/170 hồ sơ đạt 33 hồ sơ.")
    assert "digital.results_pct" not in cells
    assert "33" in left


def test_an_amount_shares_the_words_of_its_partner(bound):
    head = HEAD.replace("1. Cải cách thủ tục hành chính", "5. Cải cách tài chính công")
    cells, _ = bound("Giải ngân đạt 34,983/40,600 tỷ đồng.", head)
    assert cells["budget.investment.actual"] == ["34,983 tỷ đồng"]


def test_a_garbled_number_is_bound_and_told(read_text):
    head = HEAD.replace("1. Cải cách thủ tục hành chính", "5. Cải cách tài chính công")
    found = read_text(head + "Giải ngân đạt 34,983/40,6,00 tỷ đồng.")
    assert [problem.code for problem in found.problems] == ["read/unreadable-number"]


def test_a_day_that_the_calendar_lacks_is_told(read_text):
    found = read_text(HEAD + "Số liệu tính từ ngày 10/11/2023 đến ngày 31/11/2023.")
    assert [problem.code for problem in found.problems] == ["read/impossible-date"]


def test_several_statements_keep_the_order_of_the_text(read_text):
    found = read_text(
        HEAD
        + "Tổng số hồ sơ TTHC đã tiếp nhận 794 hồ sơ.\n\nNhắc lại: tổng số hồ sơ TTHC đã tiếp nhận 749 hồ sơ."
    )
    cells = found.report.cells["hoso.received"]
    assert [cell.raw for cell in cells] == ["794", "749"]
    assert cells[0].location.paragraph < cells[1].location.paragraph


def test_a_year_in_a_phrase_is_that_of_the_period(read_text):
    text = HEAD.replace("### 1. Cải cách thủ tục hành chính", "### 1. Công tác chỉ đạo điều hành")
    found = read_text(text + "- Năm 2023: Ban hành 5 văn bản\n- Năm 2024: Ban hành 7 văn bản\n")
    assert {path: cells[0].raw for path, cells in found.report.cells.items()} == {
        "directives.previous_year": "5",
        "directives.issued": "7",
    }

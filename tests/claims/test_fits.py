"""What only fits: found by search, ranked by evidence, never checked."""

import re

import pytest

from validator.claims import ClaimVerdict
from validator.claims.ranking import load_ranking

LEVELS = """Trong quý, các đơn vị đã trả kết quả 9.310 hồ sơ.
1. Cấp tỉnh
Trả kết quả 4.127 hồ sơ, trễ hẹn 31 hồ sơ.
2. Cấp xã
Trả kết quả 5.183 hồ sơ, trễ hẹn 58 hồ sơ.
"""


def fits(find, line, text):
    return [line(claim) for claim in find(text).claims if claim.verdict is ClaimVerdict.FITS]


def test_a_total_in_one_section_and_its_parts_in_others_fit(find, line):
    assert "sum fits: 9310 = 4127 + 5183" in fits(find, line, LEVELS)


@pytest.mark.parametrize("wrong", ["4.172", "4.128", "412"])
def test_what_does_not_add_up_is_not_found_here(find, line, wrong):
    assert not fits(find, line, LEVELS.replace("4.127", wrong))


def test_what_fits_is_not_counted_as_checked(find):
    result = find(re.sub(", trễ hẹn .. hồ sơ", "", LEVELS))
    assert [claim for claim in result.claims if claim.verdict is ClaimVerdict.FITS]
    assert result.reach.checked == 0


def test_percentages_of_a_whole_fit(find, line):
    assert fits(find, line, "Tỷ lệ hài lòng đạt 72%, không hài lòng 28%.") == ["sum fits: 100 = 72 + 28"]


def test_small_numbers_that_add_up_by_chance_are_not_told(find, line):
    text = "Xã có 5 thôn. Năm qua mở 2 lớp học, tổ chức 3 hội nghị, xây 7 nhà và sửa 9 cầu."
    assert not fits(find, line, text)


def test_what_structure_decides_is_not_told_once_more(find, line):
    text = "Nhận 48 hồ sơ, gồm 20 hồ sơ trực tuyến và 28 hồ sơ trực tiếp."
    assert [line(claim) for claim in find(text).claims if claim.kind.value == "sum"] == [
        "sum pass: 48 = 20 + 28"
    ]


def test_a_percentage_of_a_number_two_paragraphs_above_fits(find, line):
    text = """Trung tâm tiếp nhận 3.482 phiếu hỏi ý kiến.
Việc lấy phiếu do các tổ tình nguyện làm.
Có 1.217 phiếu góp ý về giờ làm việc (34,95%)."""
    found = [line(claim) for claim in find(text).claims]
    assert any(claim.endswith(": 1217/3482 = 34.95") for claim in found)


@pytest.mark.parametrize("kind", ["sums", "shares"])
def test_weights_are_whole_numbers(kind):
    ranking = load_ranking(kind)
    assert ranking.weights
    assert all(
        isinstance(number, int) for number in (ranking.start, ranking.least, *ranking.weights.values())
    )

"""The numbers of running text: what belongs to a number and what does not."""

import pytest

from validator.binding.masked import NumberKind
from validator.binding.recognition import load_recognition
from validator.binding.running import mask_text
from validator.text.fold import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiếp nhận 1\u00a0522 hồ sơ", ["1\u00a0522"]),
        ("chi 1\u00a0522,5 triệu đồng", ["1\u00a0522,5 triệu đồng"]),
        ("chi 1 tỷ 250 triệu đồng, thu 2 tỷ đồng", ["1 tỷ 250 triệu đồng", "2 tỷ đồng"]),
        ("chi 250 triệu 1 tỷ đồng", ["250 triệu", "1 tỷ đồng"]),
        ("đạt 1.200¹ hồ sơ", ["1.200"]),
        ("đạt 95,5%² theo báo cáo", ["95,5%"]),
        ("12³ hồ sơ", ["12"]),
        ("hồ sơ¹ là 12", ["12"]),
        ("diện tích 12 m² đất", ["12"]),
    ],
)
def test_a_mark_of_a_note_is_no_part_of_a_number(text, expected):
    assert [each.raw for each in mask_text(text, load_recognition()).numbers] == expected


@pytest.mark.parametrize("text", ["có 2l hồ sơ", "có 7O hồ sơ", "có 1O, trong đó"])
def test_a_letter_in_the_place_of_a_digit_makes_the_number_unreadable(text):
    [number] = mask_text(text, load_recognition()).numbers
    assert (number.kind, len(number.raw)) == (NumberKind.GARBLED, 2)


def test_marks_of_notes_are_no_part_of_a_word():
    assert (folded("Hồ sơ¹ mới"), folded("km²")) == ("ho so moi", "km2")

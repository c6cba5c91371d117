"""Lines without mark-up and composed: where each piece stood, in work that grows as the line does."""

import sys
import unicodedata

import pytest

from validator.readers.clean import clean, clean_line


def calls(work):
    """Return how many functions were called, and generators resumed, by *work*."""
    count = 0

    def seen(_frame, _event, _value):
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_a_line_of_mark_up_and_parted_letters_takes_linear_work():
    piece = unicodedata.normalize("NFD", "**ế** ")
    assert calls(lambda: clean_line(piece * 400)) < 2.5 * calls(lambda: clean_line(piece * 200))


def test_every_letter_is_found_where_it_stood():
    cleaned = clean_line(unicodedata.normalize("NFD", "**ế** b\u200bc ộd"))
    assert cleaned.text == "ế bc ộd"
    assert cleaned.shifts == ((0, 0), (1, 7), (3, 10), (6, 15))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("１２ hồ sơ", "12 hồ sơ"),
        ("１．２５０，５ triệu", "1.250,5 triệu"),
        ("đạt ９２，５％", "đạt 92,5%"),
        ("３８／４０", "38/40"),
        ("\U0001d7d2\U0001d7d8 người", "40 người"),
        ("12 m², mục ①", "12 m², mục ①"),
    ],
)
def test_wide_digits_are_digits_and_raised_ones_are_none(written, read):
    cleaned = clean_line(written)
    assert (cleaned.text, cleaned.shifts) == (read, ((0, 0),))
    assert clean(written) == read

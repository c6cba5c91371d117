"""Lines without mark-up and composed: where each piece stood, in work that grows as the line does."""

import sys
import unicodedata

from validator.readers.clean import clean_line


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

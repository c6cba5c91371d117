"""Two readings of one page: what they read differently is in doubt."""

import pytest

from validator.readers.ocr_reading import Spot, compared, numbered


def spot(text, left=100, bottom=700, confidence=95, width=40):
    return Spot(text, left, bottom, left + width, bottom + 10, bottom + 1, 12, confidence)


def seen(first, second):
    return [word.seen for word in compared(first, second)]


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        ("1.250", "1.250", False),
        ("1.250", "1.250,", False),
        ("(06)", "06", False),
        ("1.250", "1.260", True),
        ("15", "l5", True),
        ("12%", "12", True),
    ],
)
def test_a_figure_is_in_doubt_where_its_readings_differ(first, second, doubt):
    assert [each.doubt for each in seen([spot(first)], [spot(second)])] == [doubt]


def test_the_more_certain_reading_is_kept_and_the_other_told():
    (word,) = compared([spot("38G", confidence=50)], [spot("386", confidence=91)])
    assert (word.text, word.seen.other, word.seen.confidence) == ("386", "38G", 50)


def test_a_figure_that_only_one_reading_has_is_in_doubt():
    words = compared([spot("nam")], [spot("nam"), spot("25", left=200)])
    assert [(word.text, word.seen and word.seen.doubt) for word in words] == [("nam", None), ("25", True)]


def test_a_figure_read_without_confidence_is_in_doubt():
    assert seen([spot("25", confidence=55)], [spot("25")])[0].doubt


def test_a_word_is_in_doubt_only_where_it_may_be_a_figure():
    assert seen([spot("nữ", confidence=50)], [spot("nử")]) == [None]
    assert seen([spot("È-'", confidence=5)], [spot("È-'", confidence=0)])[0].doubt


def test_a_figure_parted_in_one_reading_is_in_doubt():
    words = compared([spot("1 646")], [spot("1", width=8), spot("646", left=112, width=28)])
    assert [word.seen.doubt for word in words] == [True]


def test_a_figure_keeps_its_box_in_points():
    assert seen([spot("25")], [spot("25")])[0].box == (100, 700, 140, 710)


def test_a_figure_knows_its_line_of_the_page():
    page = [
        spot("TRANG", bottom=760),
        spot("12", bottom=758, left=200),
        spot(".", bottom=740),
        spot("Gồm", bottom=720),
        spot("25", bottom=722, left=200),
        spot("16", bottom=700, left=200),
    ]
    lines = {word.text: word.seen.line for word in numbered(compared(page, page)) if word.seen}
    assert lines == {"12": 1, "25": 2, "16": 3}

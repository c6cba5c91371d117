"""Text keeps to its columns, loses nothing and commands no terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.render.layout import clean, indent, pad, share_out, width, wrap

VIETNAMESE = "Hồ sơ đã giải quyết không bằng tổng trước hạn, đúng hạn và quá hạn"


@pytest.mark.parametrize("columns", [8, 11, 20, 80])
def test_vietnamese_wraps_between_words_and_is_never_cut(columns):
    lines = wrap(VIETNAMESE, columns)
    assert all(width(line) <= columns for line in lines)
    assert " ".join(lines) == VIETNAMESE


def test_letters_typed_with_separate_marks_take_one_column():
    decomposed = unicodedata.normalize("NFD", VIETNAMESE)
    assert wrap(decomposed, 20) == wrap(VIETNAMESE, 20)
    assert width(decomposed) == width(VIETNAMESE) == len(VIETNAMESE)


def test_east_asian_letters_take_two_columns():
    assert width("越南") == 4
    assert pad("越南", 6) == "越南  "


def test_a_long_rule_id_breaks_after_its_hyphens():
    assert wrap("cchc/resolved-differs-from-parts", 16) == ["cchc/resolved-", "differs-from-", "parts"]


def test_a_word_without_a_break_is_broken_where_it_must_be():
    assert wrap("7" * 25, 10) == ["7" * 10, "7" * 10, "7" * 5]


def test_an_empty_text_is_one_empty_line():
    assert wrap("", 10) == [""]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("\x00\x7f", "␀␡"),
        ("abc\u202edcb", "abc\ufffddcb"),
        ("\x9b31m", "\ufffd31m"),
        ("\udc80", "\ufffd"),
        ("\ufffe\uffff\U0010ffff", "\ufffd\ufffd\ufffd"),
        ("[bold]x[/bold] {0}", "[bold]x[/bold] {0}"),
    ],
)
def test_what_could_steer_a_terminal_is_made_visible(written, shown):
    assert clean(written) == shown


@given(st.text(), st.integers(min_value=4, max_value=60))
def test_wrapping_keeps_every_letter_and_the_width(text, columns):
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert all(width(line) <= columns for line in lines)


def test_a_lead_stands_before_the_first_line_only():
    assert indent("một hai ba", 9, first="- ") == ["- một hai", "  ba"]
    assert indent("một hai ba", 9, first="│ ", rest="│ ") == ["│ một hai", "│ ba"]


def test_columns_get_what_they_want_if_there_is_room():
    assert share_out([[["a"], ["bbb"]], [["aa"], ["b"]]], 80) == [2, 3]


def test_a_column_that_wants_much_gives_way_first():
    rows = [[["lỗi"], [VIETNAMESE], ["dòng 12"]]]
    widths = share_out(rows, 40)
    assert widths[0] == 3
    assert widths[2] == 7
    assert sum(widths) + 4 == 40


@given(
    st.lists(st.tuples(*[st.lists(st.text(max_size=60), max_size=2)] * 4), min_size=1, max_size=4),
    st.integers(min_value=30, max_value=200),
)
def test_columns_always_fit(rows, total):
    assert sum(share_out(rows, total)) + 2 * 3 <= total

"""What a terminal is given is clean and counted as the terminal counts it."""

from __future__ import annotations

import unicodedata

import pytest

from validator.render.terminal import clean, width

VIETNAMESE = "Hồ sơ đã giải quyết không bằng tổng trước hạn, đúng hạn và quá hạn"


def test_letters_typed_with_separate_marks_take_one_column():
    decomposed = unicodedata.normalize("NFD", VIETNAMESE)
    assert clean(decomposed) == VIETNAMESE
    assert width(decomposed) == width(VIETNAMESE) == len(VIETNAMESE)


def test_east_asian_letters_take_two_columns():
    assert width("越南") == 4


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

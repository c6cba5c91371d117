"""Codes become words of one language, with the values put in."""

from __future__ import annotations

import pytest

from validator.wording import message as module
from validator.wording.message import message, message_help

CATALOGUE = {
    ("vi", "read"): {"empty": {"text": "Tệp {file} trống", "help": "Chọn tệp khác"}},
    ("en", "read"): {"empty": {"text": "File {file} is empty"}, "only-here": {"text": "In English"}},
}


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch):
    monkeypatch.setattr(module, "catalogue", lambda lang, area: CATALOGUE.get((lang, area), {}))


def test_words_come_in_the_language_asked_for():
    assert message("read/empty", "vi", {"file": "a.yaml"}) == "Tệp a.yaml trống"
    assert message("read/empty", "en", {"file": "a.yaml"}) == "File a.yaml is empty"


def test_a_message_missing_in_vietnamese_is_said_in_english():
    assert message("read/only-here", "vi") == "In English"


@pytest.mark.parametrize("code", ["read/unheard-of", "nowhere/empty", "no-area", "../etc/passwd", ""])
def test_an_unknown_code_stands_for_itself(code):
    assert message(code, "vi") == code


def test_help_is_apart_from_the_message_and_may_be_absent():
    assert message_help("read/empty", "vi") == "Chọn tệp khác"
    assert message_help("read/only-here", "en") == ""


def test_a_value_that_is_not_given_stays_visible():
    assert message("read/empty", "vi") == "Tệp {file} trống"


def test_braces_in_a_value_are_left_alone():
    assert message("read/empty", "vi", {"file": "{x}.yaml"}) == "Tệp {x}.yaml trống"

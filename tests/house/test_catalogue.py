"""The message catalogues say the same things in both languages."""

from __future__ import annotations

import json
import re
import string
import unicodedata
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "validator"
MESSAGES = SOURCE / "messages"
AREAS = sorted({path.name for path in MESSAGES.glob("*/*.json")})
CODE = re.compile(r'"(?P<area>[a-z]+)/(?P<key>[a-z][a-z0-9-]*)"')


def load(lang, area):
    def refuse_twins(pairs):
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"{lang}/{area} names a key twice: {keys}"
        return dict(pairs)

    return json.loads((MESSAGES / lang / area).read_text(encoding="utf-8"), object_pairs_hook=refuse_twins)


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_messages(area):
    vietnamese, english = load("vi", area), load("en", area)
    assert vietnamese.keys() == english.keys()
    for key in vietnamese:
        assert vietnamese[key].keys() == english[key].keys(), key


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_take_the_same_values(area):
    vietnamese, english = load("vi", area), load("en", area)
    for key, parts in vietnamese.items():
        for part, text in parts.items():
            assert placeholders(text) == placeholders(english[key][part]), (key, part)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_message_is_a_text_and_perhaps_help(lang, area):
    for key, parts in load(lang, area).items():
        assert re.fullmatch(r"@?[a-z0-9]+([-_][a-z0-9]+)*", key), key
        assert {"text"} <= parts.keys() <= {"text", "help", "help-far"}, key
        assert all(isinstance(text, str) and text.strip() for text in parts.values()), key


@pytest.mark.parametrize("area", AREAS)
def test_vietnamese_words_accuse_nobody(area):
    for key, parts in load("vi", area).items():
        for text in parts.values():
            assert unicodedata.is_normalized("NFC", text), key
            assert not re.search(r"\bsai\b", text.casefold()), key


def test_every_code_named_in_the_program_has_words():
    known = {(Path(area).stem, key) for area in AREAS for key in load("vi", area)}
    areas = {area for area, _ in known}
    named = {
        (match["area"], match["key"])
        for path in SOURCE.rglob("*.py")
        for match in CODE.finditer(path.read_text(encoding="utf-8"))
        if match["area"] in areas
    }
    assert named <= known, f"without words: {sorted(named - known)}"

"""The message catalogues say the same things in both languages."""

from __future__ import annotations

import itertools
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


@pytest.fixture(scope="module")
def catalogues():
    """Every area in both languages: its name, then the messages by their keys."""
    return {area: (load("vi", area), load("en", area)) for area in AREAS}


def texts(messages):
    return [(key, part, text) for key, parts in messages.items() for part, text in parts.items()]


def test_both_languages_have_the_same_messages(catalogues):
    for area, (vietnamese, english) in catalogues.items():
        assert vietnamese.keys() == english.keys(), area
        for key in vietnamese:
            assert vietnamese[key].keys() == english[key].keys(), (area, key)


def test_both_languages_take_the_same_values(catalogues):
    for area, (vietnamese, english) in catalogues.items():
        for key, part, text in texts(vietnamese):
            assert placeholders(text) == placeholders(english[key][part]), (area, key, part)


PARTS = {"text", "explanation", "difference", "help", "help-far"}


def test_a_message_is_a_text_and_perhaps_more(catalogues):
    for area, languages in catalogues.items():
        for key, parts in itertools.chain.from_iterable(each.items() for each in languages):
            assert re.fullmatch(r"@?[a-z0-9]+([-_][a-z0-9]+)*", key), (area, key)
            assert {"text"} <= parts.keys() <= PARTS, (area, key)
            assert all(isinstance(text, str) and text.strip() for text in parts.values()), (area, key)


def test_vietnamese_words_accuse_nobody(catalogues):
    for area, (vietnamese, _) in catalogues.items():
        for key, part, text in texts(vietnamese):
            assert unicodedata.is_normalized("NFC", text), (area, key, part)
            assert not re.search(r"\bsai\b", text.casefold()), (area, key, part)


def test_every_code_named_in_the_program_has_words(catalogues):
    known = {(Path(area).stem, key) for area, (vietnamese, _) in catalogues.items() for key in vietnamese}
    areas = {area for area, _ in known}
    named = {
        (match["area"], match["key"])
        for path in SOURCE.rglob("*.py")
        for match in CODE.finditer(path.read_text(encoding="utf-8"))
        if match["area"] in areas
    }
    assert named <= known, f"without words: {sorted(named - known)}"

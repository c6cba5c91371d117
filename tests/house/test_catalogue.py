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


MOST_WORDS = 25
PROGRAMS = re.compile(
    r"libreoffice|soffice|tesser|\bpip\b|python|jinja|pdfium|lxml|\bxml\b|traineddata", re.IGNORECASE
)
OF_ANY_FILE = re.compile(
    r"crashed|too-slow|too-heavy|too-large|no-such-file|broken-link|name-too-long|(more-)?blocks?-lost"
    r"|is-a-folder|not-a-file|unreadable-file|binary|empty|packet-.*|appendix-not-joined|(assumed|broken)-encoding"
)


def test_what_is_said_of_files_that_people_sent_is_short_and_names_no_program(catalogues):
    """How to install a missing part is for whoever keeps the machine."""
    said = [
        ("document", key, lang)
        for lang in catalogues["document.json"]
        for key in lang
        if key != "missing-extra"
    ]
    said += [("check", key, lang) for lang in catalogues["check.json"] for key in lang]
    said += [
        ("read", key, lang) for lang in catalogues["read.json"] for key in lang if OF_ANY_FILE.fullmatch(key)
    ]
    assert len(said) > 100
    for area, key, language in said:
        for part, text in language[key].items():
            assert len(text.split()) <= MOST_WORDS, (area, key, part, text)
            assert not PROGRAMS.search(text), (area, key, part, text)

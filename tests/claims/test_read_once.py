"""A passage that was read before is not read again, and is the same reading at its new place."""

import pytest

from validator.model.document import Block, BlockKind
from validator.model.location import Location
from validator.text import read
from validator.text.passage import Passage
from validator.text.vocabulary import load_vocabulary

TEXT = "Tiếp nhận 1.200 hồ sơ, trong đó 800 hồ sơ trực tuyến (66,67%)."


def passage(text=TEXT, paragraph=1):
    place = Location(file="a.txt", paragraph=paragraph)
    return Passage(text=text, source=Block(kind=BlockKind.PARAGRAPH, text=text, location=place))


def reading(index, made, *, degraded=False):
    vocabulary = load_vocabulary()
    return read.read_passage(made, index, vocabulary.lexicon(degraded=degraded), vocabulary)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(read, "_KEPT", {})


def test_the_same_text_elsewhere_is_what_it_would_be_if_read_anew(monkeypatch):
    reading(3, passage())
    again = reading(7, passage(paragraph=9))
    monkeypatch.setattr(read, "_KEPT", {})
    assert again == reading(7, passage(paragraph=9))
    assert {mention.passage for mention in again.mentions} == {7}


def test_it_is_read_once(monkeypatch):
    reading(3, passage())
    monkeypatch.setattr(read, "tokenise", None)
    assert len(reading(4, passage()).mentions) == 3


def test_other_words_are_another_reading():
    marked, unmarked = (reading(1, passage(), degraded=degraded) for degraded in (False, True))
    assert marked.tokens is not unmarked.tokens


def test_little_is_kept(monkeypatch):
    monkeypatch.setattr(read, "_MOST_KEPT", 2)
    for number in range(9):
        reading(number, passage(f"Có {number} hồ sơ."))
        assert len(read._KEPT) <= 2
    reading(1, passage("Có 1 hồ sơ. " * read._LONGEST_KEPT))
    assert all(len(text) <= read._LONGEST_KEPT for text, _, _ in read._KEPT)

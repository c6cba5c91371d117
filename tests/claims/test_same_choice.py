"""Which earlier figure a later one tells again is chosen by structure and words alone."""

import re

import pytest

from validator.claims import load_vocabulary
from validator.claims.find import read_text
from validator.claims.identity_word import load_identity
from validator.claims.log_linear import CERTAIN, chances, odds
from validator.claims.same_choice import choices, corpus_of, load_choosing
from validator.claims.teller import said_of
from validator.model.document import Document
from validator.readers.assembly import assemble
from validator.readers.compartment import Compartments
from validator.readers.text import text_items

TEXT = """I. KẾT QUẢ

Trong 9 tháng, toàn xã tiêm phòng cho 3.482 con lợn, 1.120 con trâu bò, đạt 87,4%.

- Thôn Nà Lốc tiêm cho 1.265 con lợn.

- Thôn Bản Pe tiêm cho 2.217 con lợn.

II. ĐÁNH GIÁ CHUNG

Với 3.482 con lợn được tiêm phòng, tỷ lệ 87,4%, xã không để xảy ra ổ dịch lớn."""


def chosen_in(text: str) -> list[tuple[int, int, int]]:
    apart = Compartments("text")
    document = Document(
        file="text", media_type="text/plain", blocks=assemble("text", text_items(text, apart), apart)
    )
    read, grids = read_text(document, load_vocabulary())
    words = load_identity("vi")
    corpus = corpus_of(read, grids, said_of(read, words), words)
    return [
        (choice.later.mention.passage, choice.other.mention.passage, choice.chance)
        for choice in choices(corpus, load_choosing().weights)
    ]


@pytest.mark.parametrize("digits", ["1357924680", "9876543219", "5555555555"])
def test_the_choice_is_the_same_whatever_the_digits_are(digits):
    changed = re.sub(r"\d(?=[\d.,]*\d{2}\b|,\d|\d%)", lambda found: digits[int(found[0])], TEXT)
    changed = re.sub(r"(?<=\.)\d{3}", lambda found: "".join(digits[int(d)] for d in found[0]), changed)
    assert changed != TEXT
    assert chosen_in(changed) == chosen_in(TEXT)


def test_an_assessment_chooses_what_it_sums_up():
    sure = [(later, other) for later, other, chance in chosen_in(TEXT) if chance > load_choosing().certain]
    assert sure == [(5, 1), (5, 1)]


def test_chances_add_up_to_no_more_than_certainty():
    assert sum(chances([250, 100, -300])) <= CERTAIN
    assert chances([0]) == [CERTAIN // 2]
    assert odds(100) == 2 * odds(0)

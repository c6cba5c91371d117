"""Numbers as they are typed: grouped by hard blanks, with a letter for a digit, with the mark of a note."""

import pytest

from validator.claims import load_vocabulary
from validator.text.token import TokenKind, tokenise


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1\u00a0522 hồ sơ", 1522, 0),
        ("1\u202f522\u202f000 đồng", 1522000, 0),
        ("1\u00a0522,50 ha", 1522.5, 2),
    ],
)
def test_a_number_grouped_by_hard_blanks_is_one(text, value, decimals):
    lexicon = load_vocabulary().lexicon(degraded=False)
    [number] = [each for each in tokenise(text, lexicon) if each.kind is TokenKind.NUMBER]
    assert (number.numeral.value, number.numeral.decimals) == (value, decimals)


@pytest.mark.parametrize("text", ["có 2l hồ sơ", "có 7O hồ sơ", "có 1O, trong đó"])
def test_a_number_with_a_letter_for_a_digit_is_not_read(text):
    lexicon = load_vocabulary().lexicon(degraded=False)
    [number] = [each for each in tokenise(text, lexicon) if each.kind is TokenKind.NUMBER]
    assert (len(number.text), number.numeral) == (2, None)


@pytest.mark.parametrize("text", ["1.200¹ hồ sơ", "hồ sơ² là 1.200", "1.200 m²"])
def test_the_mark_of_a_note_belongs_to_no_number_and_no_word(text):
    lexicon = load_vocabulary().lexicon(degraded=False)
    tokens = tokenise(text, lexicon)
    assert [each.numeral.value for each in tokens if each.kind is TokenKind.NUMBER] == [1200]
    assert {each.text for each in tokens if each.kind is TokenKind.WORD} <= {"hồ", "sơ", "là", "m²"}

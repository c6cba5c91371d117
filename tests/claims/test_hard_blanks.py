"""Blanks at which no line breaks group the digits of a number."""

import pytest

from validator.claims import load_vocabulary
from validator.claims.token import TokenKind, tokenise


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

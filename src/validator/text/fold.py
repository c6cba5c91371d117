"""Words brought to the form in which they are compared, whatever way they were typed or scanned."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BARE = str.maketrans({"\u0111": "d", "0": "o", "6": "o", "1": "l", "5": "s"})
_VOWELS = str.maketrans(dict.fromkeys("eiouybdr", "a"))
_RUN = re.compile("aa+")


@lru_cache(maxsize=20_000)
def accented(word: str) -> str:
    """Fold case and the place of the tone mark: old and new spelling, NFC and NFD are one word."""
    if word.isascii():
        return word.lower()
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", word.casefold()):
        (tones if letter in _TONES else letters).append(letter)
    return unicodedata.normalize("NFC", "".join(letters)) + "".join(tones)


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Fold to letters without marks; digits that scanning puts for letters become letters."""
    text = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).translate(_BARE)


@lru_cache(maxsize=20_000)
def rough(word: str) -> str:
    """Fold further for scanned text: a run of vowels is one letter, for their marks are misread.

    Inside a syllable b, d and r (but for ``tr``) are no letters of the language: they are what
    scanning makes of a vowel with marks.
    """
    plain = bare(word)
    head = 2 if plain[:2] == "tr" else 1
    first = plain[:head] if plain[0] not in "eiouya" else "a"
    return _RUN.sub("a", first + plain[head:].translate(_VOWELS))


def has_marks(word: str) -> bool:
    """Whether a word carries a letter or mark that plain ASCII has not."""
    return not word.isascii()

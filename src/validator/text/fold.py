"""Words brought to the form in which they are compared, whatever way they were typed or scanned.

There are four, from the most like what was written to the least: `accented` minds every mark, `agree` takes
a word without any marks for the same with them, `fold` minds none and remembers where each character stood,
so that what is found can be pointed at, `rough` is for scans, in which the marks of vowels are misread.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from validator.model.record import record
from validator.readers.notation import SUPERSCRIPTS

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BARE = str.maketrans({"\u0111": "d", "0": "o", "6": "o", "1": "l", "5": "s"})
_VOWELS = str.maketrans(dict.fromkeys("eiouybdr", "a"))
_RUN = re.compile("aa+")
_MARKED_WORD = re.compile(r"[a-z0-9\u0111\u0300-\u036f]+")
_KEPT = frozenset(".,:;/()%=+&@?*'\\|_<>[]{}#!~")
_DASHES = frozenset("-–—−‐‑")
# Typed for one another inside names: Ea M'Lan.
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02b9\u2032")
_KEPT_TEXTS = 4096
_SHORT = 1500
_LETTERS_ALONE = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[a-z0-9]+|%")
# Raised digits are marks of notes, but for those of an area or a volume: m², km³.
_NOTE_MARKS = re.compile(rf"(?<!\bm)(?<!\b[cdkm]m)[{SUPERSCRIPTS}]+")
# What a character with one of these near it is folded to depends on where it stands.
_PLACED = re.compile(rf"[{SUPERSCRIPTS}{''.join(sorted(_APOSTROPHES - {chr(39)}))}]")
# Letters with a stroke, which have no decomposition, and those typed for them by mistake.
_LETTERS = dict.fromkeys("\u0111\u0110\u00f0\u00d0\u0256", "d")


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


@record(kw_only=False)
class Folded:
    """Folded text; ``starts[i]`` is where its character *i* stands in what was folded."""

    text: str
    starts: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that ``text[start:end]`` was made of."""
        first = self.starts[start] if start < len(self.starts) else self.length
        last = self.starts[end - 1] + 1 if 0 < end <= len(self.starts) else first
        return first, last

    def at(self, offset: int) -> int:
        """Return the folded position of an offset of the original."""
        return max(0, bisect_right(self.starts, offset) - 1)


@cache
def fold_character(character: str) -> str:
    """Return what one character is folded to: letters, a kept sign, a blank or nothing."""
    if character in _LETTERS:
        return _LETTERS[character]
    if character.isspace():
        return " "
    if character in _DASHES:
        return "-"
    plain = "".join(
        _LETTERS.get(each, each)
        for each in unicodedata.normalize("NFKD", character).casefold()
        if not unicodedata.combining(each)
    )
    if not plain or unicodedata.category(character) in ("Cf", "Mn", "Mc", "Lm"):
        return ""
    return plain if plain.isalnum() or plain in _KEPT else " "


class _FoldedCharacters(dict[int, str]):
    """What each character is folded to, found out as it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


_FOLDED = _FoldedCharacters()


def fold(text: str) -> Folded:
    """Fold *text*; runs of blanks become one, marks of notes are left out."""
    return _folded_short(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=64)
def _folded_short(text: str) -> Folded:
    """Fold a text that is asked about by one question after another, as the lines of a head are."""
    return _fold(text)


def _fold(text: str) -> Folded:
    if not _PLACED.search(text):
        return _folded_alone(text)
    characters: list[str] = []
    starts: list[int] = []
    marks = {place for each in _NOTE_MARKS.finditer(text) for place in range(*each.span())}
    for place, character in enumerate(text):
        if place in marks:
            continue
        within = (
            character in _APOSTROPHES
            and text[place - 1 : place].isalpha()
            and text[place + 1 : place + 2].isalpha()
        )
        for each in "'" if within else fold_character(character):
            if each == " " and (not characters or characters[-1] == " "):
                continue
            characters.append(each)
            starts.append(place)
    return Folded("".join(characters), tuple(starts), len(text))


def _folded_alone(text: str) -> Folded:
    """Fold a text of which every character is folded without a look at its neighbours."""
    plain = text.translate(_FOLDED)
    sizes = {len(_FOLDED[ord(each)]) for each in set(text)}
    if sizes == {1} and plain[0] != " " and "  " not in plain:
        return Folded(plain, tuple(range(len(text))), len(text))
    characters: list[str] = []
    starts: list[int] = []
    last = " "
    for place, character in enumerate(text):
        for each in _FOLDED[ord(character)]:
            if each != " " or last != " ":
                characters.append(each)
                starts.append(place)
                last = each
    return Folded("".join(characters), tuple(starts), len(text))


@lru_cache(maxsize=_KEPT_TEXTS)
def folded(text: str) -> str:
    """Return *text* folded, without its places."""
    if _PLACED.search(text):
        return fold(text).text.strip()
    return " ".join(text.translate(_FOLDED).split())


@lru_cache(maxsize=_KEPT_TEXTS)
def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of *text*, folded."""
    return tuple(WORD.findall(folded(text)))


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of *text* without its numbers, each `accented`."""
    return tuple([accented(word) for word in _LETTERS_ALONE.findall(text)])


Spelled = tuple[str, ...]


@lru_cache(maxsize=_KEPT_TEXTS)
def spelled(text: str) -> Spelled:
    """Return the words of a name, each `accented`: two places may differ by nothing but a tone."""
    plain = unicodedata.normalize("NFD", text.replace("\u00f0", "\u0111").replace("\u00d0", "\u0111"))
    return tuple(accented(word) for word in _MARKED_WORD.findall(plain.casefold()))


def agree(one: Spelled, other: Spelled) -> bool:
    """Whether two names may be the same: word by word, a word without any marks may be typed without."""
    return len(one) == len(other) and all(
        left == right or left.isascii() or right.isascii() for left, right in zip(one, other, strict=True)
    )


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one unit; a name that is not known may be any."""
    return not one or not other or agree(spelled(one), spelled(other))

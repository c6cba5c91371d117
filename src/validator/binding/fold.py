"""Text brought to one form for comparison: letter case, composition, tone marks, blanks, dashes.

Every folded character remembers where it stood, so that what is found can be pointed at.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.notation import SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT = frozenset(".,:;/()%=+&@?*'\\|_<>[]{}#!~")
_DASHES = frozenset("-–—−‐‑")
# Typed for one another inside names: Ea M'Lan.
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02b9\u2032")
_KEPT_TEXTS = 4096
_SHORT = 1500
_WORD = re.compile(r"[a-z0-9]+|%")
# Letters with a stroke, which have no decomposition, and those typed for them by mistake.
# Raised digits are marks of notes, but for those of an area or a volume: m², km³.
_NOTE_MARKS = re.compile(rf"(?<!\bm)(?<!\b[cdkm]m)[{SUPERSCRIPTS}]+")
# What a character with one of these near it is folded to depends on where it stands.
_PLACED = re.compile(rf"[{SUPERSCRIPTS}{''.join(sorted(_APOSTROPHES - {chr(39)}))}]")
_LETTERS = dict.fromkeys("\u0111\u0110\u00f0\u00d0\u0256", "d")


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
    return tuple(_WORD.findall(folded(text)))


@record(kw_only=False)
class Abbreviations:
    """Long forms and the short ones that they are compared as."""

    pattern: re.Pattern[str]
    short: Mapping[str, str]

    def shorten(self, text: str) -> str:
        """Replace the long forms in a folded text."""
        return self.pattern.sub(lambda found: self.short[found[0]], text)

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of *text* with long forms shortened."""
        spaced = " ".join(_WORD.findall(folded(text)))
        return tuple(self.shorten(spaced).split())


def abbreviations(data: Mapping[str, list[str]]) -> Abbreviations:
    """Build the abbreviations of a recognition file."""
    short = {" ".join(words(each)): "".join(words(name)) for name, longs in data.items() for each in longs}
    # A long form with a comma is found in running text as well.
    listed = [(name, each) for name, longs in data.items() for each in longs if "," in each]
    short |= {folded(each): "".join(words(name)) for name, each in listed}
    longest = sorted(short, key=len, reverse=True)
    pattern = rf"\b(?:{'|'.join(map(re.escape, longest))})\b" if longest else r"(?!)"
    return Abbreviations(re.compile(pattern), short)

"""Text typed in the fonts of the time before Unicode (TCVN3, VNI) → Unicode.

Such text looks right on a page that has the font; its characters are those of Western letters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.paragraph import RawItem, RawParagraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TCVN3 = "tcvn3"
VNI = "vni"

_DATA = Path(__file__).with_name("data") / "legacy_encodings.json"
_LETTERS = re.compile(r"[^\W\d_]+")
_UNICODE_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_WESTERN = re.compile("[\u00a1-\u00ff]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FEWEST_WESTERN = 8
_VOWELS = "aeiouy"


@record(kw_only=False)
class _Encodings:
    """The letters of each encoding, and how a syllable may begin and end."""

    letters: Mapping[str, Mapping[str, str]]
    patterns: Mapping[str, re.Pattern[str]]
    syllable: re.Pattern[str]


def encoding_of_font(font: str | None) -> str | None:
    """Return the encoding that a font's name stands for, or None for Unicode."""
    if font is None:
        return None
    if font.startswith(".Vn"):
        return TCVN3
    return VNI if font.upper().startswith("VNI-") else None


def decoded(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Return *text* in Unicode; in fonts of *capitals* small letters look like capitals."""
    encodings = _encodings()
    letters = encodings.letters[encoding]
    shown = encodings.patterns[encoding].sub(lambda match: letters[match.group()], text)
    return shown.upper() if capitals and encoding == TCVN3 else shown


def recognised(text: str) -> str | None:
    """Return the encoding that makes Vietnamese of *text*, or None where it is none."""
    western = len(_WESTERN.findall(text))
    if western < _FEWEST_WESTERN or len(_UNICODE_VIETNAMESE.findall(text)) * 20 > western:
        return None
    scores = {name: _plausible(text, name) for name in (TCVN3, VNI)}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 90 and scores[best] > _plausible(text, None) + 10 else None


def convert(items: Iterable[RawItem]) -> tuple[list[RawItem], str | None]:
    """Return the items in Unicode and the encoding that they were in, if they were."""
    kept = list(items)
    sample = "\n".join(_texts(kept))
    encoding = recognised(sample[:200_000])
    if encoding is None:
        return kept, None
    for item in kept:
        if isinstance(item, RawParagraph):
            item.text = _converted(item.text, encoding)
        else:
            for cell in item.cells:
                cell.text = _converted(cell.text, encoding)
    return kept, encoding


def _texts(items: list[RawItem]) -> Iterable[str]:
    for item in items:
        if isinstance(item, RawParagraph):
            yield item.text
        else:
            yield from (cell.text for cell in item.cells)


def _converted(text: str, encoding: str) -> str:
    """Convert a text unless it is Unicode already."""
    return text if _UNICODE_VIETNAMESE.search(text) else decoded(text, encoding)


def _plausible(text: str, encoding: str | None) -> int:
    """Return the percentage of the words with Western letters that then are syllables."""
    syllable = _encodings().syllable
    total = good = 0
    for word in text.split():
        if not _WESTERN.search(word):
            continue
        shown = decoded(word, encoding) if encoding else word
        for part in _LETTERS.findall(shown):
            total += 1
            bare, tones = _bare(part)
            good += tones <= 1 and syllable.fullmatch(bare) is not None
    return good * 100 // max(total, 1)


def _bare(word: str) -> tuple[str, int]:
    """Return a word without its marks, in small letters, and the count of its tone marks."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = sum(sign in _TONES for sign in parts)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)), tones


@cache
def _encodings() -> _Encodings:
    """Load the letters when they are first needed."""
    data = json.loads(_DATA.read_text("utf-8"))
    letters = {name: data[name] for name in (TCVN3, VNI)}
    patterns = {
        name: re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))
        for name, found in letters.items()
    }
    onsets = "|".join(map(re.escape, sorted(data["onsets"], key=len, reverse=True)))
    codas = "|".join(map(re.escape, sorted(data["codas"], key=len, reverse=True)))
    syllable = re.compile(f"(?:{onsets})[{_VOWELS}]{{1,3}}(?:{codas})")
    return _Encodings(letters, patterns, syllable)

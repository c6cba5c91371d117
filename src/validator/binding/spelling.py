"""Names with their marks: two places may differ by nothing but a tone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Grave, acute, tilde, hook above and dot below: the tones. Older spelling sets them on another vowel.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[a-z0-9\u0111\u0300-\u036f]+")
_KEPT_NAMES = 4096

Spelled = tuple[str, ...]


@lru_cache(maxsize=_KEPT_NAMES)
def spelled(text: str) -> Spelled:
    """Return the words of *text* without letter case, each with its tone at its end."""
    plain = unicodedata.normalize("NFD", text).casefold().replace("\u00f0", "\u0111")
    return tuple(_tone_last(word) for word in _WORD.findall(plain))


def _tone_last(word: str) -> str:
    tones = "".join(sorted(each for each in word if each in _TONES))
    return "".join(each for each in word if each not in _TONES) + tones


def agree(one: Spelled, other: Spelled) -> bool:
    """Whether two names may be the same: word by word, a word without any marks may be typed without."""
    return len(one) == len(other) and all(
        left == right or left.isascii() or right.isascii() for left, right in zip(one, other, strict=True)
    )


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one unit; a name that is not known may be any."""
    return not one or not other or agree(spelled(one), spelled(other))

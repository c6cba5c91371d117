"""Digits, and the signs between them, that another keyboard wrote wider or heavier than our own."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLOCKS = (range(0xFF10, 0xFF1A), range(0x1D7CE, 0x1D800), range(0x1FBF0, 0x1FBFA))
"""Full-width, mathematical and segmented digits; raised and ringed ones are marks, no digits of a figure."""
_SIGNS = "\uff05\uff0b\uff0c\uff0d\uff0e\uff0f"
"""Full-width per cent, plus, comma, hyphen, point, stroke: typed beside such digits."""


def _plain() -> Iterator[tuple[int, str]]:
    codes = [code for block in _BLOCKS for code in block] + [ord(sign) for sign in _SIGNS]
    return ((code, unicodedata.normalize("NFKC", chr(code))) for code in codes)


PLAIN: Mapping[int, str] = MappingProxyType(dict(_plain()))
"""The plain character by the code of the wide one."""
_ANY = re.compile("[" + "".join(map(chr, PLAIN)) + "]")


def with_plain_digits(text: str) -> str:
    """Return *text* with plain digits and signs, each where it stood."""
    return text.translate(PLAIN) if _ANY.search(text) else text

"""What a terminal is and may be given: its width, whether it shows colours, clean text."""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DELETE = 0x7F
_NO_CHARACTER = 0xFFFE  # nor is what follows it; XML must hold neither


def terminal_width(unknown: int = 100) -> int:
    """Return how many columns the terminal has, as `shutil` does, whose compressors take long to load."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or unknown  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return unknown


def clean(text: str) -> str:
    """*text* on one line, composed, with nothing in it that a terminal would obey."""
    harmless = text if text.isprintable() else "".join(map(_visible, text))
    return unicodedata.normalize("NFC", harmless)


def _visible(character: str) -> str:
    """A character, or the stand-in for one that could steer a terminal or turn the text around."""
    if character in _SPACES:
        return " "
    code = ord(character)
    match unicodedata.category(character):
        case "Cc" if code == _DELETE:
            return "\u2421"
        case "Cc" if code < _DELETE:
            return chr(0x2400 + code)
        case "Cc" | "Cs":
            return "\ufffd"
        case "Cn" if code & 0xFFFE == _NO_CHARACTER:
            return "\ufffd"
    return "\ufffd" if character in _TURNS else character


def width(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


@lru_cache(maxsize=1024)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def is_colour_wanted(*, no_color: bool, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to use colour: on a terminal, unless the user or ``NO_COLOR`` says no."""
    return (
        is_terminal and not no_color and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    )

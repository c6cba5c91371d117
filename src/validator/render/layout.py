"""Text into lines and columns of a terminal: cleaning, width, wrapping, sharing the width out."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_NARROWEST = 4
_PIECE = re.compile(r"[^-/_.,;:]*[-/_.,;:]+|[^-/_.,;:]+")
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


def pad(text: str, columns: int) -> str:
    """*text* with spaces up to *columns*."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most *columns*, broken between words; nothing of *text* is lost."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        if not word:
            continue
        if line and width(line) + 1 + width(word) <= columns:
            line += " " + word
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, columns)
        lines += full
    return [*lines, line]


def _pieces(word: str, columns: int) -> list[str]:
    """A word broken after its hyphens, slashes and dots, or anywhere if it must be."""
    if width(word) <= columns:
        return [word]
    lines = [""]
    for piece in _PIECE.findall(word):
        parts = [piece] if width(piece) <= columns else list(piece)
        for part in parts:
            if lines[-1] and width(lines[-1]) + width(part) > columns:
                lines.append("")
            lines[-1] += part
    return lines


def indent(text: str, columns: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Wrapped lines, the first after *first*, the others after *rest* (else as many spaces)."""
    lead = " " * width(first) if rest is None else rest
    lines = wrap(text, max(_NARROWEST, columns - width(first)))
    return [(first if number == 0 else lead) + line for number, line in enumerate(lines)]


def share_out(rows: Sequence[Sequence[Sequence[str]]], total: int) -> list[int]:
    """Widths of the columns of *rows* (cells of paragraphs), gaps aside, fitting *total*.

    A column gets what its longest paragraph takes; if that is too much, its longest unbroken
    piece, and of what is left an equal share or what it would still like, if that is less.
    """
    columns = [[paragraph for row in rows for paragraph in row[index]] for index in range(len(rows[0]))]
    wanted = [max((width(clean(text)) for text in column), default=0) for column in columns]
    room = total - _GAP * (len(columns) - 1)
    if sum(wanted) <= room:
        return wanted
    least = [max((_longest_piece(text) for text in column), default=0) for column in columns]
    while sum(least) > room and max(least) > _NARROWEST:
        least[least.index(max(least))] -= 1
    return _filled(least, wanted, max(0, room - sum(least)))


def _filled(least: list[int], wanted: list[int], spare: int) -> list[int]:
    """*least*, with *spare* handed out so that columns that want little get all of it."""
    widths = list(least)
    hungriest_last = sorted(range(len(widths)), key=lambda index: wanted[index] - least[index])
    for left, index in zip(range(len(widths), 0, -1), hungriest_last, strict=True):
        more = min(wanted[index] - least[index], spare // left)
        widths[index] += more
        spare -= more
    return widths


def _longest_piece(text: str) -> int:
    return max((width(piece) for word in text.split(" ") for piece in _PIECE.findall(clean(word))), default=0)

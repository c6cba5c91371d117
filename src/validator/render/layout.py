"""Text into lines and columns of a terminal: cleaning, width, wrapping, sharing the width out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_NARROWEST = 4
_PIECE = re.compile(r"[^-/_.,;:]*[-/_.,;:]+|[^-/_.,;:]+")
_LAST_DELETE = 0x7F


def _harmless() -> dict[int, str]:
    """Characters that could steer a terminal, each with a visible stand-in."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table |= dict.fromkeys([*range(0x80, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F)], "\ufffd")
    table |= dict.fromkeys([*range(0x2066, 0x206A), *range(0xD800, 0xE000)], "\ufffd")
    table |= dict.fromkeys([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], " ")
    return table | {_LAST_DELETE: "\u2421"}


_HARMLESS = _harmless()


def clean(text: str) -> str:
    """*text* on one line, composed, with nothing in it that a terminal would obey."""
    return unicodedata.normalize("NFC", text.translate(_HARMLESS))


def width(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


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

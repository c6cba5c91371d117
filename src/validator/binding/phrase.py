"""Phrases of the pack → patterns over masked text.

``{n}`` is the field's number, ``{_}`` any number, ``{year}`` the year of the report's period,
``{year-1}`` the year before, ``…`` a few words of one clause; a colon is also
a blank or the copula; commas and brackets may be left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from validator.binding.masked import DATE, FIGURE, OTHER
from validator.model.record import record
from validator.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.binding.recognition import Recognition

_PIECE = re.compile(r"\{n\}|\{_\}|\{year(?:-1)?\}|…|[a-z0-9]+|\S")
YEARS = {"{year}": 0, "{year-1}": 1}
_FEW_WORDS = rf"[^.;:{FIGURE}{DATE}{OTHER}]{{0,80}}?"
_ANY = f"[{FIGURE}{DATE}{OTHER}]"


@record
class Phrase:
    """A phrase as a pattern; ``weight`` is how many words and signs it asks for.

    ``digits`` are the numbers that it asks for as they are, by the group that matches them.
    """

    source: str
    weight: int
    anchor: str = ""
    digits: tuple[tuple[str, str], ...] = ()

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where *text* has the phrase; most texts lack even its longest words."""
        return _compiled(self.source).finditer(text) if self.anchor in text else iter(())


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def compile_phrase(phrase: str, copula: tuple[str, ...], known: Recognition, *, is_date: bool) -> Phrase:
    """Return the pattern of *phrase*; the group ``n`` is the field's number."""
    pieces = (fold(each).text.strip() for each in re.split("…|[.]{3}", phrase))
    text = known.abbreviations.shorten(" … ".join(pieces))
    parts: list[str] = []
    weight = 0
    digits: list[tuple[str, str]] = []
    for piece in _PIECE.findall(text):
        if piece.isdigit() or piece in YEARS:
            digits.append((f"d{len(digits)}", piece))
            pattern, counts = f"(?P<{digits[-1][0]}>{_ANY})", 1
        else:
            pattern, counts = _piece(piece, copula, is_date=is_date)
        parts.append(pattern)
        weight += counts
    begin = r"(?<![a-z0-9])" if parts and parts[0][:1].isalnum() else ""
    end = r"(?![a-z0-9])" if parts and parts[-1][-1:].isalnum() else ""
    return Phrase(
        source=begin + _with_blanks(parts) + end, weight=weight, anchor=_anchor(parts), digits=tuple(digits)
    )


def _anchor(parts: list[str]) -> str:
    """Return the longest run of plain words: a text without it cannot have the phrase."""
    runs = [""]
    for part in parts:
        if not part.isalnum():
            runs.append("")
        else:
            runs[-1] = f"{runs[-1]} {part}".strip()
    return max(runs, key=len)


def _with_blanks(parts: list[str]) -> str:
    """Join the pieces: words by a blank, others with or without one."""
    joined = ""
    for place, part in enumerate(parts):
        if place:
            both = parts[place - 1][-1:].isalnum() and part[:1].isalnum()
            joined += " " if both else " ?"
        joined += part
    return joined


def _piece(piece: str, copula: tuple[str, ...], *, is_date: bool) -> tuple[str, int]:
    if piece == "{n}":
        return f"(?P<n>{DATE if is_date else FIGURE})", 1
    if piece == "{_}":
        return _ANY, 1
    if piece == "…":
        return _FEW_WORDS, 0
    if piece == ":":
        return rf"(?::|(?:{'|'.join(copula)})(?= )| )?", 0
    if piece in (",", ";", "(", ")", "."):
        return rf"{re.escape(piece)}?" if piece != "," else "[,;]?", 0
    return re.escape(piece), 1

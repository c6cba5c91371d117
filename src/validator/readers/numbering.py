"""Numbering and bullets at the start of a paragraph: ``II.``, ``2.1.``, ``a)``, ``-``, ``+``."""

from __future__ import annotations

import re
from enum import IntEnum

from validator.model.record import record


class Rank(IntEnum):
    """How far out a style of numbering usually stands; smaller is further out."""

    TITLE = 0
    UPPER_LETTER = 10
    ROMAN = 20
    NUMBER = 30
    LETTER = 40
    NUMBER_IN_BRACKETS = 45
    SMALL_ROMAN = 50
    UNNUMBERED = 55
    BULLET = 60


@record
class Marker:
    """A numbering or bullet: its printed text, its rank and the part that goes in a path."""

    text: str
    rank: int
    name: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it carries no number or letter."""
        return self.rank >= Rank.BULLET


_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\Z")
_BULLETS = "-–—+*•·●○▪■□◦➢►✓❖"
_PATTERN = re.compile(
    rf"""
    (?P<bullet>[{re.escape(_BULLETS)}o]|[\uf000-\uf0ff])(?=\s)
    | (?P<dash>[-+–])(?=[^\W\d_])  # a dash that no space follows, before a word
    | (?P<several>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}})(?:[.):](?=\s|[^\W\d_])|/?(?=\s))
    | (?P<number>\d{{1,2}})(?P<after_number>[.)](?=\s|[^\W\d_])|/(?=\s))
    | \((?P<bracketed>\d{{1,2}})\)(?=\s)
    | (?P<roman>[IVX]{{1,6}})(?P<after_roman>[.)/:-])(?=\s|[^\W\d_]{{2}})
    | (?P<upper>[A-Z\u0110])[.)/](?=\s)
    | (?P<lower>[a-z\u0111]{{1,2}}|[ivx]{{1,4}})(?P<after_lower>[).])(?=\s|[^\W\d_]{{2}})
    | \((?P<bracketed_letter>[a-z\u0111])\)(?=\s)
    """,
    re.VERBOSE,
)


def split_marker(text: str) -> tuple[Marker | None, str, int]:
    """Part *text* into its marker, the rest, and the offset at which the rest begins."""
    start = len(text) - len(text.lstrip())
    match = _PATTERN.match(text, start)
    if match is None:
        return None, text, 0
    marker = _marker(match)
    offset = match.end()
    while offset < len(text) and text[offset].isspace():
        offset += 1
    rest = text[offset:]
    if marker is None or not _is_followed_well(match, rest):
        return None, text, 0
    if marker.is_bullet:
        # A converter writes "- + text" for a "+" item: the inner sign is the printed one.
        inner, rest_of_inner, inner_offset = split_marker(rest)
        if inner is not None and inner.is_bullet:
            return inner, rest_of_inner, offset + inner_offset
    return marker, rest, offset


def marker_of(text: str) -> Marker:
    """Return the marker that an automatic numbering prints as *text*."""
    marker, _, _ = split_marker(f"{text} x")
    return marker or Marker(text=text, rank=Rank.BULLET)


def _marker(match: re.Match[str]) -> Marker | None:
    """Return the marker that *match* found, or None where the letters number nothing."""
    text = match.group()
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    match found:
        case {"bullet": sign} | {"dash": sign}:
            return Marker(text=sign, rank=Rank.BULLET)
        case {"several": name}:
            return Marker(text=text, rank=Rank.NUMBER + name.count("."), name=name)
        case {"number": name, "after_number": sign}:
            rank = Rank.NUMBER_IN_BRACKETS if sign == ")" else Rank.NUMBER
            return Marker(text=text, rank=rank, name=name)
        case {"bracketed": name}:
            return Marker(text=text, rank=Rank.NUMBER_IN_BRACKETS, name=name)
        case {"roman": name}:
            return Marker(text=text, rank=Rank.ROMAN, name=name) if _ROMAN.match(name) else None
        case {"upper": name}:
            return Marker(text=text, rank=Rank.UPPER_LETTER, name=name)
        case {"lower": name}:
            return _lower(text, name)
        case {"bracketed_letter": name}:
            return Marker(text=text, rank=Rank.LETTER, name=name)
        case _:
            return None


def _lower(text: str, name: str) -> Marker | None:
    """Return the marker of small letters: one letter, a doubled one, or a small numeral."""
    if len(name) == 1 and name != "i":
        return Marker(text=text, rank=Rank.LETTER, name=name)
    if _ROMAN.match(name.upper()):
        return Marker(text=text, rank=Rank.SMALL_ROMAN, name=name)
    return None


def _is_followed_well(match: re.Match[str], rest: str) -> bool:
    """Whether what follows can begin a numbered text: ``2.5 kg`` is a quantity, not item 2.5."""
    if not rest:
        return match.lastgroup != "bullet" and match.group("bullet") is None
    if match.group("several") and match.group()[-1].isdigit():
        return not rest[0].islower() and not rest[0].isdigit()
    if match.group("bullet") == "o":
        return rest[0].isupper()
    return True

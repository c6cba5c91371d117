"""Automatic numbering of Word documents: which marker Word prints before each paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.readers.safe_xml import attribute, child, integer, local, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_PLACEHOLDER = re.compile(r"%(\d)")
_MOST_LEVELS = 9
# Bullets that Word takes from symbol fonts, as what they look like.
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "§": "▪"}
_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _Number:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _numbers: dict[str, _Number] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """Return the numbering that the part *root* defines."""
        numbering = cls()
        if root is None:
            return numbering
        for element in root:
            match local(element.tag):
                case "abstractNum":
                    key = attribute(element, "abstractNumId") or ""
                    numbering._levels[key] = dict(_levels(element))
                case "num":
                    key = attribute(element, "numId") or ""
                    numbering._numbers[key] = _number(element)
                case _:
                    pass
        return numbering

    def next_marker(self, number_id: str, depth: int) -> str:
        """Count a paragraph of list *number_id* at *depth* and return its printed marker."""
        number = self._numbers.get(number_id)
        if number is None or not 0 <= depth < _MOST_LEVELS:
            return ""
        levels = self._levels.get(number.abstract, {}) | number.levels
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        counts = self._counts.setdefault(number.abstract, [0] * _MOST_LEVELS)
        if number_id not in self._restarted:
            self._restarted.add(number_id)
            for place, start in number.starts.items():
                if place < _MOST_LEVELS:
                    counts[place] = start - levels.get(place, _Level()).start
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_MOST_LEVELS - depth - 1)
        return _printed(level, levels, counts)


def _printed(level: _Level, levels: dict[int, _Level], counts: list[int]) -> str:
    """Return the marker of *level* with the running counts put in."""
    if level.form == "bullet":
        sign = level.text.strip()[:1]
        return _SYMBOLS.get(sign, sign or "•")

    def put_in(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        shown = levels.get(place, level)
        count = max(counts[place], 1) + shown.start - 1
        return _formatted(count, "decimal" if level.legal else shown.form)

    return _PLACEHOLDER.sub(put_in, level.text).strip()


def _formatted(count: int, form: str) -> str:
    """Return *count* in a number format of Word."""
    match form:
        case "upperRoman":
            return _roman(count)
        case "lowerRoman":
            return _roman(count).lower()
        case "upperLetter":
            return _letter(count).upper()
        case "lowerLetter":
            return _letter(count)
        case "decimalZero":
            return f"{count:02d}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text


def _letter(count: int) -> str:
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


def _levels(element: Element) -> Iterator[tuple[int, _Level]]:
    """Yield depth and form of each level that *element* defines."""
    for found in element:
        if local(found.tag) == "lvl":
            yield integer(attribute(found, "ilvl")), _level(found)


def _level(element: Element) -> _Level:
    start = value_of(element, "start")
    return _Level(
        form=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        start=integer(start, 1),
        legal=child(element, "isLgl") is not None,
    )


def _number(element: Element) -> _Number:
    """Return which definition a list uses, and where it starts anew."""
    number = _Number(value_of(element, "abstractNumId") or "")
    for override in element:
        if local(override.tag) != "lvlOverride":
            continue
        depth = integer(attribute(override, "ilvl"))
        start = value_of(override, "startOverride")
        if start is not None:
            number.starts[depth] = integer(start, 1)
        level = child(override, "lvl")
        if level is not None:
            number.levels[depth] = _level(level)
    return number

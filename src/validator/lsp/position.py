"""Lines and columns as the house counts them ↔ positions as editors count them.

The house counts lines and characters from 1; editors count both from 0, and characters in code
units of an encoding (UTF-16 unless agreed otherwise).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.record import record

if TYPE_CHECKING:
    from validator.model.location import Location

UTF_16 = "utf-16"
_BREAK = re.compile(r"\r\n|\n|\r")
_ASTRAL = 0xFFFF


@record(kw_only=False)
class Point:
    """A place in a text: line and column, both from 1, in characters."""

    line: int
    column: int


@record(kw_only=False)
class Stretch:
    """From one point up to, not including, another."""

    start: Point
    end: Point


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* as editors divide it."""
    return _BREAK.split(text)


def to_editor(point: Point, lines: list[str], encoding: str = UTF_16) -> tuple[int, int]:
    """Return line and code units from 0; a point beyond the end of its line is brought back to it."""
    if point.line > len(lines):
        return (len(lines) - 1, _units(lines[-1], encoding)) if lines else (0, 0)
    return point.line - 1, _units(lines[point.line - 1][: point.column - 1], encoding)


def from_editor(line: int, units: int, lines: list[str], encoding: str = UTF_16) -> Point:
    """Return the point that an editor means; one inside a character is that character's."""
    text = lines[line] if line < len(lines) else ""
    left = units
    for index, character in enumerate(text):
        left -= _units(character, encoding)
        if left < 0:
            return Point(line + 1, index + 1)
    return Point(line + 1, len(text) + 1)


def stretch_of(location: Location, lines: list[str]) -> Stretch:
    """Return what *location* covers: to the end of its line if it does not say."""
    line = location.line or 1
    text = lines[line - 1] if line <= len(lines) else ""
    indent = len(text) - len(text.lstrip())
    start = location.column or indent + 1
    end = location.end_column or len(text.rstrip()) + 1
    return Stretch(Point(line, start), Point(line, max(end, start)))


def _units(text: str, encoding: str) -> int:
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(ord(character) > _ASTRAL for character in text)

"""The place in the YAML file of each character of a scalar, whatever style it is written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.lang.source import Places, Source

if TYPE_CHECKING:
    from validator.readers.tree import ScalarNode

_DOUBLE_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|\n)", re.DOTALL)


def scalar_source(node: ScalarNode, lines: list[str], file: str) -> Source:
    """Return the text of *node* with the line and column of each character.

    *lines* are the lines of the file. Characters are matched to the file in order: what YAML
    folds (a line break to a space) stands where the break was.
    """
    return Source(text=node.text, file=file, find_places=lambda: _places(node, lines))


def _places(node: ScalarNode, lines: list[str]) -> Places:
    line, column = node.line - 1, node.column - 1
    start = lines[line][column : column + 1] if line < len(lines) else ""
    if start in ("|", ">"):
        line, column = line + 1, 0
    elif start in ("'", '"'):
        column += 1
    return tuple(_follow(node.text, lines, line, column, start))


def _follow(text: str, lines: list[str], line: int, column: int, style: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for character in text:
        line, column = _next(character, lines, line, column, style)
        places.append((line + 1, column + 1))
        column += _width(character, lines, line, column, style)
    places.append((line + 1, column + 1))
    return places


def _next(character: str, lines: list[str], line: int, column: int, style: str) -> tuple[int, int]:
    """Return where *character* stands at or after a place; spaces may stand for a line break."""
    while line < len(lines):
        rest = lines[line][column:]
        if character.isspace():
            return line, column
        found = _find(character, rest, style)
        if found is not None:
            return line, column + found
        line, column = line + 1, 0
    return max(0, len(lines) - 1), column


def _find(character: str, rest: str, style: str) -> int | None:
    stripped = len(rest) - len(rest.lstrip())
    here = rest[stripped:]
    if here.startswith(character) or (style == '"' and here.startswith("\\")):
        return stripped
    return None if not here else rest.find(character) if character in rest else stripped


def _width(character: str, lines: list[str], line: int, column: int, style: str) -> int:
    here = lines[line][column:] if line < len(lines) else ""
    if character.isspace() and not here.strip():
        return 0
    if style == "'" and here.startswith("''"):
        return 2
    if style == '"' and here.startswith("\\"):
        escape = _DOUBLE_ESCAPE.match(here)
        return escape.end() if escape else 1
    return 1

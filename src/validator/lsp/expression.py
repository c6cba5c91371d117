"""A place in a file of a pack → the expression that stands there, and the offset in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.lang.scope import normal
from validator.lang.source import Source
from validator.model.record import evolve, record
from validator.packs.files import PACK_FILE
from validator.packs.rule import expression_source
from validator.readers.tree import MappingNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lang.scope import Scope
    from validator.lsp.position import Point
    from validator.lsp.view import Shown, View

_KEYS = ("assert", "when")
_BEGUN = re.compile(r"""\b(?:assert|when)["']?[ \t]*:[ \t]+(["']?)""")
_WITHIN = re.compile(r"""^within:[ \t]+["']?([\w.]+)""")


@record
class Spot:
    """A place in an expression: its text with the places of its characters, the offset, the scope."""

    source: Source
    offset: int
    scope: Scope


def spot_at(view: View, file: Shown, point: Point) -> Spot | None:
    """Return the expression at *point* of *file*; while the file is broken, what its line shows of it."""
    if file.is_test:
        return None
    if file.root is None:
        return _in_line(view, file, point)
    before = [node for node in _expressions(file) if (node.line, node.column) <= (point.line, point.column)]
    if not before:
        return None
    source = expression_source(max(before, key=lambda node: (node.line, node.column)), file.reading())
    offset = _offset(source, point)
    if offset is None:
        source = _padded(source, point, file.lines)
        offset = len(source.text)
        if source.places[-1] != (point.line, point.column):
            return None
    return Spot(source=source, offset=offset, scope=view.scope_in(file))


def _expressions(file: Shown) -> Iterator[ScalarNode]:
    assert_nodes = [body.get(key) for body in file.items("rules") for key in _KEYS]
    definitions = file.root.get("define") if file.root else None
    entries = definitions.entries if isinstance(definitions, MappingNode) else ()
    rules = [] if file.name == PACK_FILE else assert_nodes
    for node in (*rules, *(entry.value for entry in entries)):
        if isinstance(node, ScalarNode):
            yield node


def _offset(source: Source, point: Point) -> int | None:
    """Return the offset of *point* in *source*, None if it stands behind it or in its opening quote."""
    wanted = (point.line, point.column)
    for offset, place in enumerate(source.places):
        if place >= wanted:
            return offset if offset or place == wanted else None
    return None


def _padded(source: Source, point: Point, lines: list[str]) -> Source:
    """Return *source* with the blanks up to *point*: they belong to what is being typed there."""
    places = source.places
    line, column = places[-1]
    rest = lines[line - 1][column - 1 : point.column - 1] if line <= len(lines) else ""
    if line != point.line or rest.strip():
        return source
    more = tuple((line, column + index + 1) for index in range(len(rest)))
    return Source(text=source.text + rest, file=source.file, find_places=lambda: places + more)


def _in_line(view: View, file: Shown, point: Point) -> Spot | None:
    line = file.lines[point.line - 1] if point.line <= len(file.lines) else ""
    begun = [match for match in _BEGUN.finditer(line) if match.end() < point.column]
    if not begun:
        return None
    start = begun[-1].end()
    text = line[start:]
    places = tuple((point.line, start + index + 1) for index in range(len(text) + 1))
    within = next((match[1] for each in file.lines if (match := _WITHIN.match(each))), "")
    scope = evolve(view.scope, within=normal(within))
    source = Source(text=text, file=file.path, find_places=lambda: places)
    return Spot(source=source, offset=point.column - 1 - start, scope=scope)

"""The rule that is named at a place: by its id where it is written, by ``rule:`` in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lsp.position import Point, Stretch
from validator.lsp.view import text_under, texts_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lsp.view import Shown, View
    from validator.readers.tree import MappingNode, ScalarNode


def rule_name_at(view: View, file: Shown, point: Point) -> ScalarNode | None:
    """Return the name of a rule that is written at *point* of *file*."""
    for shown, node in names_of_rules(view):
        if shown is file and covers(node, point):
            return node
    return None


def names_of_rules(view: View) -> Iterator[tuple[Shown, ScalarNode]]:
    """Yield every place of a pack that names one of its rules, former ids aside."""
    for bodies, key in ((view.rules(), "id"), (view.tests(), "rule")):
        for file, body in bodies:
            node = text_under(body, key)
            if node is not None:
                yield file, node


def find_rule(view: View, name: str) -> tuple[Shown, MappingNode] | None:
    """Return the rule that *name* means, in full or short, now or formerly."""
    short = name.removeprefix(f"{view.name}/")
    former: tuple[Shown, MappingNode] | None = None
    for file, body in view.rules():
        node = text_under(body, "id")
        if node is not None and node.text == short:
            return file, body
        if former is None and short in {each.text for each in texts_under(body, "aliases")}:
            former = file, body
    return former


def stretch(node: ScalarNode, lines: list[str]) -> Stretch:
    """Return what *node* covers, its quotes included; of several lines the first."""
    line = lines[node.line - 1] if node.line <= len(lines) else ""
    end = node.end_column or len(line) + 1
    return Stretch(Point(node.line, node.column), Point(node.line, end))


def covers(node: ScalarNode, point: Point) -> bool:
    """Whether *point* stands in or at the end of *node*, which is written on one line."""
    end = node.end_column or node.column
    return node.line == point.line and node.column <= point.column <= end

"""Words of reports' headers in a pack: levels of units and kinds of periods that no report can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Compare, Constant, HeaderRef, InSet, Node, walk
from validator.readers.notation import load_notation
from validator.readers.tree import ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.lang.source import Source
    from validator.packs.reading import PackReading
    from validator.readers.tree import Node as TreeNode

_HEADERS = ("unit.level", "period.kind")


def check_levels(node: TreeNode | None, key: str, reading: PackReading) -> None:
    """Note each level that no report can have, with the one that is meant."""
    _check(node, key, "unit.level", reading)


def check_periods(node: TreeNode | None, key: str, reading: PackReading) -> None:
    """Note each kind of period that no report can have, with the one that is meant."""
    _check(node, key, "period.kind", reading)


def check_expression(node: Node, source: Source, reading: PackReading) -> None:
    """Note each text that a level or a kind of period is compared with and can never equal."""
    for header, constant in _compared(node):
        words = _words(header)
        if words and constant.value not in words.values():
            text = str(constant.value)
            meant = words.get(text.casefold(), "")
            reading.unknown(source.locate(*constant.span), header, text, tuple(words.values()), meant)


def _check(node: TreeNode | None, key: str, header: str, reading: PackReading) -> None:
    items = node.items if isinstance(node, SequenceNode) else (node,)
    found = [each for each in items if isinstance(each, ScalarNode) and not each.is_null]
    words = _words(header) if found else {}
    for each in found:
        if words and each.text not in words.values():
            reading.unknown(each, key, each.text, tuple(words.values()), words.get(each.text.casefold(), ""))


def _words(header: str) -> Mapping[str, str]:
    data = load_notation().data
    return data.levels if header == "unit.level" else data.periods


def _compared(node: Node) -> Iterator[tuple[str, Constant]]:
    for each in walk(node):
        if isinstance(each, Compare):
            sides: tuple[Node, ...] = (each.left, each.right)
        elif isinstance(each, InSet):
            sides = (each.item, *each.options)
        else:
            continue
        headers = [side.name for side in sides if isinstance(side, HeaderRef) and side.name in _HEADERS]
        for side in sides:
            if headers and isinstance(side, Constant) and isinstance(side.value, str):
                yield headers[0], side

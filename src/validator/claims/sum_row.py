"""Rows of a form that lost its table: a row with a code and one figure, its parts in the rows without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.structure import is_countable, is_total, same_unit
from validator.claims.sum_list import Listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item

ROWS = "rows"
_LEAST, _MOST = 3, 12
_DEEP = 2
"""Codes of rows such as 3.3.1: those with fewer points number the paragraphs of a text as well."""


def find_rows(text: Text) -> Iterator[Listed]:
    """Yield the rows whose parts, each a line with a figure at its end, are told apart by one dimension."""
    nodes = list(text.nodes.values())
    for at, node in enumerate(nodes):
        total = _coded(node)
        if total is None:
            continue
        parts = _lines(nodes[at + 1 : at + 1 + _MOST])
        if len(parts) >= _LEAST and _are_of_one_dimension(text, parts):
            alike = all(is_countable(part) and same_unit(total, part) for part in parts)
            if alike and is_total(total):
                yield Listed(total=total, parts=parts, sure=True, disjoint=True, announced=ROWS)


def _coded(node: Node) -> Item | None:
    """The only figure of a row with a code."""
    is_row = node.passage.marker.count(".") >= _DEEP and node.passage.marker[0].isdigit()
    return node.items[0] if is_row and len(node.items) == 1 else None


def _lines(nodes: Sequence[Node]) -> tuple[Item, ...]:
    """The figures at the ends of the lines up to the next row with a code; none if a line has none."""
    found: list[Item] = []
    for node in nodes:
        if node.passage.marker:
            return tuple(found)
        reading = node.found.reading
        last = node.items[-1] if node.items else None
        if last is None or reading is None or last.mention.last != len(reading.tokens):
            return ()
        found.append(last)
    return ()


def _are_of_one_dimension(text: Text, parts: Sequence[Item]) -> bool:
    """Whether three in four lines name a role of the same dimension, such as how something was handed in."""
    for dimension in text.book.dimensions:
        named = [part for part in parts if (part.roles | part.scope) & dimension.roles]
        if len(named) * (_LEAST + 1) >= len(parts) * _LEAST:
            return True
    return False

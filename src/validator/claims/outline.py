"""The lines that stand below a line or before it as items of one list, whatever their marks are."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.item import COLON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item

NONE = "none"
_ROMAN = re.compile(r"[IVXivx]+[.)/]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_LETTER = re.compile(r"[^\W\d_][.)/]*")
_RANKS = {"roman": 0, "capital": 0, "letter": 3, "(": 3, "-": 4, "+": 5, "--": 5, "*": 6, "•": 6, NONE: 7}
_NUMBERED, _DASHES = 1, 4
_MOST_LINES, _MOST_SCANNED = 40, 160
_ROW, _LISTS = 200, 2


@record
class Lines:
    """Items of one list: their nodes, those left out as they have no figure, and how the list ended."""

    nodes: tuple[Node, ...]
    holes: int
    style: str
    announcer: Node | None = None


def style_of(node: Node) -> str:
    """The kind of mark that a line begins with."""
    marker = node.passage.marker
    if not marker:
        return NONE
    if marker[0] in "([":
        return "("
    if found := _NUMBER.match(marker):
        return f"number {found[0].count('.')}"
    if marker[0].isalpha():
        if marker[0].isupper():
            return "roman" if _ROMAN.fullmatch(marker) else "capital"
        return "letter" if _LETTER.fullmatch(marker) else "roman"
    first = "-" if marker[0] in "-–" else "+" if marker[0] == "+" else "*" if marker[0] == "*" else "•"
    return "--" if first == "-" and len(marker.strip()) > 1 else first


def rank_of(style: str) -> int:
    """How deep a mark stands by custom: the higher, the deeper."""
    return _NUMBERED if style.startswith("number") else _RANKS[style]


def is_row(node: Node) -> bool:
    """Whether a line is short and is about one figure, as a row of a table that lost its form."""
    items = node.items
    first = items[0] if items else None
    return first is not None and first.mention.sentence == 0 and len(node.passage.text) < _ROW


def is_labelled(node: Node) -> bool:
    """Whether the first figure of a line stands behind a label and a colon."""
    return bool(node.items) and node.items[0].announced == COLON


class Outline:
    """The lines of a document in order, and the lists among them."""

    def __init__(self, text: Text) -> None:
        rows = text.prose.quotes
        # Lines that are rows of a table are looked at as a table.
        self.nodes: Sequence[Node] = [node for node in text.nodes.values() if node.index not in rows]
        self._at = {node.index: at for at, node in enumerate(self.nodes)}
        self._styles = [style_of(node) for node in self.nodes]
        self._below: dict[int, Lines | None] = {}
        self._beside: dict[int, Lines | None] = {}
        self._above: dict[int, list[Lines]] = {}

    def style(self, node: Node) -> str:
        """The kind of mark of a line."""
        return self._styles[self._at[node.index]]

    def below(self, node: Node) -> Lines | None:
        """The list that begins right below a line."""
        if node.index not in self._below:
            self._below[node.index] = self._find_below(self._at[node.index])
        return self._below[node.index]

    def next(self, node: Node) -> Sequence[Node]:
        """The line after a line."""
        at = self._at[node.index]
        return self.nodes[at + 1 : at + 2]

    def before(self, node: Node) -> Sequence[Node]:
        """The lines before a line, the nearest first."""
        at = self._at[node.index]
        return self.nodes[max(0, at - _MOST_LINES) : at][::-1]

    def beside(self, node: Node) -> Lines | None:
        """The lines of the same mark after a line."""
        if node.index not in self._beside:
            at = self._at[node.index]
            self._beside[node.index] = self._run(self._after(at + 1), at + 1, self._styles[at])
        return self._beside[node.index]

    def _find_below(self, at: int) -> Lines | None:
        start, announcer = at + 1, None
        own, rank = self._styles[at], rank_of(self._styles[at])
        nodes = self.nodes
        if start < len(nodes) and not nodes[start].items and self._styles[start] == NONE:
            text = nodes[start].passage.text.rstrip()
            if text.endswith(":") or nodes[start].passage.heading is False:
                announcer, start = nodes[start], start + 1
        if start >= len(nodes):
            return None
        style = self._styles[start]
        if style == NONE:
            if not is_row(nodes[start]) or (own != NONE and not nodes[at].passage.heading):
                return None
        elif own != NONE and (style == own or rank_of(style) < rank):
            return None
        return self._run(self._after(start), start, style, announcer)

    def _after(self, start: int) -> range:
        return range(start, min(start + _MOST_SCANNED, len(self.nodes)))

    def _run(
        self, places: Sequence[int], like: int, style: str, announcer: Node | None = None
    ) -> Lines | None:
        """The lines of one mark at *places*, up to one that ends the list; rows are as the line *like*."""
        found: list[Node] = []
        holes, rank = 0, rank_of(style)
        for at in places:
            node, other = self.nodes[at], self._styles[at]
            if other == style:
                if style == NONE and not self._is_row_like(node, like):
                    break
                holes += not node.items
                if node.items:
                    found.append(node)
                if len(found) > _MOST_LINES:
                    return None
            elif rank_of(other) <= rank or (other == NONE and rank >= _DASHES) or style == NONE:
                break
        found.sort(key=attrgetter("index"))
        return Lines(nodes=tuple(found), holes=holes, style=style, announcer=announcer) if found else None

    def _is_row_like(self, node: Node, like: int) -> bool:
        return is_row(node) and is_labelled(node) == is_labelled(self.nodes[like])

    def above(self, node: Node) -> list[Lines]:
        """The lists that end right before a line, which may be their last item or the line after them."""
        if node.index not in self._above:
            self._above[node.index] = self._find_above(self._at[node.index])
        return self._above[node.index]

    def _find_above(self, at: int) -> list[Lines]:
        own = self._styles[at]
        if own != NONE or not at or self._styles[at - 1] == NONE:
            styles = [own]
        else:
            styles = list(dict.fromkeys(self._styles_above(at)))[:_LISTS]
        before = range(at - 1, max(-1, at - _MOST_SCANNED), -1)
        return [lines for style in styles if (lines := self._run(before, at, style)) is not None]

    def _styles_above(self, at: int) -> Iterator[str]:
        for place in range(at - 1, max(-1, at - _MOST_LINES), -1):
            if self._styles[place] == NONE:
                return
            yield self._styles[place]


def outer_of(node: Node) -> list[Item]:
    """The figures of a line outside brackets, and those that stand alone in one behind their label."""
    found: list[Item] = []
    last: Item | None = None
    for item in node.items:
        if item.mention.depth == 0:
            found.append(item)
            last = item
        elif item.mention.depth == 1 and node.alone(item) and _is_behind_label(node, last, item):
            found.append(item)
    return found


_BREAKS = frozenset(",;:.")


def _is_behind_label(node: Node, last: Item | None, item: Item) -> bool:
    """Whether a figure alone in a bracket stands behind words that no figure before it counts."""
    reading = node.found.reading
    if reading is None:
        return False
    if last is None:
        return True
    tokens = reading.tokens[last.mention.last : item.mention.first]
    inside = 0
    for token in tokens:
        if token.key in {"(", "["}:
            inside += 1
        elif token.key in {")", "]"}:
            inside -= 1
        elif not inside and token.key in _BREAKS:
            return True
    joins = reading.cues_between(last.mention.last, item.mention.first)
    return any("and" in cue.tags for cue in joins) and any(token.key in {")", "]"} for token in tokens)

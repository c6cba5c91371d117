"""A document's figures in their structure: passages as a tree, each with its items."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.model.document import BlockKind
from validator.model.record import field, record
from validator.text.item import COLON, Item, Items, items_of
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.claims.prose import Prose
    from validator.text.item import Stated
    from validator.text.mention import Mention
    from validator.text.passage import Passage
    from validator.text.role import RoleBook

_LABELLED = 3
_PARAGRAPH_LEVEL = 0
_WINDOW = 60
"""How many figures of one passage are looked at before and after one of them."""
_NOT_RESULTS = frozenset({"aim", "average", "other_period"})
_NO_PART = frozenset({"change", "compared"})


@record
class Node:
    """A passage in the tree: its items, what it stands under, and what stands under it."""

    index: int
    passage: Passage
    level: int
    rank: int
    items: tuple[Item, ...]
    found: Items
    parent: int | None
    children: list[int] = field(default_factory=list, compare=False)

    @property
    def main(self) -> Item | None:
        """The item that stands for the passage: its first one outside brackets."""
        return next((item for item in self.items if item.mention.depth == 0), None)

    @property
    def leading(self) -> Item | None:
        """The count that the passage is about: its first item, or the one after a label that counts else."""
        outer = [item for item in self.items[:_LABELLED] if item.mention.depth == 0]
        if len(outer) > 1 and outer[0].order == 0 and outer[1].announced == COLON and not outer[0].announced:
            a, b = outer[0].mention, outer[1].mention
            if len(outer) == _LABELLED - 1 and a.unit_is_near and b.unit_is_near and a.group != b.group:
                return outer[1]
        return outer[0] if outer and outer[0].order == 0 else None

    def before(self, item: Item) -> tuple[Item, ...]:
        """The items before one, as far back as is looked."""
        return self.items[max(0, item.order - _WINDOW) : item.order]

    def after(self, item: Item) -> tuple[Item, ...]:
        """The items after one, as far ahead as is looked."""
        return self.items[item.order + 1 : item.order + 1 + _WINDOW]

    def is_parted(self, one: Mention, other: Mention) -> bool:
        """Whether a semicolon stands between two figures."""
        tokens = self.found.reading.tokens if self.found.reading is not None else ()
        return any(token.key == ";" for token in tokens[one.last : other.first])

    def alone(self, item: Item) -> bool:
        """Whether an item is the only one in its bracket."""
        near = (*self.before(item)[-3:], *self.after(item)[:3])
        return not any(other.mention.bracket == item.mention.bracket for other in near)

    def stated_near(self, item: Item) -> tuple[Stated, ...]:
        """The percentages near an item."""
        stated = self.found.stated
        at = bisect_left(stated, item.mention.first, key=lambda each: each.mention.first)
        return stated[max(0, at - _WINDOW) : at + _WINDOW]

    def items_after(self, place: int) -> tuple[Item, ...]:
        """The items that begin at or after a token, as far ahead as is looked."""
        at = bisect_left(self.items, place, key=lambda item: item.mention.first)
        return self.items[at : at + _WINDOW]

    def items_before(self, place: int) -> tuple[Item, ...]:
        """The items that begin before a token, as far back as is looked."""
        at = bisect_left(self.items, place, key=lambda item: item.mention.first)
        return self.items[max(0, at - _WINDOW) : at]

    @property
    def is_item(self) -> bool:
        """Whether the passage is an item of a list."""
        return self.level > _PARAGRAPH_LEVEL


@record
class Text:
    """The nodes of a document by passage, and the roles of its language."""

    prose: Prose
    book: RoleBook
    nodes: Mapping[int, Node]

    def siblings(self, node: Node) -> list[Node]:
        """The nodes of the run of list items, of one level and marker, that *node* is of."""
        if node.parent is None:
            return [node]
        return [
            self.nodes[index]
            for index in self.nodes[node.parent].children
            if (self.nodes[index].level, self.nodes[index].rank) == (node.level, node.rank)
        ]

    def children(self, node: Node) -> list[Node]:
        """The list items right under *node*, of one marker."""
        found = [self.nodes[index] for index in node.children]
        return [child for child in found if (child.level, child.rank) == (found[0].level, found[0].rank)]

    def lists(self) -> Iterator[tuple[Node | None, list[Node]]]:
        """Each node with the list items under it, and runs of items under nothing."""
        run: list[Node] = []
        for node in self.nodes.values():
            if node.children:
                yield node, self.children(node)
            if node.is_item and node.parent is None:
                run.append(node)
            elif run and not node.is_item:
                yield None, run
                run = []
        if run:
            yield None, run


def structure_of(prose: Prose, book: RoleBook) -> Text:
    """Put the passages of a document in a tree and find the items of each."""
    nodes: dict[int, Node] = {}
    path: list[Node] = []
    for index, passage in enumerate(prose.passages):
        if passage.in_table:
            continue
        if not passage.text:
            path = []
            continue
        level, rank = _level(passage), _rank(passage.marker)
        while path and _order(path[-1].level, path[-1].rank) >= _order(level, rank):
            path.pop()
        parent = path[-1] if path else None
        reading = prose.readings.get(index)
        found = items_of(reading, book) if reading is not None else _NONE
        node = Node(
            index=index,
            passage=passage,
            level=level,
            rank=rank,
            items=found.items,
            found=found,
            parent=parent.index if parent is not None and level > _PARAGRAPH_LEVEL else None,
        )
        nodes[index] = node
        if parent is not None and node.parent is not None:
            parent.children.append(index)
        path.append(node)
    return Text(prose=prose, book=book, nodes=nodes)


def _order(level: int, rank: int) -> tuple[int, int, int]:
    """What stands above what: paragraphs, then numbers and letters, then dashes and dots, by level."""
    return (0 if not level else 1 if rank < _DASH else 2), level, rank


_DASH = 2


def _rank(marker: str) -> int:
    """How deep a marker stands by custom: numbers, letters, dashes, crosses, dots."""
    if not marker:
        return 0
    if marker[0].isdigit() or marker.rstrip(".)").isupper():
        return 0
    if marker[0].isalpha():
        return 1
    return next((2 + at for at, marks in enumerate(("-–", "+")) if marker[0] in marks), 4)


def _level(passage: Passage) -> int:
    """0 for paragraphs and headings, the depth of a list item, by its block or its marker."""
    source = passage.source
    kind = getattr(source, "kind", None)
    if kind is BlockKind.LIST_ITEM or (
        # An item with items of its own looks like a heading; headings by letters count nothing.
        kind is BlockKind.HEADING and passage.has_digits and _rank(passage.marker) == 1
    ):
        return max(1, passage.level)
    return _PARAGRAPH_LEVEL


def is_result(item: Item) -> bool:
    """Whether an item states a result of the period: no aim, no average, no guess, no other period."""
    m = item.mention
    if not m.is_quantity or m.odd:
        return False
    if item.roles & _NOT_RESULTS:
        return False
    # "of the 20 that fell due": the word for a base is one of those that hedge.
    return not (HEDGED in m.tags and "compared" not in item.roles and not _is_split_exactly(m))


def _is_split_exactly(mention: Mention) -> bool:
    """Whether a hedge is an estimate, or said of something farther on than the unit."""
    tags = mention.tags
    far = "after:vague_after" in tags and "next:vague_after" not in tags and mention.unit_is_near
    return "at:estimate" in tags or (far and "at:vague" not in tags)


def is_countable(item: Item) -> bool:
    """Whether an item is a result that may be a total or a part: no change, nothing to compare with."""
    return is_result(item) and not item.roles & _NO_PART


def is_total(item: Item) -> bool:
    """Whether an item may be a total: a result, and no change."""
    return is_result(item) and "change" not in item.roles


def same_unit(one: Item, other: Item) -> bool:
    """Whether two items may count the same things."""
    a, b = one.mention, other.mention
    if (a.kind is MentionKind.MONEY) != (b.kind is MentionKind.MONEY):
        return False
    if a.unit_is_near and b.unit_is_near:
        return a.group == b.group or a.unit.split()[0] == b.unit.split()[0]
    return not (a.noun and b.unit_is_near and not a.unit_is_near and a.noun in b.before)


def is_kind_of(part: Item, total: Item, general: bool) -> bool:  # noqa: FBT001  (a property of the total)
    """Whether a part is counted in the total's unit or in a kind of it; *general*: that counts many kinds."""
    a, b = part.mention, total.mention
    if not a.unit_is_near or not b.unit_is_near or a.unit == b.unit or general:
        return True
    if a.unit.split()[0] == b.unit.split()[0]:
        return True
    return a.group not in _NESTED


_NESTED = frozenset({"unit:place", "unit:task", "unit:event", "unit:household", "unit:business"})
"""Groups of which one unit holds others: a district holds communes."""
_NONE = Items(reading=None, items=(), stated=())

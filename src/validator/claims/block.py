"""Sibling blocks of a text: list items with what stands under them, or sentences, by what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.structure import is_countable
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.role import Role

Signature = frozenset[str]
LEVELS = frozenset({"province", "district", "commune"})
_DROPPED = frozenset(
    {"whole", "closing", "organisation", "individual", "present", "assigned", "rest", "within", "outside"}
)
_INTAKE = frozenset({"received", "gross"})
_CHANNEL, _TIMING = "channel", "timing"
_MOST_UNDER = 12
_MOST_ITEMS = 60


@record
class Block:
    """One of several siblings, a list item or a sentence: its figures by what they count, and its level.

    ``outer`` are all its figures outside brackets, in order, ``signs`` what each counts.
    """

    place: tuple[int, int]
    level: Role | None
    items: Mapping[Signature, Item]
    outer: tuple[Item, ...]
    signs: tuple[Signature, ...]


def block_of_item(text: Text, node: Node, sentences: int = _MOST_ITEMS) -> Block:
    """The block of a list item: its figures, of so many sentences, and those of the items under it."""
    under = _under(text, node)
    own = [item for item in node.items if item.mention.sentence < sentences]
    items = [*own, *(item for each in under for item in each.items)][:_MOST_ITEMS]
    named = _levels_named(text, node)
    return _block(text, items, (node.index, 0), named)


def block_of_sentence(text: Text, items: Sequence[Item], place: tuple[int, int]) -> Block:
    """The block of a sentence."""
    return _block(text, items, place, frozenset())


def signatures(text: Text, items: Sequence[Item]) -> Iterator[tuple[Item, Signature]]:
    """Each figure with what it counts: its roles but those of place; parts of what is pending are pending."""
    owner: Item | None = None
    before: Item | None = None
    for item in items:
        m = item.mention
        if before is None or (m.passage, m.sentence) != (before.mention.passage, before.mention.sentence):
            owner = None
        if item.announced and before is not None and before.mention.passage == m.passage:
            owner = before
        before = item
        yield item, _signature(text, item, owner)


def _signature(text: Text, item: Item, owner: Item | None) -> Signature:
    dimension_of = text.book.dimension_of
    roles = item.roles - LEVELS - _DROPPED
    sign = {role for role in roles if role in dimension_of or role in _INTAKE}
    named = {name for role in sign for name in dimension_of.get(role, ())}
    if _CHANNEL in named:
        sign -= _INTAKE | {"new"}
    if _TIMING in named and owner is not None and "pending" in owner.roles:
        sign |= {"pending"}
    return frozenset(sign)


def _under(text: Text, node: Node) -> list[Node]:
    found: list[Node] = []
    waiting = list(node.children)
    while waiting and len(found) < _MOST_UNDER:
        child = text.nodes[waiting.pop(0)]
        found.append(child)
        waiting = [*child.children, *waiting]
    return found


def _levels_named(text: Text, node: Node) -> frozenset[Role]:
    """The levels that the label of an item names, which may hold no figure of its own."""
    label = node.passage.text.partition(":")[0].casefold()
    keys = [text.prose.lexicon.fold(word.strip("(),.;")) for word in label.split()]
    return text.book.named(keys) & LEVELS


def _block(text: Text, found: Sequence[Item], place: tuple[int, int], named: frozenset[Role]) -> Block:
    items: dict[Signature, Item] = {}
    twice: set[Signature] = set()
    outer: list[Item] = []
    signs: list[Signature] = []
    level = named if len(named) == 1 else frozenset[str]()
    for item, sign in signatures(text, found):
        if item.mention.depth or not is_countable(item):
            continue
        level = level or (item.scope & LEVELS)
        outer.append(item)
        signs.append(sign)
        if sign in items:
            twice.add(sign)
        items[sign] = item
    for sign in twice:
        del items[sign]
    return Block(
        place=place,
        level=next(iter(level)) if len(level) == 1 else None,
        items=items,
        outer=tuple(outer),
        signs=tuple(signs),
    )

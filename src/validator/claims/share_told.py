"""Figures elsewhere in a document that the words of a percentage name: its numerator, and its base.

An assessment says "the rate of late cases is p %" far from the figures. What is looked at are the figures of
all passages and tables by their words and roles; which of them is meant is left to the choice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.claims.share_part import joint
from validator.claims.share_place import BESIDE, NAMED, TOLD, Place
from validator.claims.structure import Node, same_unit
from validator.model.record import evolve, record
from validator.text.item import Item, Items
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.share_trait import Asked
    from validator.claims.structure import Text
    from validator.text.grid import Grid, Row
    from validator.text.mention import Mention
    from validator.text.role import Role, RoleBook

_OF_ROLE, _MOST_ROWS, _MOST_FIGURES, _PAIR, _NEAR = 2, 60, 3_000, 2, 6
_ROLE = "@"
"""How the key of a role begins, so that it is no word."""


@record
class _Entry:
    """A figure, or several together, that words may name."""

    node: Node
    item: Item
    addends: tuple[Mention, ...] = ()
    overall: bool = False

    def place(self, where: str, steps: int) -> Place:
        mentions = self.addends or (self.item.mention,)
        return Place(
            item=self.item,
            mention=self.item.mention,
            node=self.node,
            where=where,
            steps=steps,
            keys=frozenset([mention.key for mention in mentions]),
            addends=self.addends,
        )


class Told:
    """The figures of a document by words and roles; read when they are first asked for."""

    def __init__(self, text: Text, grids: Sequence[Grid] = ()) -> None:
        self._text, self._grids = text, grids
        self._entries: list[_Entry] = []
        self._by_key: dict[str, list[int]] | None = None
        self._added = _roles_added(text.book)

    def around(self, asked: Asked) -> list[Place]:
        """The numerators and the bases that the words of a percentage name."""
        book = asked.text.book
        mine = asked.lead_roles & book.telling
        # "The rate of cases resolved in time": of those in time, and resolved are all of them.
        mine -= {role for some, of in book.bases if mine & some for role in of if not mine <= {*of}}
        parts: list[Place] = []
        owner = asked.node.items[asked.stated.owner] if asked.stated.owner is not None else None
        if asked.lead_words and (owner is None or not asked.lead_words & set(owner.words)):
            words = asked.lead_words - _words_of_roles(book, asked.stated.lead)
            parts = self._named(asked, words, mine, TOLD)
        named = asked.trail_roles & book.telling
        wanted = frozenset([role for some, of in book.bases if mine & some for role in of])
        bases = [place for part in parts for place in _beside(part, wanted | named)]
        if asked.trail_words:
            words = asked.trail_words - _words_of_roles(book, asked.stated.trail)
            bases += self._named(asked, words, named, NAMED)
        return [*parts, *bases]

    def bearing(self, words: frozenset[str], roles: frozenset[Role]) -> list[Item]:
        """The figures that bear all of some words and roles."""
        keys = [*words, *[_ROLE + role for role in roles]]
        found = [set(self._postings().get(key, ())) for key in keys]
        held = set.intersection(*found) if found else set[int]()
        return [self._entries[at].item for at in sorted(held) if not self._entries[at].addends]

    def _named(self, asked: Asked, words: frozenset[str], roles: frozenset[Role], where: str) -> list[Place]:
        """The figures that most of the words are said of: the nearest before, the first and the last."""
        postings = self._postings()
        weight = Counter[int]()
        for word in words:
            for at in postings.get(word, ()):
                weight[at] += 1
        for role in roles:
            for at in postings.get(_ROLE + role, ()):
                weight[at] += _OF_ROLE
        most = max(weight.values(), default=0)
        if not most or _PAIR * most < len(words) + _OF_ROLE * len(roles):
            return []
        best = [at for at in sorted(weight) if weight[at] == most]
        here = asked.node.index, asked.stated.mention.first
        before = [at for at in best if self._entries[at].item.mention.key < here]
        overall = [at for at in best if self._entries[at].overall]
        steps = min(2, len({self._entries[at].item.mention.amount for at in overall or best}) - 1)
        chosen = dict.fromkeys([*overall[-2:], *before[-1:], best[0], best[-1]])
        return [self._entries[at].place(where, steps) for at in chosen]

    def _postings(self) -> dict[str, list[int]]:
        if self._by_key is None:
            self._by_key = defaultdict(list)
            for entry in self._all():
                at = len(self._entries)
                self._entries.append(entry)
                for key in self._keys_of(entry.item):
                    self._by_key[key].append(at)
        return self._by_key

    def _keys_of(self, item: Item) -> Iterable[str]:
        unit = [self._text.prose.lexicon.fold(word) for word in item.mention.unit.split()]
        return {*item.words, *self._before_bracket(item), *unit, *[_ROLE + role for role in item.roles]}

    def _before_bracket(self, item: Item) -> list[str]:
        """Of a figure alone in its bracket, the words before that: "p % of the year's plan (T)"."""
        reading, first = self._text.prose.readings.get(item.mention.passage), item.mention.first
        if item.lead or reading is None or not first or reading.tokens[first - 1].key != "(":
            return []
        return [token.key for token in reading.tokens[max(0, first - _NEAR) : first - 1]]

    def _all(self) -> Iterator[_Entry]:
        seen = 0
        for node in self._text.nodes.values():
            seen += len(node.items)
            if seen > _MOST_FIGURES:
                return
            yield from self._of(node)
        for grid in self._grids:
            if len(grid.rows) <= _MOST_ROWS:
                for row in grid.rows:
                    yield from self._of(self._node_of(grid, row), overall=row.is_total)

    def _of(self, node: Node, *, overall: bool = False) -> Iterator[_Entry]:
        figures = [item for item in node.items if item.mention.is_quantity and not item.mention.odd]
        for item in figures:
            yield _Entry(node=node, item=item, overall=overall or item.closes)
        for role, parts in self._added:
            held = [next((item for item in figures if part in item.roles), None) for part in parts]
            items = [item for item in held if item is not None]
            if len(items) == len(parts) and same_unit(items[0], items[1]) and items[0] is not items[1]:
                words = tuple([word for item in items for word in item.words])
                made = evolve(joint(items), base=None, lead=words, trail=(), roles=frozenset((role,)))
                addends = tuple([item.mention for item in items])
                yield _Entry(node=node, item=made, addends=addends, overall=overall)

    def _node_of(self, grid: Grid, row: Row) -> Node:
        """A row of a table as a passage of its figures."""
        items: list[Item] = []
        for column in grid.counts():
            mention = row.figures.get(column.index)
            if mention is not None:
                words, roles = column.words + row.words, column.roles | row.roles
                items.append(Item(mention=mention, lead=words, trail=(), roles=roles, order=len(items)))
        index = items[0].mention.passage if items else 0
        return Node(
            index=index,
            passage=self._text.prose.passages[index],
            level=0,
            rank=0,
            items=tuple(items),
            found=Items(reading=None, items=tuple(items), stated=()),
            parent=None,
        )


def _roles_added(book: RoleBook) -> tuple[tuple[Role, tuple[Role, ...]], ...]:
    """Roles that two others make up: what was early and what was on time are timely."""
    shared = frozenset(role for some, _ in book.bases for role in some)
    found = [(role, tuple(sorted(parts))) for role, parts in book.loosely.items()]
    for dimension in book.dimensions:
        for whole in dimension.whole:
            if len(whole) == _PAIR:
                found += [(role, tuple(sorted(whole))) for role in sorted(dimension.of & shared)]
    return tuple(found)


def _words_of_roles(book: RoleBook, words: Sequence[str]) -> frozenset[str]:
    """The words that are said by roles already."""
    return frozenset([word for first, end, _ in book.find(tuple(words)) for word in words[first:end]])


def _beside(part: Place, wanted: frozenset[Role]) -> Iterator[Place]:
    """The figures beside a numerator, in its passage or row, that have the role of a base."""
    for item in part.node.items:
        is_alike = item.mention.kind in {MentionKind.COUNT, part.mention.kind}
        if is_alike and item.roles & wanted and item.mention.key not in part.keys:
            yield _Entry(node=part.node, item=item).place(BESIDE, 0)

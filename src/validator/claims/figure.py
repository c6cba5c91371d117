"""All figures of a document in order, those of sentences and those of tables, with what is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.judge import bounds
from validator.model.record import record
from validator.text.item import Item
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.structure import Node, Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention
    from validator.text.role import Role
    from validator.text.token import Exact


@record
class Figure:
    """A figure: its own words and roles, its place ``at`` among all, and the values it may stand for.

    ``key`` says which number of the document it is, ``roles`` what its words say it is. ``item`` and
    ``node`` are those of a figure in a sentence; ``cell`` is the table, row and column of one in a table.
    ``is_exact``: it stands for one value; ``is_percent``: it is a percentage or a difference of two.
    """

    mention: Mention
    item: Item
    at: int
    low: Exact
    high: Exact
    key: MentionKey
    roles: frozenset[Role]
    is_exact: bool
    is_percent: bool
    node: Node | None = None
    cell: tuple[int, int, int] | None = None


_SHARES = (MentionKind.PERCENT, MentionKind.POINTS)


def figures_of(text: Text, grids: Sequence[Grid]) -> tuple[Figure, ...]:
    """The figures of a document in order; a line that is a row of a table counts as one."""
    found: dict[MentionKey, tuple[Mention, Item, Node | None, tuple[int, int, int] | None]] = {}
    for number, grid in enumerate(grids):
        for mention, item, place in _of_grid(grid, number):
            found[mention.key] = mention, item, None, place
    for node in text.nodes.values():
        for mention, item in _of_node(node):
            found.setdefault(mention.key, (mention, item, node, None))
    made: list[Figure] = []
    for _, (mention, item, held, cell) in sorted(found.items(), key=_place):
        low, high = bounds(mention)
        if mention.odd or high < 0:
            continue
        made.append(
            Figure(
                mention=mention,
                item=item,
                at=len(made),
                low=low,
                high=high,
                key=mention.key,
                roles=item.roles,
                is_exact=low == high,
                is_percent=mention.kind in _SHARES,
                node=held,
                cell=cell,
            )
        )
    return tuple(made)


def _place(entry: tuple[MentionKey, object]) -> MentionKey:
    return entry[0]


def _of_node(node: Node) -> Iterator[tuple[Mention, Item]]:
    for item in node.items:
        yield item.mention, item
        if item.base is not None:
            yield item.base, item
    for stated in node.found.stated:
        yield (
            stated.mention,
            Item(
                mention=stated.mention,
                lead=stated.lead,
                trail=stated.trail,
                roles=stated.roles,
                mark=stated.mark,
                order=-1 if stated.owner is None else stated.owner,
            ),
        )


def _of_grid(grid: Grid, number: int) -> Iterator[tuple[Mention, Item, tuple[int, int, int]]]:
    for at, row in enumerate(grid.rows):
        for column, mention in row.figures.items():
            head = grid.columns[column]
            item = Item(mention=mention, lead=row.words, trail=head.words, roles=row.roles | head.roles)
            yield mention, item, (number, at, column)

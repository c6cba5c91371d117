"""Totals and parts by their roles: what came in is what was done and what is left, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.partition import role_of
from validator.claims.structure import Node, Text, is_countable, is_total, same_unit
from validator.claims.sum_list import Listed
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.text.item import Item
    from validator.text.mention import Mention
    from validator.text.role import Dimension, Role, RoleBook

FAMILY = "family"
_ANY, _FLOW, _CHANNEL = "any", "stage", "channel"
_NEUTRAL = frozenset({"whole", "closing", "people", "rest"})
_MOST, _LEAST = 40, 2
_OPEN = frozenset({_CHANNEL, "timing"})
"""Dimensions of which a role that goes without saying may be left out: what came by post, what was early."""
_BESIDE = {"dueness": frozenset({"pending", "in_term"}), _FLOW: frozenset({"not_due", "in_term"})}
"""Roles that say the same in other words: what is not due yet is pending."""
_ORIGIN = frozenset({"new", "carried"})


def find_families(text: Text) -> Iterator[Listed]:
    """Yield the complete families of roles of each paragraph and of each run of list items."""
    for node in text.nodes.values():
        outer = [item for item in node.items if item.mention.depth == 0]
        if len(outer) > 2:
            inner = [item for item in node.items if item.mention.depth]
            yield from families_of(text, outer, inner)
        if len(outer) > 1:
            yield from _of_before(text, node, outer)
    for _, children in text.lists():
        mains = [child.leading for child in children if child.leading is not None]
        if len(mains) > 1:
            yield from families_of(text, mains)
    yield from _paragraphs(text)


def _of_before(text: Text, node: Node, items: Sequence[Item]) -> Iterator[Listed]:
    """``Of those due, a … and b …``: the family of a total that a passage before counts."""
    for dimension in text.book.dimensions:
        scope = items[0].scope & dimension.of
        if not scope or any(item.roles & scope and not item.roles & dimension.roles for item in items):
            continue
        sentence = [item for item in items if item.mention.sentence == items[0].mention.sentence]
        parts = [item for item in sentence if item.roles & dimension.roles and is_countable(item)]
        roles = frozenset(role for item in parts for role in item.roles & dimension.roles)
        if len(parts) != len(roles) or len(parts) < _LEAST or not dimension.is_whole(roles):
            continue
        total = _counted_before(text, node, scope, dimension)
        if total is not None and all(same_unit(total, part) for part in parts):
            sure = not _is_loose(dimension, total, _inside(text, total, dimension))
            yield Listed(total=total, parts=tuple(parts), sure=sure, disjoint=sure, announced=FAMILY)


def _counted_before(text: Text, node: Node, scope: frozenset[Role], dimension: Dimension) -> Item | None:
    for index in range(node.index - 1, max(-1, node.index - 4), -1):
        other = text.nodes.get(index)
        for item in other.items if other is not None else ():
            if item.roles & scope and not item.roles & dimension.roles and is_total(item):
                return item
    return None


def _paragraphs(text: Text) -> Iterator[Listed]:
    """Neighbouring paragraphs of one figure each are read like the sentences of one."""
    run: list[Item] = []
    for node in text.nodes.values():
        outer = [item for item in node.items if item.mention.depth == 0]
        if node.level == 0 and len(outer) == 1 and not node.children:
            run.append(outer[0])
            continue
        if len(run) > 2:
            yield from families_of(text, run)
        run = []
    if len(run) > 2:
        yield from families_of(text, run)


def families_of(text: Text, items: Sequence[Item], inner: Sequence[Item] = ()) -> Iterator[Listed]:
    """Yield each total of a run of items with a complete family of its parts in the run.

    *inner* are the figures in brackets beside them.
    """
    items = [
        _with_gross(items, at)
        for at, item in enumerate(items[:_MOST])
        if is_countable(item) or _is_held_against(item)
    ]
    named = frozenset([role for item in items for role in item.roles])
    for dimension in text.book.dimensions:
        # Of what is left no role need be named.
        if len(named & dimension.roles) < (1 if dimension.name == _FLOW else _LEAST):
            continue
        for position, total in enumerate(items):
            if total.roles & dimension.roles:
                continue
            if "compared" in total.roles and position:
                yield from _family(
                    text.book, dimension, total, [items[position - 1], *items[position + 1 :]], ()
                )
            if total.roles & dimension.of or (
                _ANY in dimension.of and _begins(text, items, position, dimension)
            ):
                before = (*items[:position], *inner, *_inside(text, total, dimension))
                yield from _family(text.book, dimension, total, items[position + 1 :], before)


def _inside(text: Text, total: Item, dimension: Dimension) -> Sequence[Item]:
    """What the passage of a total says it is made up of, where its ways are told in another one."""
    node = text.nodes.get(total.mention.passage)
    return node.after(total) if node is not None and dimension.name == _CHANNEL else ()


def _is_held_against(item: Item) -> bool:
    """Whether an item is a total that stands after one of its parts: ``a out of T cases received``."""
    return is_total(item) and bool(item.roles & {"received", "gross", "assigned"})


def _with_gross(items: Sequence[Item], position: int) -> Item:
    """A total of what was carried over and what is new is all there was to do, whatever it is called."""
    item = items[position]
    before = [other.roles for other in items[max(0, position - _LEAST) : position]]
    if (
        item.closes
        and any("carried" in roles for roles in before)
        and any("new" in roles for roles in before)
    ):
        return evolve(item, roles=item.roles | {"gross"})
    return item


def _begins(text: Text, items: Sequence[Item], position: int, dimension: Dimension) -> bool:
    """Whether the figure right after one takes a role of a dimension: its total may then be any figure."""
    following = items[position + 1] if position + 1 < len(items) else None
    if following is None or role_of(following, dimension) is None:
        return False
    one, other = items[position].mention, following.mention
    named = [item for item in items[:position] if item.mention.sentence == one.sentence]
    if any(item.roles & dimension.of and item.mention.passage == one.passage for item in named):
        return False  # The total of the sentence is another figure.
    if any(item.mention.passage == one.passage and _counts_as(item.mention, one) for item in named):
        return False  # "30 left, 6 added, 20 done": of both together.
    if any(role in text.book.dimension_of for role in items[position].roles - _WHERE):
        return False
    alike = one.unit_is_near and other.unit_is_near and one.unit.split()[0] == other.unit.split()[0]
    return alike and one.passage == other.passage and one.sentence == other.sentence


def _counts_as(one: Mention, other: Mention) -> bool:
    return one.unit_is_near and one.unit == other.unit


_WHERE = frozenset({"province", "district", "commune", "organisation", "individual", "whole"})


def _family(
    book: RoleBook, dimension: Dimension, total: Item, after: Sequence[Item], before: Sequence[Item]
) -> Iterator[Listed]:
    parts: dict[Role, Item] = {}
    beside: list[Item] = []
    doubled = False
    for item in after:
        if _ends(book, dimension, total, item):
            break
        role = _role_in(book, item, dimension, parts)
        if role is None and parts and _is_beside(book, item, total, parts, after):
            beside.append(item)  # Something else was done with some, such as handing them on.
        if role is None or not same_unit(total, item) or _is_left(book, item, total, dimension):
            continue
        if _is_complete(dimension, parts) and not _may_extend(dimension, role, parts, item):
            continue  # It is of something else, such as what is left.
        plain = _is_plain(item, total, dimension)
        if role in parts or not plain:
            # One more of a role before the family is whole: which of them is meant is not known.
            doubled = doubled or not _is_complete(dimension, parts)
            continue
        parts[role] = item
    if not _is_complete(dimension, parts):
        return
    is_open = dimension.name in _OPEN and dimension.is_open(frozenset(parts))
    loose = doubled or bool(beside) or _is_loose(dimension, total, [*before, *after])
    yield Listed(
        total=total,
        parts=(*parts.values(), *(beside if len(beside) == 1 else ())),
        sure=not loose,
        disjoint=not loose,
        announced=FAMILY,
        open=is_open,
    )


def _is_left(book: RoleBook, item: Item, total: Item, dimension: Dimension) -> bool:
    """Whether an item is what is left beside what was done: ``done T, left a in time; early b``."""
    is_rest = dimension.name == "timing" and book.starts("rest_words", item.lead)
    return is_rest and "resolved" in total.roles


def _role_in(book: RoleBook, item: Item, dimension: Dimension, parts: dict[Role, Item]) -> Role | None:
    """The role of an item in a dimension; what is left, or left and still in time, is pending."""
    role = role_of(item, dimension)
    if role is not None or dimension.name != _FLOW or not book.starts("rest_words", item.lead):
        return role
    is_bare = "resolved" in parts and not any(each in book.dimension_of for each in item.roles)
    return "pending" if is_bare or item.roles & _BESIDE[_FLOW] else None


def _may_extend(dimension: Dimension, role: Role, parts: dict[Role, Item], item: Item) -> bool:
    """Whether one more role goes with those of a family that is whole without it.

    One further on in a later sentence is of what that sentence begins with.
    """
    last, m = list(parts.values())[-1].mention, item.mention
    if m.passage == last.passage and m.sentence != last.sentence and item.mark not in {"", "."}:
        return False
    roles = frozenset(parts) | {role}
    return role in dimension.may_add or any(roles <= whole | dimension.may_add for whole in dimension.whole)


def _is_beside(
    book: RoleBook, item: Item, total: Item, parts: dict[Role, Item], after: Sequence[Item]
) -> bool:
    """Whether an item without a role stands in the sentence of the parts and counts what they count.

    One that only divides a part further does not: what is pending and overdue. What is not due may be
    a part of what is pending or stand beside it, if nothing says how many are overdue.
    """
    for other in book.dimensions:
        if item.roles & other.roles and other.of & frozenset(parts):
            named = {role for each in after for role in each.roles & other.roles}
            if len(named) > 1 or item.announced or not item.roles & _BESIDE[_FLOW]:
                return False
    last = list(parts.values())[-1].mention
    m = item.mention
    same = m.passage == last.passage and m.sentence == last.sentence and m.unit == total.mention.unit
    return same and m.unit_is_near and not item.closes and item.base is None


def _is_complete(dimension: Dimension, parts: dict[Role, Item]) -> bool:
    return len(parts) > 1 and dimension.is_whole(frozenset(parts))


def _ends(book: RoleBook, dimension: Dimension, total: Item, item: Item) -> bool:
    """Whether an item begins another balance: a total of the same sort, or another stage than the total's."""
    if item.roles & dimension.of and not item.roles & dimension.roles:
        return True
    of_total = frozenset(name for role in total.roles for name in book.dimension_of.get(role, frozenset()))
    if not of_total or dimension.name in of_total:
        return False
    others = frozenset(role for other in book.dimensions if other.name in of_total for role in other.roles)
    return bool((item.roles & others) - total.roles)


def _is_plain(item: Item, total: Item, dimension: Dimension) -> bool:
    """Whether an item's roles are its own of the dimension, its total's, and none that narrow it further."""
    rest = item.roles - dimension.roles - total.roles - (dimension.of - _ORIGIN) - _NEUTRAL
    rest -= _BESIDE.get(dimension.name, frozenset())
    return not rest or rest <= {"received"}


def _is_loose(dimension: Dimension, total: Item, around: Sequence[Item]) -> bool:
    """Whether what was carried over may or may not be in the total."""
    carried = any("carried" in item.roles for item in around)
    if dimension.name == _CHANNEL:
        return carried and "new" not in total.roles
    if dimension.name != _FLOW or total.roles & {"gross", "assigned"}:
        return False
    fresh = any("new" in item.roles for item in around)
    own = [item.roles for item in around if item.mention.depth == total.mention.depth + 1][:2]
    if any("carried" in roles for roles in own) and any("new" in roles for roles in own):
        return False  # Both stand in brackets: the total says what it holds.
    return carried and not (fresh and "total" in total.mention.tags)

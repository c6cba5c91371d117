"""What each level received, in one line, with what it did and what it has left in a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.block import LEVELS
from validator.claims.judge import adds_up
from validator.claims.structure import is_countable, is_total, same_unit
from validator.claims.sum_family import FAMILY
from validator.claims.sum_list import Listed
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.structure import Node, Text
    from validator.text.item import Item
    from validator.text.role import Role

_LEAST = 2
_CUE = "level_"


def find_levels(text: Text) -> Iterator[Listed]:
    """``Received T (district a, commune b). Done in the district: c (left: d). Done in the communes: …``.

    It is sure for one level where it holds for another.
    """
    for _, children in text.lists():
        for at, node in enumerate(children):
            received = _by_level(node)
            if len(received) < _LEAST:
                continue
            found = [
                Listed(total=total, parts=parts, sure=False, disjoint=False, announced=FAMILY)
                for level, total in received.items()
                if (parts := _became(children[at + 1 :], level, total))
            ]
            holds = [adds_up(each.total.mention, [part.mention for part in each.parts]) for each in found]
            for each, held in zip(found, holds, strict=True):
                yield evolve(each, sure=sum(holds) > held)


def _by_level(node: Node) -> dict[Role, Item]:
    """The figures of the levels in the bracket behind what was received."""
    main = node.main
    if main is None or main.order or "received" not in main.roles:
        return {}
    found: dict[Role, Item] = {}
    for item in node.after(main):
        level = _level_of(item)
        if item.mention.depth != main.mention.depth + 1 or not is_total(item) or level is None:
            break
        found.setdefault(level, item)
    return found


def _became(lines: Sequence[Node], level: Role, total: Item) -> tuple[Item, ...]:
    """What was done and what is left in the line of a level."""
    for node in lines:
        done = node.main
        if done is None or done.order or "resolved" not in done.roles or _level_of(done) != level:
            continue
        left = [item for item in node.after(done) if "pending" in item.roles]
        parts = (done, *left)
        alike = all(is_countable(part) and same_unit(total, part) for part in parts)
        return parts if len(left) == 1 and alike else ()
    return ()


def _level_of(item: Item) -> Role | None:
    """The level that an item's own words name, in full or by its last word only: ``done by the district``."""
    named = (
        item.roles & LEVELS
        or {tag.removeprefix(_CUE) for tag in item.mention.tags if tag.startswith(_CUE)} & LEVELS
    )
    return next(iter(named)) if len(named) == 1 else None

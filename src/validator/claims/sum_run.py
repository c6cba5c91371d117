"""The items of one list: from its first one to the end of its sentence, of its marks or of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.text.item import ALL, SOME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.item import Item
    from validator.text.role import RoleBook


def run_of(items: Sequence[Item], book: RoleBook) -> tuple[Item, ...]:
    """The items of one list: up to the end of its sentence, its level of marks, or a total of its own.

    After a stronger mark the list goes on if its roles do: early and on time, then late.
    """
    first = items[0]
    run: list[Item] = [first]
    level = ""
    for item in items[1:]:
        if item.mention.sentence != first.mention.sentence or item.closes or item.announced in {ALL, SOME}:
            break
        if item.roles & {"change", "compared"}:
            continue
        mark = ";" if item.mark in {";", ":"} else "," if item.mark in {",", "and", ""} else item.mark
        if not level or (level == "," and len(run) == 1):
            level = mark
        elif level == "," and mark == ";" and not _goes_on(run, item, book):
            break
        if mark == ";" and len(run) > 1 and _counts_otherwise(run, item):
            break
        run.append(item)
    return tuple(run)


def _counts_otherwise(run: Sequence[Item], item: Item) -> bool:
    """Whether an item counts something else than all parts so far do."""
    groups = {part.mention.group for part in run if part.mention.unit_is_near}
    alike = len(groups) == 1 and all(part.mention.unit_is_near for part in run)
    return alike and item.mention.unit_is_near and item.mention.group not in groups


def _goes_on(run: Sequence[Item], item: Item, book: RoleBook) -> bool:
    """Whether an item takes one more role of the dimension in which all parts so far are named."""
    for dimension in book.dimensions:
        named = [part.roles & dimension.roles for part in run]
        mine = item.roles & dimension.roles
        if mine and all(named) and not any(mine & roles for roles in named):
            return True
    return False

"""Which row of one version of a table is which row of the other."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from validator.model.field import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from validator.model.field import TableDef
    from validator.model.report import Row

    Key = Callable[[Row], Hashable | None]

_NAMES = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.DATE})


def row_name(row: Row, table: TableDef) -> tuple[str, ...]:
    """Return the texts of a row's code and word columns, which tell it from the others."""
    return tuple(
        " ".join(str(row.cells[column].value).split()) if column in row.cells else ""
        for column, definition in table.columns.items()
        if definition.type in _NAMES
    )


def paired_rows(old: Sequence[Row], new: Sequence[Row], table: TableDef) -> Mapping[int, int]:
    """Return the place of the new row for the place of each old one that has a partner.

    Rows go together by all their texts, then by their first text alone (a code, whose words were
    changed), then, where a row has no text, by their place among such rows. Rows alike go together
    in their order.
    """

    def whole(row: Row) -> Hashable | None:
        name = row_name(row, table)
        return name if any(name) else None

    def first(row: Row) -> Hashable | None:
        return next(filter(None, row_name(row, table)), None)

    def nameless(row: Row) -> Hashable | None:
        return None if any(row_name(row, table)) else True

    found: dict[int, int] = {}
    for key in (whole, first, nameless):
        found |= _by(key, old, new, found)
    return found


def _by(key: Key, old: Sequence[Row], new: Sequence[Row], known: Mapping[int, int]) -> dict[int, int]:
    taken = set(known.values())
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, row in enumerate(new):
        name = key(row)
        if place not in taken and name is not None:
            waiting[name].append(place)
    found: dict[int, int] = {}
    for place, row in enumerate(old):
        name = key(row)
        if place not in known and name is not None and waiting[name]:
            found[place] = waiting[name].popleft()
    return found

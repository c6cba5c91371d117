"""What a list of units says of those who are written to: where letters go, and who is above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.model.report import Unit
    from validator.model.review import UnitReview
    from validator.model.unit_list import DeclaredUnit

_MOST_ABOVE = 2
"""A letter names the office that writes it and the one above that."""


def addressed(rows: Iterable[UnitReview], declared: Sequence[DeclaredUnit]) -> Iterator[UnitReview]:
    """Yield rows, those of listed units with addresses and superiors, and whether they are at the top."""
    by_id = {each.id: each for each in declared}
    superiors = {each.unit.parent for each in declared}
    for row in rows:
        listed = by_id.get(row.unit.id or "")
        if listed is None:
            yield row
            continue
        above: list[Unit] = []
        while (superior := by_id.get((above[-1] if above else listed.unit).parent or "")) is not None:
            above.append(superior.unit)
            if len(above) == _MOST_ABOVE:
                break
        is_top = not above and listed.id in superiors
        yield evolve(row, address=listed.address, email=listed.email, above=tuple(above), is_top=is_top)

"""How much of a document was understood: rows and numbers bound, and every number that was not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.location import Location


@record
class Unbound:
    """A number that belongs to no field: why, and the fields in doubt where several were close."""

    raw: str
    text: str
    location: Location
    why: str
    close: tuple[str, ...] = ()


@record
class Reach:
    """Counts of what was bound; ``others`` counts numbers that are no figures, by what they are."""

    rows: int = 0
    rows_bound: int = 0
    figures: int = 0
    figures_bound: int = 0
    table_rows: int = 0
    others: Mapping[str, int] = field(default_factory=dict)
    unbound: tuple[Unbound, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every row and every figure was bound to a field."""
        return self.rows == self.rows_bound and self.figures == self.figures_bound and not self.unbound


def reach_of(parts: Sequence[Reach]) -> Reach:
    """Return the reach of all parts of a document together."""
    others: Counter[str] = Counter()
    for part in parts:
        others.update(part.others)
    return Reach(
        rows=sum(part.rows for part in parts),
        rows_bound=sum(part.rows_bound for part in parts),
        figures=sum(part.figures for part in parts),
        figures_bound=sum(part.figures_bound for part in parts),
        table_rows=sum(part.table_rows for part in parts),
        others=dict(sorted(others.items())),
        unbound=tuple(each for part in parts for each in part.unbound),
    )

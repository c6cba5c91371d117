"""Figures that may have been misread in a picture: what takes part in a claim with one is undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.model.document import Table
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.claims.claim import Claim
    from validator.model.document import Document
    from validator.model.location import Location

_REASON = "figure-in-doubt"
_NEXT = 1


class Doubts:
    """The places of a *document* that hold figures in doubt.

    A figure that was not made out is missing in its list or table as much as it stands wrong there,
    so nobody is accused of a paragraph that holds one, nor of cells with one in their rows, right above
    or below, or in their columns.
    """

    def __init__(self, document: Document) -> None:
        self._blocks: set[tuple[object, ...]] = set()
        self._cells: dict[tuple[object, ...], tuple[int, int, int]] = {}
        self._rows: dict[int, set[int]] = {}
        self._columns: dict[int, set[int]] = {}
        for number, block in enumerate(document.blocks):
            if isinstance(block, Table):
                self._add_table(number, block)
            elif block.is_doubtful:
                self._blocks.add(block.location.block)

    def __bool__(self) -> bool:
        return bool(self._blocks or self._cells)

    def judged(self, claim: Claim) -> Claim:
        """Return *claim*, without a verdict where a figure in doubt may be at fault."""
        if not claim.verdict.is_decided:
            return claim
        places = claim.figures or (claim.location,)
        is_accused = not claim.holds
        if any(place.doubt for place in places) or (is_accused and self._are_near((claim.location, *places))):
            return evolve(claim, verdict=ClaimVerdict.UNDECIDED, reason=_REASON, help={})
        return claim

    def _add_table(self, number: int, table: Table) -> None:
        doubtful = [cell for cell in table.cells if cell.location.doubt]
        if doubtful:
            self._cells |= {cell.location.block: (number, cell.row, cell.column) for cell in table.cells}
            self._rows[number] = {cell.row for cell in doubtful}
            self._columns[number] = {cell.column for cell in doubtful}

    def _are_near(self, places: Iterable[Location]) -> bool:
        """Whether a figure in doubt stands beside one of *places*."""
        held = {place.block for place in places}
        if held & self._blocks:
            return True
        cells = [self._cells[block] for block in held if block in self._cells]
        for number in {number for number, _, _ in cells}:
            rows = [row for table, row, _ in cells if table == number]
            if any(min(rows) - _NEXT <= row <= max(rows) + _NEXT for row in self._rows[number]):
                return True
        return any(column in self._columns[number] for number, _, column in cells)

"""Tables that are neither an appendix nor one that the form declares: their numbers are listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.appendix import is_code
from validator.binding.found import Found, excerpt
from validator.binding.running import mask_text
from validator.model.reach import Reach, Unbound
from validator.model.record import evolve

if TYPE_CHECKING:
    from validator.binding.recognition import Recognition
    from validator.model.document import Table


def numbers_of_table(table: Table, known: Recognition, why: str) -> Found:
    """Return the account of a table whose columns are not known."""
    unbound: list[Unbound] = []
    others: Counter[str] = Counter()
    filled = Counter(cell.row for cell in table.cells if cell.text.strip())
    for cell in table.cells:
        if cell.row in table.header_rows:
            continue
        if cell.column == 0 and is_code(cell.text) and filled[cell.row] > 1:
            others["ordinal"] += 1
            continue
        for number in mask_text(cell.text, known).numbers:
            if number.other:
                others[number.other] += 1
                continue
            text = excerpt(cell.text, number.start, number.end)
            place = evolve(cell.location, excerpt=text)
            unbound.append(Unbound(raw=number.raw, text=text, location=place, why=why))
    return Found(reach=Reach(figures=len(unbound), others=dict(others), unbound=tuple(unbound)))

"""The running text → cells: the numbers that phrases claim, and an account of the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.found import Found, cell_of, excerpt, fault_of
from validator.binding.written import read_written
from validator.model.reach import Reach, Unbound
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.narrative import NumberBinding
    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.model.report import Cell
    from validator.readers.notation import Notation


def cells_of_text(
    bindings: Sequence[NumberBinding],
    notation: Notation,
    taken: frozenset[tuple[int, int]] = frozenset(),
) -> Found:
    """Return the cells that the numbers of the running text state.

    *taken* are the numbers, by passage and start, that rows of tables have.
    """
    cells: list[Cell] = []
    problems: list[Problem] = []
    unbound: list[Unbound] = []
    others: Counter[str] = Counter()
    rows = 0
    for each in bindings:
        place = _place(each)
        text, raw = place.excerpt or "", each.number.raw
        if each.definition is None:
            if (each.passage.order, each.number.start) in taken:
                rows += 1
            elif each.number.other:
                others[each.number.other] += 1
            else:
                unbound.append(Unbound(raw=raw, text=text, location=place, why=each.why, close=each.close))
            continue
        written = read_written(raw, each.definition, notation)
        if written is None:
            continue
        cells.append(cell_of(each.definition, raw, written, place, text=text, confidence="certain"))
        problem = fault_of(each.definition, raw, written, place)
        problems += [problem] if problem else []
    reach = Reach(
        figures=len(cells) + len(unbound) + rows,
        figures_bound=len(cells) + rows,
        others=dict(others),
        unbound=tuple(unbound),
    )
    return Found(cells=tuple(cells), problems=tuple(problems), reach=reach)


def _place(binding: NumberBinding) -> Location:
    """Return the place of a number, with the words around it."""
    block, number = binding.passage.block, binding.number
    return evolve(
        block.location_at(number.start, number.end), excerpt=excerpt(block.text, number.start, number.end)
    )

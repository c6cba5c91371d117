"""The matrix of units and topics, and the counts above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.model.review import Standing, Tally, summed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.review import Review, UnitReview

KINDS = ("error", "warning", "info", "explained")


@record
class MatrixCell:
    """How many findings there are of each kind; ``state`` says it where there are none.

    Of ``asked`` rules and claims so many were ``decided``. ``href`` leads to the findings, ``sort``
    orders the cells of a column as text.
    """

    counts: tuple[tuple[str, int], ...] = ()
    state: str = ""
    href: str = ""
    sort: str = ""
    decided: int = 0
    asked: int = 0


@record
class MatrixRow:
    """A unit: its place in the review counts from 1, ``states`` are what it can be filtered by."""

    number: int
    unit: UnitReview
    name: str
    total: MatrixCell
    cells: tuple[MatrixCell, ...]
    states: tuple[str, ...]


@record
class Matrix:
    """The rows, and of each topic whether any unit has findings in it."""

    rows: tuple[MatrixRow, ...]
    busy: tuple[bool, ...]
    total: Tally

    def standing(self, standing: str) -> int:
        """How many units stand so."""
        return sum(row.unit.standing.value == standing for row in self.rows)


def matrix(review: Review) -> Matrix:
    """Return the matrix of a review."""
    rows = tuple(_row(number, unit, review) for number, unit in enumerate(review.units, start=1))
    return Matrix(
        rows=rows,
        busy=tuple(any(row.cells[at].counts for row in rows) for at in range(len(review.topics))),
        total=summed(tally for unit in review.units for tally in unit.tallies.values()),
    )


def unit_name(unit: UnitReview) -> str:
    """What the unit is called."""
    return unit.unit.name or unit.unit.id or unit.key


def counts(tally: Tally) -> tuple[tuple[str, int], ...]:
    """The kinds of findings that there are, with their number, the gravest first."""
    numbers = (tally.errors, tally.warnings, tally.infos, tally.explained)
    return tuple((kind, number) for kind, number in zip(KINDS, numbers, strict=True) if number)


def _row(number: int, unit: UnitReview, review: Review) -> MatrixRow:
    total = summed(unit.tallies.values())
    return MatrixRow(
        number=number,
        unit=unit,
        name=unit_name(unit),
        total=_cell(total, unit, f"#u{number}"),
        cells=tuple(
            _cell(unit.tallies.get(topic.id, Tally()), unit, f"#u{number}t{at}")
            for at, topic in enumerate(review.topics)
        ),
        states=tuple(_states(unit, total)),
    )


def _states(unit: UnitReview, total: Tally) -> Iterable[str]:
    yield unit.standing.value
    if unit.older:
        yield "several"
    yield from (kind for kind, _ in counts(total))
    if unit.standing is Standing.SUBMITTED and not counts(total):
        yield "clean"


def _cell(tally: Tally, unit: UnitReview, href: str) -> MatrixCell:
    found = counts(tally)
    weight = (tally.errors, tally.warnings, tally.infos, tally.explained)
    return MatrixCell(
        counts=found,
        state="" if found else _state(tally, unit),
        href=href if found else "",
        decided=tally.decided,
        asked=tally.asked,
        sort=".".join(f"{number:07}" for number in (*weight, int(tally.decided > 0))),
    )


def _state(tally: Tally, unit: UnitReview) -> str:
    if unit.standing is Standing.MISSING:
        return "missing"
    if tally.decided:
        return "agrees"
    return "open" if tally.undecided else "nothing"

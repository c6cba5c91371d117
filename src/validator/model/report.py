"""A submitted report after reading: fields with their values, texts and places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from validator.model.quantity import Quantity
from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.explanation import Explanation
    from validator.model.location import Location

Scalar = Quantity | str | date | bool


@record
class Cell:
    """One statement of a field's value, with its raw text and its place.

    ``value`` is None when something is written that cannot be read (a problem says so) or the
    value is explicitly blank. ``text`` is the sentence or label around the number, if kept.
    """

    path: str
    value: Scalar | None
    raw: str
    location: Location
    text: str | None = None
    confidence: str = "certain"


@record
class Row:
    """One row of a table; columns without a value are absent."""

    cells: Mapping[str, Cell]
    location: Location


@record
class Unit:
    """The administrative unit that reports."""

    id: str | None = None
    name: str | None = None
    level: str | None = None
    parent: str | None = None


@record
class Period:
    """The window of the data: kind (``year``, ``quarter`` …), first and last day."""

    kind: str | None = None
    start: date | None = None
    end: date | None = None


@record
class Report:
    """A report: who, when, which form, and every value found.

    A field may be stated several times; its first statement is the one rules are run on.
    ``submitted`` is the day that the report bears; of two versions the later one counts.
    ``explanations`` are those that stand in the report itself. ``is_whole`` is false for a document in
    which figures were left that belong to no field: what it does not seem to state may be one of them.
    ``parts`` says of a report that comes, or came, in files which one is its ``narrative``, which its
    ``appendix``; with one of them alone the other is still to come.
    """

    form: str | None = None
    unit: Unit = field(default_factory=Unit)
    period: Period = field(default_factory=Period)
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    file: str = ""
    submitted: date | None = None
    explanations: tuple[Explanation, ...] = ()
    is_whole: bool = True
    parts: Mapping[str, str] = field(default_factory=dict)

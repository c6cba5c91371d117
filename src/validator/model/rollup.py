"""A superior's report computed from the reports of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from validator.model.diagnostic import Diagnostic
    from validator.model.report import Cell, Report, Unit


@record
class Source:
    """What one unit states of a figure that was added up."""

    unit: Unit
    cell: Cell


@record
class Lacking:
    """A unit that takes no part in a figure.

    ``reason`` is ``not-submitted``, ``not-read`` (none of its files could be), ``not-stated``,
    ``unreadable`` (the figure was not recognised in the file, though it may stand there) or
    ``condition-unknown``.
    """

    unit: Unit
    reason: str


@record
class Rolled:
    """How a figure of the computed report came about.

    ``total`` is the exact sum, of which a rounded figure shows the digits that all parts have.
    ``origin`` is the path of the units' field that was added up. A share has no sources; ``parts``
    are the paths of the sums it was worked out from. ``rule`` is the rule that says how, if one
    does. Where units are ``lacking`` a sum is a lower bound.
    """

    origin: str = ""
    total: Fraction | None = None
    sources: tuple[Source, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    parts: tuple[str, ...] = ()
    rule: str = ""


@record
class LeftOut:
    """A field that units state and that the computed report does not hold.

    ``reason`` is ``not-additive``, ``own-part`` (the superior has applications, say, of its own, and no
    field for those of its units), ``no-rule``, ``parts-missing``, ``parts-of-other-units`` or
    ``rows-without-name``.
    """

    path: str
    reason: str


@record
class Aside:
    """A file that was not counted, with the reason in words."""

    path: str
    reason: Diagnostic
    unit: Unit | None = None


@record
class OwnFigure:
    """A figure of the superior's own report that differs from the computed one.

    ``why`` says what may make up for it: ``lacking`` units, the superior's ``own-part``, or nothing
    (empty), where a rule says that the figures are the same.
    """

    path: str
    own: Cell
    computed: Cell
    why: str = ""


@record
class Rollup:
    """The computed report, how each of its figures came about, and what is missing.

    ``figures`` are by the path of a field; of a table also ``table[row].column``, rows from 1.
    ``units`` are those that were counted, ``missing`` those that did not report, ``unread``
    those of whose files none could be read. ``own`` is the
    file of the superior's own report, if it was among the files; ``passed_over`` are those that are
    no reports, ``joined`` the narratives with the appendices that make one report with them.
    """

    report: Report
    figures: Mapping[str, Rolled] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    missing: tuple[Unit, ...] = ()
    unread: tuple[Unit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    aside: tuple[Aside, ...] = ()
    passed_over: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    own: str = ""
    differences: tuple[OwnFigure, ...] = ()

    @property
    def contradictions(self) -> tuple[OwnFigure, ...]:
        """The figures of the superior's own report that cannot be right together with the units'."""
        return tuple(each for each in self.differences if not each.why)

    @property
    def unused(self) -> tuple[Aside, ...]:
        """The files that somebody has to look at: unreadable, of an unknown unit, of no known period."""
        return tuple(each for each in self.aside if each.reason.id not in _AS_IT_SHOULD_BE)


_AS_IT_SHOULD_BE = frozenset(
    {
        "rollup/older-version",
        "rollup/repeated",
        "rollup/other-period",
        "rollup/other-parent",
        "rollup/other-form",
    }
)

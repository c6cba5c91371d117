"""The reports that a report is judged together with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.context import Context
from validator.model.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.problem import Problem
    from validator.model.report import Report


@record
class Joins:
    """What a report is judged together with.

    ``corrections`` are the later versions of the earlier periods, by the name of the join; the version
    that was submitted counts. ``last_year`` are the versions of the report of the same period of last year,
    empty if an archive has none, None if none was looked at.
    """

    joined: Mapping[str, Report] = field(default_factory=dict)
    children: tuple[Report, ...] | None = None
    absent: tuple[Report, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Report, ...]] = field(default_factory=dict)
    last_year: tuple[Report, ...] | None = None

    def context(self, report: Report) -> Context:
        """Return what a run of rules on *report* sees."""
        return Context(
            report=report,
            joined=self.joined,
            children=self.children,
            absent=self.absent,
            why=self.why,
        )


@record
class JoinResult:
    """The joins that an archive gives, and what is wrong with the files that were asked for."""

    joins: Joins
    problems: tuple[Problem, ...] = ()

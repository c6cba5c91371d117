"""What one run of a rule can see: the report, the reports joined to it, and bound variables."""

from __future__ import annotations

import os
from collections.abc import Mapping

from validator.model.record import field, record
from validator.model.report import Report, Row

Member = Row | Report
MOST_STEPS = 2_000_000
"""How many nodes a rule may look at in the members of tables and of units below, on one report."""
_SWITCH = "VALIDATOR_MAX_STEPS"
ANYBODY = "*"
"""The id of a unit that stands for those who may be there besides, where no list declares who there is."""


@record
class Context:
    """A report with its joins.

    ``joined`` maps ``prior``, ``earlier`` and ``parent`` to a report where there is one;
    ``children`` is None when nothing is known of the units below. ``absent`` names the units
    below that have not reported: their values are unknown, not zero. ``why`` says by the id of such a
    unit what it sent all the same: ``unreadable`` or ``other-period``.
    """

    report: Report
    joined: Mapping[str, Report] = field(default_factory=dict)
    children: tuple[Report, ...] | None = None
    absent: tuple[Report, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)

    def members(self) -> tuple[Report, ...] | None:
        """Return the reports below this one, absent ones as empty reports; None if unknown."""
        return None if self.children is None else (*self.children, *self.absent)

    def is_absent(self, report: Report) -> bool:
        """Whether *report* stands for a unit that has not reported."""
        return any(each is report for each in self.absent)


def most_steps() -> int:
    """Return how many steps a rule may take on one report (``VALIDATOR_MAX_STEPS``, if that is a number)."""
    chosen = os.environ.get(_SWITCH, "")
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else MOST_STEPS


class TooManySteps(Exception):  # noqa: N818 - an outcome of a rule, not an error of the program
    """A rule took more steps than it may; counted, not timed, so that it ends alike everywhere."""


Bindings = Mapping[str, Member]

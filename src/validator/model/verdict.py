"""The outcomes of a rule and how grave a finding is."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """Outcome of one rule on one report; `ERROR` is a rule that could not be run."""

    PASS = "pass"
    FAIL = "fail"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class Severity(Enum):
    """How grave a finding is: an error is arithmetic or the calendar, a warning may be explained."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts errors first."""
        return _RANK[self]


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}

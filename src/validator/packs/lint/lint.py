"""What a lint is: an id, how grave its findings are, why it is there, and how it finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.model.record import record
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from validator.model.location import Location
    from validator.packs.lint.subject import Subject

Finding = tuple["Location", Mapping[str, object]]
Find = Callable[["Subject"], Iterable[Finding]]


@record
class Lint:
    """A rule about rules; ``why`` goes into its page, ``fixable`` says that ``--fix`` mends it."""

    id: str
    find: Find
    why: str
    severity: Severity = Severity.WARNING
    fixable: bool = False

    def run(self, subject: Subject) -> tuple[Problem, ...]:
        """Return what the lint finds in a pack."""
        return tuple(
            Problem(code=self.id, location=place, severity=self.severity, args=args)
            for place, args in self.find(subject)
        )

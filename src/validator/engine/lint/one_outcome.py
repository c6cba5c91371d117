"""Rules that pass whatever a report says, and rules that can never pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.lint.branch import all_impossible, branches
from validator.engine.lint.never_applies import limits, never_true
from validator.engine.lint.possible import Possible
from validator.exact import truth as t
from validator.lang.ir import ColumnRef, FieldRef, walk
from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject
    from validator.packs.pack import Rule


def _never(subject: Subject, *, passes: bool) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if not never_true(rule) and not can(rule, passes=passes):
            yield subject.place(rule, "assert"), {"rule": rule.id}


def can(rule: Rule, *, passes: bool) -> bool:
    """Whether a report could make *rule* pass, or fail."""
    if not passes and any(_is_required(node) for node in walk(rule.assertion)):
        return True
    # A rule may be there to find values beyond the bounds of their field, so these excuse no rule.
    outcomes = Possible(bounded=passes).truth(rule.assertion, {})
    if not outcomes & t.TRUE:
        return not passes  # what is never decided either way is told once
    if not passes and not outcomes & t.FALSE:
        return False
    guard = branches(rule.guard, wanted=True) if rule.guard is not None else ((),)
    ways = branches(rule.assertion, wanted=passes)
    return not all_impossible(guard, ways, bounded=passes, known=limits(rule))


def _is_required(node: object) -> bool:
    return isinstance(node, FieldRef | ColumnRef) and node.policy == "fail"


NEVER_FAILS = Lint(
    id="lint/never-fails",
    find=lambda subject: _never(subject, passes=False),
    severity=Severity.ERROR,
    why="A rule that holds whatever the report says (`received ≥ 0` of a count, `a = a`, a bound that "
    "`when:` implies) checks nothing. Counts are known to be whole and not negative.",
)
NEVER_PASSES = Lint(
    id="lint/never-passes",
    find=lambda subject: _never(subject, passes=True),
    severity=Severity.ERROR,
    why="A rule that holds of no report accuses every report that states its values. Values are taken to lie "
    "within the `min` and `max` of their fields, and tables to have rows.",
)

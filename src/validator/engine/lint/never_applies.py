"""Rules that no report can meet: a condition that cannot be true, dates or limits that leave nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.lint.branch import Literal, all_impossible, branches
from validator.engine.lint.possible import Possible
from validator.exact import truth as t
from validator.lang.ir import Constant, HeaderRef, InSet
from validator.lang.types import TEXT, TRUTH
from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint
from validator.readers.tree import MappingNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.lint.branch import Branch
    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject
    from validator.packs.pack import Rule

_NOWHERE = (0, 0)


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if rule.since and rule.until and rule.since > rule.until:
            yield subject.place(rule, "until"), {"rule": rule.id, "why": "@since-after-until"}
        elif _applies_to_none(subject, rule):
            yield subject.place(rule, "applies"), {"rule": rule.id, "why": "@empty-limits"}
        elif rule.guard is not None and never_true(rule):
            yield subject.place(rule, "when"), {"rule": rule.id, "why": "@condition-never-true"}


def never_true(rule: Rule) -> bool:
    """Whether the condition of *rule* is true of no report that the rule is limited to."""
    if rule.guard is None:
        return False
    if not Possible(bounded=True).truth(rule.guard, {}) & t.TRUE:
        return True
    ways = branches(rule.guard, wanted=True)
    return all_impossible(ways, ((),), bounded=True, known=limits(rule))


def limits(rule: Rule) -> Branch:
    """Return what ``applies:`` says of the header as conditions."""
    named = (("unit.level", rule.levels), ("period.kind", rule.periods))
    return tuple(
        Literal(
            InSet(
                HeaderRef("report", name, TEXT, _NOWHERE),
                tuple(Constant(value, value, TEXT, _NOWHERE) for value in values),
                TRUTH,
                _NOWHERE,
            ),
            wanted=True,
        )
        for name, values in named
        if values
    )


def _applies_to_none(subject: Subject, rule: Rule) -> bool:
    body = subject.body(rule)
    applies = body.get("applies") if body else None
    entries = applies.entries if isinstance(applies, MappingNode) else ()
    return any(isinstance(entry.value, SequenceNode) and not entry.value.items for entry in entries)


NEVER_APPLIES = Lint(
    id="lint/never-applies",
    find=_find,
    severity=Severity.ERROR,
    why="A rule that applies to nothing checks nothing, and nobody notices. Looked at are `when:`, "
    "`applies:`, `since:` and `until:`; values are taken to lie within the `min` and `max` of their fields.",
)

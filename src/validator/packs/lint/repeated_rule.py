"""Rules that ask what another rule of the pack asks already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.canonical import canonical
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject
    from validator.packs.pack import Rule


def _find(subject: Subject) -> Iterator[Finding]:
    first: dict[object, Rule] = {}
    for rule in subject.pack.rules:
        other = first.setdefault(_meaning(rule), rule)
        if other is not rule:
            args = {"rule": rule.id, "other": other.id, "line": other.location.line}
            yield subject.place(rule, "assert"), args


def _meaning(rule: Rule) -> object:
    guard = canonical(rule.guard) if rule.guard is not None else None
    limits = (frozenset(rule.levels), frozenset(rule.periods), rule.since, rule.until)
    return (canonical(rule.assertion), guard, limits)


REPEATED_RULE = Lint(
    id="lint/repeated-rule",
    find=_find,
    why="Two rules of one meaning tell every fault twice. The order of terms and of the two sides, "
    "brackets and names of variables make no difference.",
)

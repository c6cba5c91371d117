"""Rules whose finding could show no value of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Aggregate, ColumnRef, FieldRef, HeaderRef, walk
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject

_SHOWN = Aggregate | ColumnRef | FieldRef | HeaderRef


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if not any(isinstance(node, _SHOWN) for node in walk(rule.assertion)):
            yield subject.place(rule, "assert"), {"rule": rule.id}


NO_NUMBER = Lint(
    id="lint/no-number",
    find=_find,
    why="The explanation of a finding is made of the values that decided; without one "
    "there is nothing to show.",
)

"""Expressions that are not written in the canonical spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.packs.files import TEST_SUFFIX
from validator.packs.format import unusual_expressions
from validator.packs.lint.lint import Lint
from validator.readers.encoding import text_or_nothing
from validator.readers.tree import location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    for name in subject.trees:
        if name.endswith(TEST_SUFFIX):
            continue
        path = subject.path(name)
        for node, canonical in unusual_expressions(text_or_nothing(path), path):
            yield location_of(node, path), {"canonical": canonical}


UNUSUAL_SPELLING = Lint(
    id="lint/unusual-spelling",
    find=_find,
    severity=Severity.INFO,
    fixable=True,
    why="`validator fmt` writes every expression one way: `=` `≠` `≤` `≥`, single spaces, no bracket that "
    "is not needed. Differences between two versions of a rule then are differences of meaning.",
)

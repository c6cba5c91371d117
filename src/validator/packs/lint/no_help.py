"""Rules that do not say what to do about a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        if not any(rule.help.values()):
            yield subject.place(rule), {"rule": rule.id}


NO_HELP = Lint(
    id="lint/no-help",
    find=_find,
    why="A clerk who reads that numbers disagree wants to know where to look next.",
)

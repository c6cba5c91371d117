"""Rules that no test case shows passing, and rules that none shows failing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Verdict
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _without(subject: Subject, verdict: Verdict) -> Iterator[Finding]:
    tested = {test.rule.id for test in subject.tests if test.expect is verdict}
    for rule in subject.pack.rules:
        if rule.id not in tested:
            yield subject.place(rule), {"rule": rule.id}


NO_PASSING_TEST = Lint(
    id="lint/no-passing-test",
    find=lambda subject: _without(subject, Verdict.PASS),
    why="A rule that nobody has seen pass may accuse every report.",
)
NO_FAILING_TEST = Lint(
    id="lint/no-failing-test",
    find=lambda subject: _without(subject, Verdict.FAIL),
    why="A rule that nobody has seen fail may find nothing, ever.",
)

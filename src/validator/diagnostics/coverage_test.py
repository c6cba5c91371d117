"""The test cases of a pack → which verdicts and branches of its rules they reach."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.diagnostics.rule_test import context_of
from validator.engine.coverage import cover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.context import Context
    from validator.engine.coverage import RuleCoverage
    from validator.packs.pack import RulePack
    from validator.packs.rule_test import RuleTest


def run_coverage(pack: RulePack, tests: Iterable[RuleTest]) -> Iterator[RuleCoverage]:
    """Yield for each rule of *pack* what its cases reach."""
    contexts: dict[str, list[Context]] = defaultdict(list)
    for test in tests:
        context, problems = context_of(pack, test)
        if not problems:
            contexts[test.rule.id].append(context)
    for rule in pack.rules:
        yield cover(rule, contexts[rule.id])

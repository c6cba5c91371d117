"""Mutants of a pack's rules against its test cases: which of them no case tells from the rule."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.diagnostics.rule_test import context_of, judge
from validator.engine.equivalence import is_equivalent
from validator.engine.mutation import mutants
from validator.engine.run import run_rule
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.context import Context
    from validator.engine.mutation import Mutant
    from validator.packs.pack import Rule, RulePack
    from validator.packs.rule_test import RuleTest


@record
class MutationResult:
    """What became of the mutants of one rule; ``equivalent`` ones cannot be told from it by any report."""

    rule: Rule
    killed: int
    survivors: tuple[Mutant, ...] = ()
    equivalent: tuple[Mutant, ...] = ()

    @property
    def total(self) -> int:
        """How many mutants a test could kill."""
        return self.killed + len(self.survivors)


def run_mutants(pack: RulePack, tests: Iterable[RuleTest]) -> Iterator[MutationResult]:
    """Yield for each rule of *pack* what became of its mutants; known gaps among the tests kill none."""
    cases: dict[str, list[tuple[RuleTest, Context]]] = defaultdict(list)
    for test in tests:
        context, problems = context_of(pack, test)
        if not problems and not test.todo:
            cases[test.rule.id].append((test, context))
    for rule in pack.rules:
        yield _of_rule(rule, cases[rule.id])


def _of_rule(rule: Rule, cases: list[tuple[RuleTest, Context]]) -> MutationResult:
    killed = 0
    survivors: list[Mutant] = []
    equivalent: list[Mutant] = []
    for mutant in mutants(rule):
        if any(_kills(mutant.rule, test, context) for test, context in cases):
            killed += 1
        elif is_equivalent(rule, mutant.rule):
            equivalent.append(mutant)
        else:
            survivors.append(mutant)
    return MutationResult(rule=rule, killed=killed, survivors=tuple(survivors), equivalent=tuple(equivalent))


def _kills(mutant: Rule, test: RuleTest, context: Context) -> bool:
    result = run_rule(mutant, context)
    if result.verdict is not test.expect:
        return True
    expects_words = test.says or test.says_en or test.at
    return bool(expects_words) and not judge(test, result).passed

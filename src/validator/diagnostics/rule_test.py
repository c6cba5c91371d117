"""Test cases of a pack → what their rules say, and whether that is what was expected."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.diagnostics.explain import explain
from validator.engine.context import Context
from validator.engine.coverage import cover
from validator.engine.run import run_rule
from validator.model.record import evolve, record
from validator.model.report import Report
from validator.readers.structured import read_structured
from validator.readers.tree import TreeResult
from validator.wording.in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.coverage import RuleCoverage
    from validator.engine.result import RuleResult
    from validator.model.problem import Problem
    from validator.model.verdict import Verdict
    from validator.packs.pack import Rule, RulePack
    from validator.packs.rule_test import RuleTest
    from validator.readers.tree import MappingNode

_LANGUAGES = ("vi", "en")


@record
class TestResult:
    """What a case gave: a verdict, or None if its report has the faults in ``problems``.

    ``explanation`` is that of the first finding; ``passed`` looks for the expected words in every
    language and finding.
    """

    test: RuleTest
    passed: bool
    verdict: Verdict | None = None
    reason: str = ""
    explanation: str = ""
    paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the case gave something else and is no known gap."""
        return not self.passed and not self.test.todo


def run_rule_tests(pack: RulePack, tests: Iterable[RuleTest]) -> tuple[TestResult, ...]:
    """Run *tests* of *pack*."""
    return tuple(_run(pack, test) for test in tests)


def _run(pack: RulePack, test: RuleTest) -> TestResult:
    context, problems = context_of(pack, test)
    if problems:
        return TestResult(test=test, passed=False, problems=problems)
    return judge(test, run_rule(test.rule, context))


def context_of(pack: RulePack, test: RuleTest) -> tuple[Context, tuple[Problem, ...]]:
    """Return the reports of a case, and the faults in them."""
    problems: list[Problem] = []

    def report(node: MappingNode) -> Report:
        tree, forms = TreeResult(root=node), {pack.form.name: pack.form}
        read = read_structured(tree, forms, form=pack.form.name, file=test.location.file)
        problems.extend(read.problems)
        return read.report or Report()

    context = Context(
        report=_with_header(report(test.report), test.rule),
        joined={name: report(node) for name, node in test.joined.items()},
        children=None if test.children is None else tuple(report(node) for node in test.children),
    )
    return context, tuple(problems)


def _with_header(report: Report, rule: Rule) -> Report:
    """Return the report of a case with a header that the rule applies to, where the case says nothing.

    A case is about figures; without this, each case of a rule for one level would have to name it.
    """
    unit, period = report.unit, report.period
    if unit.level is None and rule.levels:
        unit = evolve(unit, level=rule.levels[0])
    if period.kind is None and rule.periods:
        period = evolve(period, kind=rule.periods[0])
    if period.end is None and rule.since:
        period = evolve(period, end=rule.since)
    if period.start is None and rule.until:
        period = evolve(period, start=rule.until)
    return evolve(report, unit=unit, period=period)


def judge(test: RuleTest, result: RuleResult) -> TestResult:
    """Return whether a rule's result is what the case expects."""
    found = explain(result)
    told = {language: in_language(found, language) for language in _LANGUAGES}
    findings = [finding for each in told.values() for finding in each]
    paths = {label.path for finding in findings for label in finding.fields}
    paths |= {label.location.pointer or "" for finding in findings for label in finding.fields}
    says = all(any(words in finding.explanation for finding in findings) for words in test.says)
    says &= all(any(words in finding.explanation for finding in told["en"]) for words in test.says_en)
    return TestResult(
        test=test,
        passed=result.verdict is test.expect and says and paths.issuperset(test.at),
        verdict=result.verdict,
        reason=result.reason,
        explanation=found[0].explanation if found else "",
        paths=tuple(sorted(path for path in paths if path)),
    )


def run_coverage(pack: RulePack, tests: Iterable[RuleTest]) -> Iterator[RuleCoverage]:
    """Yield for each rule of *pack* what its cases reach."""
    contexts: dict[str, list[Context]] = defaultdict(list)
    for test in tests:
        context, problems = context_of(pack, test)
        if not problems:
            contexts[test.rule.id].append(context)
    for rule in pack.rules:
        yield cover(rule, contexts[rule.id])

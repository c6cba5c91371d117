"""Results of rule tests → diagnostics, so that every format can show them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.diagnostic import Diagnostic, FileResult
from validator.model.record import evolve
from validator.model.verdict import Severity, Verdict
from validator.model.words import say, together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.diagnostics.rule_test import TestResult
    from validator.packs.rule_test import RuleTest


def case_name(test: RuleTest) -> str:
    """Return what a case is called: its name, what it is for, or the verdict it expects."""
    return test.name or test.why or test.expect.value


def explain_test(result: TestResult) -> Diagnostic:
    """Return how a case came out: passed, failed, or not counted because it is a known gap."""
    test = result.test
    name, rule = case_name(test), test.rule.full_id
    if result.passed:
        verdict, title = Verdict.PASS, name
    else:
        verdict = Verdict.UNDECIDED if test.todo else Verdict.FAIL
        title = say("ci/test-differs", {"rule": rule})
    lines = [test.todo] if test.todo else []
    if not result.passed:
        lines += [say("cli/test-expected", {"expected": expected(test)})]
        lines += [say("cli/test-got", {"got": got(result)})]
    return Diagnostic(
        id=rule,
        severity=Severity.ERROR,
        verdict=verdict,
        reason="todo" if test.todo else "test",
        title=title,
        explanation=together(lines, "; "),
        location=evolve(test.location, excerpt=name),
    )


def test_files(results: Iterable[TestResult]) -> tuple[FileResult, ...]:
    """Return the outcomes of cases by the file they stand in."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for result in results:
        found[result.test.location.file].append(explain_test(result))
    return tuple(FileResult(path=path, diagnostics=tuple(each)) for path, each in found.items())


def expected(test: RuleTest) -> str:
    """Return what a case expects."""
    parts = [test.expect.value]
    parts += [f'says "{words}"' for words in (*test.says, *test.says_en)]
    parts += [f"at {path}" for path in test.at]
    return ", ".join(parts)


def got(result: TestResult) -> str:
    """Return what a case gave instead, or the faults of its report."""
    if result.verdict is None:
        return together(
            (
                together([f"{each.location.line}:{each.location.column}: ", explain_problem(each).title])
                for each in result.problems
            ),
            "; ",
        )
    parts = [result.verdict.value + (f" ({result.reason})" if result.reason else "")]
    if result.explanation:
        parts.append(together(['says "', result.explanation, '"']))
    if result.test.at:
        parts.append("at " + ", ".join(result.paths))
    return together(parts, ", ")

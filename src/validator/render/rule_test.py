"""Results of rule tests in words: what was expected, what came instead, how many pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.test_outcome import expected, got
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.diagnostics.rule_test import TestResult


def tests_text(results: Sequence[TestResult], lang: str) -> str:
    """Return the failures as differences between expected and got, the known gaps, and the counts."""
    if not results:
        return message("cli/test-none", lang) + "\n"
    failed = [result for result in results if result.failed]
    gaps = [result for result in results if result.test.todo]
    passed = sum(result.passed for result in results)
    args = {"total": len(results), "failed": len(failed), "passed": passed}
    parts = [difference(result, lang) for result in failed] + [_gap(result, lang) for result in gaps]
    return "\n".join([*parts, message("cli/test-summary", lang, args)]) + "\n"


def difference(result: TestResult, lang: str) -> str:
    """Return what a case expects and what it got, with its place."""
    test = result.test
    place = {"file": test.location.file, "line": test.location.line, "rule": test.rule.full_id}
    about = test.name or test.why
    lines = [message("cli/test-failed", lang, place) + (f" ({about})" if about else "")]
    lines.append("- " + message("cli/test-expected", lang, {"expected": expected(test)}))
    lines.append("+ " + message("cli/test-got", lang, {"got": in_language(got(result), lang)}))
    return "\n".join(lines) + "\n"


def _gap(result: TestResult, lang: str) -> str:
    test = result.test
    key = "ci/todo-done" if result.passed else "ci/todo-open"
    place = {"file": test.location.file, "line": test.location.line, "rule": test.rule.full_id}
    return message(key, lang, {**place, "todo": test.todo}) + "\n"

"""``validator test [PACK…]``: runs the test cases of packs and shows those that give something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import PackError
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.problems import problems_text
from validator.diagnostics.message import message
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.rule_test import run_rule_tests
from validator.packs.library import find_folder, load_folder, pack_folders
from validator.packs.rule_test import read_rule_tests, read_test_faults

if TYPE_CHECKING:
    from validator.diagnostics.rule_test import TestResult
    from validator.packs.rule_test import RuleTest


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    results: list[TestResult] = []
    broken = False
    for name in options.packs or pack_folders():
        try:
            results.extend(_run_pack(name, options.lang))
        except PackError as error:
            sys.stderr.write(problems_text(error.problems, options.lang))
            broken = True
    if results or not broken:
        sys.stdout.write(tests_text(results, options.lang))
    if broken:
        return UNUSABLE
    return CLEAN if all(result.passed for result in results) else FINDINGS


def _run_pack(name: Any, lang: str) -> tuple[TestResult, ...]:
    folder = find_folder(str(name))
    loaded = load_folder(folder)
    if loaded.pack is None:
        raise PackError((*loaded.problems, *read_test_faults(str(folder))))
    # A pack that can be used may still have something to be told, such as units that differ.
    sys.stderr.write(problems_text(loaded.problems, lang))
    tests = read_rule_tests(loaded.pack)
    if tests.is_broken:
        raise PackError(tests.problems)
    return run_rule_tests(loaded.pack, tests.cases, lang)


def tests_text(results: list[TestResult], lang: str) -> str:
    """Return the failures as differences between expected and got, and how many cases pass."""
    if not results:
        return message("cli/test-none", lang) + "\n"
    failed = [result for result in results if not result.passed]
    args = {"total": len(results), "failed": len(failed), "passed": len(results) - len(failed)}
    parts = [_difference(result, lang) for result in failed]
    return "\n".join([*parts, message("cli/test-summary", lang, args)]) + "\n"


def _difference(result: TestResult, lang: str) -> str:
    test = result.test
    place = {"file": test.location.file, "line": test.location.line, "rule": test.rule.full_id}
    about = test.name or test.why
    lines = [message("cli/test-failed", lang, place) + (f" ({about})" if about else "")]
    lines.append("- " + message("cli/test-expected", lang, {"expected": _expected(test)}))
    lines.append("+ " + message("cli/test-got", lang, {"got": _got(result, lang)}))
    return "\n".join(lines) + "\n"


def _expected(test: RuleTest) -> str:
    parts = [test.expect.value]
    parts += [f'says "{words}"' for words in test.says]
    parts += [f"at {path}" for path in test.at]
    return ", ".join(parts)


def _got(result: TestResult, lang: str) -> str:
    if result.verdict is None:
        return "; ".join(
            f"{problem.location.line}:{problem.location.column}: {explain_problem(problem, lang).title}"
            for problem in result.problems
        )
    parts = [result.verdict.value + (f" ({result.reason})" if result.reason else "")]
    if result.explanation:
        parts.append(f'says "{result.explanation}"')
    if result.test.at:
        parts.append("at " + ", ".join(result.paths))
    return ", ".join(parts)

"""``validator test [PACK…]``: runs the test cases of packs and shows those that give something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import PackError, load_pack
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.problems import problems_text
from validator.diagnostics.rule_test import run_rule_tests
from validator.packs.library import pack_folders
from validator.packs.rule_test import read_rule_tests
from validator.render.rule_test import tests_text

if TYPE_CHECKING:
    from validator.diagnostics.rule_test import TestResult


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
    sys.stdout.write(tests_text(results, options.lang))
    if broken:
        return UNUSABLE
    return FINDINGS if any(result.failed for result in results) else CLEAN


def _run_pack(name: Any, lang: str) -> tuple[TestResult, ...]:
    pack = load_pack(name)
    tests = read_rule_tests(pack)
    if tests.is_broken:
        raise PackError(tests.problems)
    return run_rule_tests(pack, tests.cases, lang)

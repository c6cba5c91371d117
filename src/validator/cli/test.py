"""``validator test [PACK…]``: runs the test cases of packs and shows those that give something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import PackError, load_pack, version
from validator.cli.check import broken_run
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.output import outputs, write_outputs
from validator.cli.problems import problems_text
from validator.diagnostics.rule_test import run_rule_tests
from validator.diagnostics.test_outcome import test_files
from validator.model.diagnostic import RunResult
from validator.packs.library import pack_folders
from validator.packs.rule_test import read_rule_tests
from validator.render.option import Options
from validator.render.renderer import renderer
from validator.render.rule_test import tests_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.cli.output import Output
    from validator.diagnostics.rule_test import TestResult
    from validator.model.diagnostic import FileResult


_FORMATS = ("plain", "json", "sarif", "junit", "github")


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    chosen = outputs(options, _FORMATS, "plain")
    results: list[TestResult] = []
    broken: list[FileResult] = []
    for name in options.packs or pack_folders():
        try:
            results.extend(_run_pack(name, options.lang))
        except PackError as error:
            sys.stderr.write(problems_text(error.problems, options.lang))
            broken.extend(broken_run(error, options.lang).files)
    _write(chosen, results, broken, options.lang)
    if broken:
        return UNUSABLE
    return FINDINGS if any(result.failed for result in results) else CLEAN


def _run_pack(name: Any, lang: str) -> tuple[TestResult, ...]:
    pack = load_pack(name)
    tests = read_rule_tests(pack)
    if tests.is_broken:
        raise PackError(tests.problems)
    return run_rule_tests(pack, tests.cases, lang)


def _write(chosen: Sequence[Output], results: list[TestResult], broken: list[FileResult], lang: str) -> None:
    def text_of(output: Output) -> str:
        if output.format == "plain":
            return tests_text(results, lang)
        told = RunResult(version=version(), files=(*test_files(results, lang), *broken))
        return renderer(output.format)(told, Options(lang=lang))

    write_outputs(chosen, text_of)

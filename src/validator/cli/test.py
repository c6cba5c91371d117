"""``validator test [PACK…]``: runs the test cases of packs and shows those that give something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from validator.api import PackError, version
from validator.cli.check import broken_run
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.output import outputs, write_outputs
from validator.cli.problems import problems_text
from validator.diagnostics.message import message
from validator.diagnostics.rule_test import run_rule_tests
from validator.diagnostics.test_outcome import test_files
from validator.model.diagnostic import RunResult
from validator.packs.library import find_folder, load_folder, pack_folders
from validator.packs.rule_test import read_rule_tests, read_test_faults
from validator.render.option import Options
from validator.render.renderer import renderer
from validator.render.rule_test import tests_text
from validator.render.test_quality import coverage_text, mutation_text, percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.cli.output import Output
    from validator.diagnostics.rule_test import TestResult
    from validator.model.diagnostic import FileResult
    from validator.packs.pack import RulePack
    from validator.packs.rule_test import RuleTest


_FORMATS = ("plain", "json", "sarif", "junit", "github")


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    chosen = outputs(options, _FORMATS, "plain")
    results: list[TestResult] = []
    broken: list[FileResult] = []
    tested: list[tuple[RulePack, tuple[RuleTest, ...]]] = []
    for name in options.packs or pack_folders():
        try:
            pack, cases = _read(name, options.lang)
            tested.append((pack, cases))
            results.extend(run_rule_tests(pack, cases, options.lang))
        except PackError as error:
            sys.stderr.write(problems_text(error.problems, options.lang))
            broken.extend(broken_run(error, options.lang).files)
    _write(chosen, results, broken, options.lang)
    plain = all(each.file or each.format == "plain" for each in chosen)
    reached = _quality(options, tested, sys.stdout if plain else sys.stderr)
    if broken:
        return UNUSABLE
    return CLEAN if reached and not any(result.failed for result in results) else FINDINGS


def _read(name: Any, lang: str) -> tuple[RulePack, tuple[RuleTest, ...]]:
    folder = find_folder(str(name))
    loaded = load_folder(folder)
    if loaded.pack is None:
        raise PackError((*loaded.problems, *read_test_faults(str(folder))))
    # A pack that can be used may still have something to be told, such as units that differ.
    sys.stderr.write(problems_text(loaded.problems, lang))
    tests = read_rule_tests(loaded.pack)
    if tests.is_broken:
        raise PackError(tests.problems)
    return loaded.pack, tests.cases


def _quality(options: Any, tested: list[tuple[RulePack, tuple[RuleTest, ...]]], shown: TextIO) -> bool:
    """Show what the tests reach and notice, as far as asked for; return whether that is the goal."""
    shares: list[tuple[int, int]] = []
    if options.coverage:
        from validator.diagnostics.coverage_test import run_coverage

        found = [each for pack, cases in tested for each in run_coverage(pack, cases)]
        shown.write(coverage_text(found, options.lang))
        total = sum(len(each.branches) for each in found)
        shares.append((total - sum(len(each.missed) for each in found), total))
    if options.mutate:
        from validator.diagnostics.mutation_test import run_mutants

        mutated = [each for pack, cases in tested for each in run_mutants(pack, cases)]
        shown.write(mutation_text(mutated, options.lang))
        shares.append((sum(each.killed for each in mutated), sum(each.total for each in mutated)))
    below = [(part, whole) for part, whole in shares if part * 100 < options.goal * whole]
    for part, whole in below:
        args = {"share": percentage(part, whole), "goal": options.goal}
        sys.stderr.write(message("ci/below-goal", options.lang, args) + "\n")
    return not below


def _write(chosen: Sequence[Output], results: list[TestResult], broken: list[FileResult], lang: str) -> None:
    def text_of(output: Output) -> str:
        if output.format == "plain":
            return tests_text(results, lang) if results or not broken else ""
        told = RunResult(version=version(), files=(*test_files(results, lang), *broken))
        return renderer(output.format)(told, Options(lang=lang))

    write_outputs(chosen, text_of)

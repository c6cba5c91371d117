"""``validator test [PACK…]``: runs the test cases of packs and shows those that give something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from validator.api import PackError, version
from validator.cli.check import broken_run
from validator.cli.main import CLEAN, FINDINGS, UNUSABLE
from validator.cli.output import outputs, write_outputs
from validator.cli.problems import problems_text
from validator.diagnostics.problem import explain_problem
from validator.diagnostics.rule_test import run_rule_tests
from validator.diagnostics.test_outcome import test_files
from validator.model.diagnostic import FileResult, RunResult
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record
from validator.packs.files import PACK_FILE
from validator.packs.library import find_folder, load_folder, pack_folders
from validator.packs.rule_test import read_rule_tests, read_test_faults
from validator.render.option import Options
from validator.render.renderer import renderer
from validator.render.rule_test import tests_text
from validator.render.test_quality import coverage_text, mutation_text, percentage
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.diagnostics.rule_test import TestResult
    from validator.packs.pack import RulePack
    from validator.packs.rule_test import RuleTest


_FORMATS = ("plain", "json", "jsonl", "sarif", "junit", "github")


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
            results.extend(run_rule_tests(pack, cases))
        except PackError as error:
            sys.stderr.write(problems_text(error.problems, options.lang))
            broken.extend(broken_run(error, options.lang).files)
    found = _quality(options, tested)
    code = _exit_code(results, broken, missed=found.missed)
    files = (*test_files(results), *broken, *_missed(found))
    run = in_language(RunResult(version=version(), files=files, exit_code=code), options.lang)
    words = tests_text(results, options.lang) if results or not broken else ""
    layout = Options(lang=options.lang)
    write_outputs(chosen, lambda to: words if to.format == "plain" else renderer(to.format)(run, layout))
    plain = all(each.file or each.format == "plain" for each in chosen)
    (sys.stdout if plain else sys.stderr).write(found.text)
    for missed in found.missed:
        sys.stderr.write(message(missed.code, options.lang, missed.args) + "\n")
    return code


def _exit_code(results: list[TestResult], broken: list[FileResult], *, missed: tuple[Problem, ...]) -> int:
    """Return 2 for a broken pack and where nothing was tested, 1 for a case that gives something else."""
    if broken or not results:
        return UNUSABLE
    return FINDINGS if missed or any(result.failed for result in results) else CLEAN


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


@record
class _Quality:
    """What the tests reach and notice, in words; ``missed`` tells of goals that were not reached."""

    text: str = ""
    missed: tuple[Problem, ...] = ()


def _quality(options: Any, tested: list[tuple[RulePack, tuple[RuleTest, ...]]]) -> _Quality:
    """Return what the tests reach and notice, as far as asked for."""
    shares: list[tuple[int, int]] = []
    text = ""
    if options.coverage:
        from validator.diagnostics.rule_test import run_coverage

        found = [each for pack, cases in tested for each in run_coverage(pack, cases)]
        text += coverage_text(found, options.lang)
        total = sum(len(each.branches) for each in found)
        shares.append((total - sum(len(each.missed) for each in found), total))
    if options.mutate:
        from validator.diagnostics.mutation_test import run_mutants

        mutated = [each for pack, cases in tested for each in run_mutants(pack, cases)]
        text += mutation_text(mutated, options.lang)
        shares.append((sum(each.killed for each in mutated), sum(each.total for each in mutated)))
    below = [(part, whole) for part, whole in shares if part * 100 < options.goal * whole]
    place = Location(file=f"{tested[0][0].folder}/{PACK_FILE}") if tested else Location()
    missed = tuple(
        Problem(
            code="ci/below-goal",
            location=place,
            args={"share": percentage(part, whole), "goal": options.goal},
        )
        for part, whole in below
    )
    return _Quality(text=text, missed=missed)


def _missed(found: _Quality) -> tuple[FileResult, ...]:
    """Return the goals that were not reached as findings on the first of the packs."""
    told = tuple(explain_problem(each) for each in found.missed)
    return tuple(FileResult(path=each.location.file, diagnostics=told) for each in told[:1])

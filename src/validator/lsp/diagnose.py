"""The files of a pack → the faults of each, as loading the pack and reading its tests finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.files import PACK_FILE
from validator.packs.load import compile_pack
from validator.packs.rule_test import test_faults, tests_in

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.problem import Problem
    from validator.packs.pack import PackFile


def faults_by_file(
    folder: Path, files: tuple[PackFile, ...], unreadable: tuple[Problem, ...] = ()
) -> dict[str, tuple[Problem, ...]]:
    """Return the faults of each of *files* by its path, nothing for a file without faults."""
    found: dict[str, tuple[Problem, ...]] = {file.path: () for file in files}
    for problem in (*unreadable, *_faults(folder, files)):
        path = problem.location.file
        found[path] = (*found.get(path, ()), problem)
    return found


def _faults(folder: Path, files: tuple[PackFile, ...]) -> tuple[Problem, ...]:
    if not any(file.name == PACK_FILE for file in files):
        return ()
    result = compile_pack(files, str(folder))
    # Of a pack with faults not every rule is known: a test may name one that is.
    tests = test_faults(files) if result.pack is None else tests_in(files, result.pack).problems
    return (*result.problems, *tests)

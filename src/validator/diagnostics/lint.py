"""What lints found → a run result, as reports have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.diagnostic import FileResult, RunResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import Diagnostic
    from validator.model.problem import Problem


def lint_run(problems: Iterable[Problem], *, rules: int, version: str) -> RunResult:
    """Return *problems* of packs as findings on their files."""
    files: dict[str, list[Diagnostic]] = {}
    for problem in problems:
        files.setdefault(problem.location.file, []).append(explain_problem(problem))
    return RunResult(
        version=version,
        files=tuple(FileResult(path=path, diagnostics=tuple(found)) for path, found in sorted(files.items())),
        rules_loaded=rules,
    )

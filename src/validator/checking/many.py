"""Many files at once: in order, each once, documents on all cores, results as they come."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.file import check_file, is_something_else, unjudged
from validator.checking.folder import report_files
from validator.checking.outcome import Outcome, run_result
from validator.model.location import Location
from validator.model.problem import Problem
from validator.readers.kind import is_document

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from validator.checking.choice import Choice
    from validator.model.diagnostic import Diagnostic, FileResult, RunResult

    Progress = Callable[[int, int], None]

STDIN = "<stdin>"
_ENOUGH_DOCUMENTS = 6
_ENOUGH_FILES = 400
_BATCH = 4


def check_all(
    sources: Sequence[str | Path | bytes], choice: Choice, progress: Progress | None = None
) -> RunResult:
    """Check files, folders and bytes; *progress* is told how many of how many files are done."""
    seen: set[str] = set()
    outcomes: list[Outcome] = []
    waiting: list[Path] = []
    folders: list[_Folder] = []
    for source in sources:
        if isinstance(source, bytes):
            if STDIN not in seen:
                outcomes.append(check_file(source, STDIN, choice))
            seen.add(STDIN)
        elif os.path.isdir(source):  # noqa: PTH112 - a name too long is no folder, and no exception
            folders.append(_Folder(Path(source), seen))
            waiting += folders[-1].fresh
        elif _is_new(source, seen):
            waiting.append(Path(source))
    found = dict(zip(waiting, _outcomes(waiting, choice, progress), strict=True))
    passed_over: list[str] = []
    for folder in folders:
        passed_over += folder.drop_what_is_no_report(found)
        outcomes += [Outcome(result=each) for each in folder.faults(found, choice.lang)]
    return run_result((*outcomes, *found.values()), tuple(passed_over), _notes(choice))


def _notes(choice: Choice) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the archive of a run."""
    if not choice.archive:
        return ()
    from validator.checking.joined import archive_problems
    from validator.diagnostics.problem import explain_problem

    found = archive_problems(choice.archive, choice.packs)
    return tuple(explain_problem(each, choice.lang) for each in found if choice.wants_finding(each.code))


class _Folder:
    """A folder of a run: the files in it that were not named before."""

    def __init__(self, path: Path, seen: set[str]) -> None:
        self.path = path
        paths, self.problems = report_files(path)
        self.fresh = [each for each in paths if _is_new(each, seen)]
        self.is_whole = len(self.fresh) == len(paths)

    def drop_what_is_no_report(self, found: dict[Path, Outcome]) -> list[str]:
        """Take out what has nothing of a report: a folder may hold other YAML too."""
        others = [path for path in self.fresh if is_something_else(found[path].result)]
        for path in others:
            del found[path]
        return [str(path) for path in others]

    def faults(self, found: dict[Path, Outcome], lang: str) -> Iterator[FileResult]:
        """Yield what is told about folders that cannot be opened or hold no report."""
        problems = self.problems
        if self.is_whole and not problems and not any(path in found for path in self.fresh):
            name = str(self.path)
            place = Location(file=name)
            problems = (Problem(code="cli/no-reports", location=place, args={"path": name}),)
        for problem in problems:
            yield unjudged(problem.location.file, (problem,), lang)


def _is_new(path: str | Path, seen: set[str]) -> bool:
    """Whether a file is named for the first time in a run; one file is one report."""
    name = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links
    if name in seen:
        return False
    seen.add(name)
    return True


def _outcomes(paths: list[Path], choice: Choice, progress: Progress | None) -> list[Outcome]:
    """Check each path, on several processes where that pays."""
    documents = sum(is_document(path) for path in paths) if len(paths) >= _ENOUGH_DOCUMENTS else 0
    workers = min(os.cpu_count() or 1, len(paths))
    if workers > 1 and (documents >= _ENOUGH_DOCUMENTS or len(paths) >= _ENOUGH_FILES):
        outcomes = _on_all_cores(paths, choice, workers)
    else:
        outcomes = (check_file(path, str(path), choice) for path in paths)
    done: list[Outcome] = []
    with closing(outcomes):
        for outcome in outcomes:
            done.append(outcome)
            if progress is not None:
                progress(len(done), len(paths))
    return done


def _on_all_cores(paths: list[Path], choice: Choice, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcomes in order; a file that ends the program which reads it is told, as others are."""
    from validator.checking.spread import Crew

    with Crew(_checker, (choice,), workers) as crew:
        yield from crew.spread(paths, partial(_lost, choice=choice), batch=_BATCH)


def _checker(choice: Choice) -> Callable[[Path], Outcome]:
    return lambda path: check_file(path, str(path), choice)


def _lost(path: Path, choice: Choice) -> Outcome:
    return Outcome(result=unjudged(str(path), (crashed(str(path)),), choice.lang))


def crashed(name: str) -> Problem:
    """Return what is told of a file on which the program that worked on it came to a sudden end."""
    return Problem(code="read/crashed", location=Location(file=name), args={"path": name})

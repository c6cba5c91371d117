"""Many files at once: in order, each once, documents on all cores, results as they come."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.appendix import pairs
from validator.checking.file import check_file, check_sent, is_something_else, unjudged
from validator.checking.gathering import gathering
from validator.checking.outcome import Outcome, run_result
from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.readers.kind import is_document

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from validator.checking.choice import Choice
    from validator.checking.gathering import Gathered, Sent
    from validator.checking.worker import Loss
    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.model.limits import Limits

    Progress = Callable[[int, int], None]
    Source = str | Path | bytes | tuple[str, bytes]
    """A file, a folder, or bytes, which may come with a name: ``("xa-an-lac.docx", data)``."""

STDIN = "<stdin>"
_ENOUGH_DOCUMENTS = 6
_ENOUGH_FILES = 400
_BATCH = 4
_LONGEST_SHOWN = 60


def check_all(sources: Sequence[Source], choice: Choice, progress: Progress | None = None) -> RunResult:
    """Check files, folders and bytes; *progress* is told how many of how many files are done.

    Bytes without a name are called ``<bytes 1>``, ``<bytes 2>`` and so on. Raises `ValidatorError` for
    what is none of these.
    """
    streams, paths = _parted(sources)
    with gathering(paths) as gathered:
        files = gathered.files
        every = _with_appendices(tuple(zip(files, _outcomes(files, choice, progress), strict=True)), choice)
    others = [sent.name for sent, told in every if _is_nothing(sent, told)]
    found = [(sent, told) for sent, told in every if not _is_nothing(sent, told)]
    outcomes = [_bytes(data, name, choice) for name, data in streams]
    faults = _faults(gathered, (sent for sent, _ in found), choice.lang)
    outcomes += (Outcome(result=each) for each in faults)
    outcomes += (told for _, told in found)
    return run_result(outcomes, (*gathered.left, *others), _notes(choice))


def _with_appendices(
    every: tuple[tuple[Sent, Outcome], ...], choice: Choice
) -> tuple[tuple[Sent, Outcome], ...]:
    """Return the files with narratives and their appendices checked as the one report that they are."""
    found = pairs([told.file for _, told in every if told.file is not None])
    if not found:
        return every
    by_name = {sent.name: sent for sent, _ in every}
    whole = {
        narrative.path: evolve(by_name[narrative.path], beside=(by_name[appendix.path],))
        for narrative, appendix in found
    }
    told = dict(zip(whole, _outcomes(tuple(whole.values()), choice, None), strict=True))
    taken = {appendix.path for _, appendix in found}
    return tuple((sent, told.get(sent.name, one)) for sent, one in every if sent.name not in taken)


def _is_nothing(sent: Sent, told: Outcome) -> bool:
    """Whether a file that nobody named has nothing of a report: a folder may hold other YAML too."""
    return bool(sent.folder or sent.packet) and is_something_else(told.result)


def _faults(gathered: Gathered, found: Iterable[Sent], lang: str) -> Iterator[FileResult]:
    """Yield what is told of folders that cannot be opened, and of those that hold no report."""
    problems = list(gathered.problems)
    with_reports = {each for sent in found for each in (sent.folder, sent.packet)}
    for name in gathered.whole:
        if name not in with_reports:
            place = Location(file=name)
            problems.append(Problem(code="cli/no-reports", location=place, args={"path": name}))
    for problem in problems:
        yield unjudged(problem.location.file, (problem,), lang)


def _parted(sources: Iterable[Source]) -> tuple[list[tuple[str, bytes]], list[str | Path]]:
    """Return the bytes, each with its name, and the paths."""
    streams: list[tuple[str, bytes]] = []
    paths: list[str | Path] = []
    count = 0
    for source in sources:
        match source:
            case bytes() | bytearray() | memoryview():
                count += 1
                streams.append((f"<bytes {count}>", bytes(source)))
            case (str() as name, bytes() | bytearray() | memoryview() as data):
                streams.append((name, bytes(data)))
            case str() | Path():
                paths.append(source)
            case _:
                args = {"value": repr(source)[:_LONGEST_SHOWN], "kind": type(source).__name__}
                raise ValidatorError(Problem(code="read/no-source", location=Location(), args=args))
    return streams, paths


def _notes(choice: Choice) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the archive of a run."""
    if not choice.archive:
        return ()
    from validator.checking.joined import archive_problems
    from validator.diagnostics.problem import explain_problem

    found = archive_problems(choice.archive, choice.packs)
    return tuple(explain_problem(each, choice.lang) for each in found if choice.wants_finding(each.code))


def _outcomes(files: Sequence[Sent], choice: Choice, progress: Progress | None) -> list[Outcome]:
    """Check each file, on several processes where that pays."""
    documents = sum(is_document(each.source) for each in files) if len(files) >= _ENOUGH_DOCUMENTS else 0
    workers = min(os.cpu_count() or 1, len(files))
    if workers > 1 and (documents >= _ENOUGH_DOCUMENTS or len(files) >= _ENOUGH_FILES):
        outcomes = _on_all_cores(files, choice, workers)
    else:
        outcomes = (_sent(each, choice) for each in files)
    done: list[Outcome] = []
    with closing(outcomes):
        for outcome in outcomes:
            done.append(outcome)
            if progress is not None:
                progress(len(done), len(files))
    return done


def _sent(sent: Sent, choice: Choice) -> Outcome:
    """Check a file that was handed in by itself; a document behind a wall, with all that judging costs."""
    if sent.problem is not None or not is_document(sent.source):
        return check_sent(sent, choice)
    from validator.checking.wall import behind_wall, file_cost

    cost = file_cost(sent.source, choice.given)
    lost = partial(_given_up, sent.name, cost, choice)
    return behind_wall(check_sent, (sent, choice), cost, lost)


def _bytes(data: bytes, name: str, choice: Choice) -> Outcome:
    """Check bytes called *name*; a document behind a wall."""
    if not is_document(data, name):
        return check_file(data, name, choice)
    from validator.checking.wall import behind_wall, file_cost

    cost = file_cost(data, choice.given)
    return behind_wall(check_file, (data, name, choice), cost, partial(_given_up, name, cost, choice))


def _on_all_cores(files: Sequence[Sent], choice: Choice, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcomes in order; a file that ends the program which reads it is told, as others are."""
    from validator.checking.spread import Crew
    from validator.checking.wall import file_cost

    def seconds(sent: Sent) -> int:
        return file_cost(sent.source, choice.given).seconds

    limits = choice.given.limits or limits_of()
    with Crew(_checker, (choice,), workers, limits) as crew:
        yield from crew.spread(files, partial(_lost, choice=choice), batch=_BATCH, seconds=seconds)


def _checker(choice: Choice) -> Callable[[Sent], Outcome]:
    return lambda sent: check_sent(sent, choice)


def _lost(sent: Sent, loss: Loss, choice: Choice) -> Outcome:
    from validator.checking.wall import file_cost

    return _given_up(sent.name, file_cost(sent.source, choice.given), choice, loss)


def _given_up(name: str, cost: Limits, choice: Choice, loss: Loss) -> Outcome:
    from validator.checking.wall import loss_problem

    return Outcome(result=unjudged(name, (loss_problem(loss, name, cost),), choice.lang))

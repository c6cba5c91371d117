"""Many files at once: in order, each once, documents on all cores, results as they come."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking.file import check_sent, is_something_else, unjudged
from validator.checking.outcome import Outcome, Tally
from validator.diagnostics.problem import explain_problem
from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.model.verdict import Verdict
from validator.readers.kind import is_document
from validator.submissions.gathering import Sent, gathering

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.model.limits import Limits
    from validator.submissions.choice import Choice
    from validator.submissions.entry import Entry
    from validator.submissions.gathering import Gathered
    from validator.submissions.worker import Loss

    Progress = Callable[[int, int], None]
    Source = str | Path | bytes | tuple[str, bytes]
    """A file, a folder, or bytes, which may come with a name: ``("xa-an-lac.docx", data)``."""

STDIN = "<stdin>"
_ENOUGH_DOCUMENTS = 6
_ENOUGH_FILES = 400
_BATCH = 4
_LONGEST_SHOWN = 60


def check_all(
    sources: Sequence[Source],
    choice: Choice,
    progress: Progress | None = None,
    told: Callable[[FileResult], None] | None = None,
) -> RunResult:
    """Check files, folders and bytes; *progress* is told how many of how many files are done.

    *told* is given each file as it is judged, in the order of names and folders last; the result then
    holds outlines only. Bytes without a name are called ``<bytes 1>``, ``<bytes 2>`` and so on. Raises
    `ValidatorError` for what is no source.
    """
    streams, paths = _parted(sources)
    tally = Tally(_notes(choice), told)
    alone = (_sent(each, choice) for each in sorted(streams, key=lambda each: each.name))
    with gathering(paths, units=choice.units) as gathered:
        seen = _Seen()
        with closing(_found(gathered, choice, progress, seen)) as found:
            for outcome in merge(alone, found, key=lambda each: each.result.path):
                tally.add(outcome)
        for fault in _faults(gathered, seen.places):
            tally.add(Outcome(result=fault))
    return tally.result((*gathered.left, *seen.others))


class _Seen:
    """What is known of a run at its end: where reports were found, and the files that are none."""

    def __init__(self) -> None:
        self.places: set[str] = set()
        self.others: list[str] = []


def _found(
    gathered: Gathered, choice: Choice, progress: Progress | None, seen: _Seen
) -> Generator[Outcome, None, None]:
    """Yield what is told of each file that has something of a report, in the order of their names."""
    files = sorted(gathered.files, key=lambda each: each.name)
    for sent, outcome in _judged(files, choice, progress):
        if _is_nothing(sent, outcome):
            seen.others.append(sent.name)
        else:
            # A zip in which there is nothing is told itself.
            seen.places |= {sent.name, sent.folder, sent.packet}
            yield outcome


def _judged(
    files: Sequence[Sent], choice: Choice, progress: Progress | None
) -> Generator[tuple[Sent, Outcome], None, None]:
    """Yield each file with what is told of it.

    A narrative and its appendix are one report: of documents, all must be known before the first is told.
    """
    with closing(_outcomes(files, choice, progress)) as outcomes:
        if len(files) == 1 or not any(is_document(each.source) for each in files):
            yield from zip(files, outcomes, strict=True)
            return
        from validator.checking.put_by import PutBy

        put_by = PutBy()
        pieces = []
        for outcome in outcomes:
            put_by.add(outcome)
            pieces += [outcome.entry] if outcome.entry is not None else []
    yield from _with_appendices(files, put_by, pieces, choice)


def _with_appendices(
    files: Sequence[Sent], told: Iterable[Outcome], pieces: Sequence[Entry], choice: Choice
) -> Iterator[tuple[Sent, Outcome]]:
    """Yield the files with narratives and their appendices checked as the one report that they are."""
    from validator.checking.put_by import PutBy
    from validator.submissions.appendix import pairs

    appendices = {narrative.path: appendix.path for narrative, appendix in pairs(pieces)}
    by_name = {sent.name: sent for sent in files}
    joined = [
        evolve(sent, beside=(by_name[appendices[sent.name]],)) for sent in files if sent.name in appendices
    ]
    whole, taken = PutBy(), set()
    apart: dict[str, str] = {}
    with closing(_outcomes(joined, choice, None)) as again:
        for sent, outcome in zip(joined, again, strict=True):
            appendix = appendices[sent.name]
            if appendix in outcome.result.parts:
                whole.add(outcome)
                taken.add(appendix)
            else:
                apart[sent.name] = next((each.title for each in outcome.result.diagnostics), "")
    together = iter(whole)
    for sent, outcome in zip(files, told, strict=True):
        if sent.name in apart:
            yield sent, _not_joined(outcome, appendices[sent.name], apart[sent.name])
        elif sent.name in appendices:
            yield sent, next(together)
        elif sent.name not in taken:
            yield sent, outcome


def _not_joined(outcome: Outcome, appendix: str, detail: str) -> Outcome:
    """Return what was told of a narrative by itself, and that it was not checked with its appendix."""
    place = Location(file=outcome.result.path)
    args = {"other": appendix, "detail": detail}
    problem = Problem(code="read/appendix-not-joined", location=place, args=args)
    found = explain_problem(problem, verdict=Verdict.ERROR)
    return evolve(outcome, result=evolve(outcome.result, diagnostics=(*outcome.result.diagnostics, found)))


def _is_nothing(sent: Sent, told: Outcome) -> bool:
    """Whether a file that nobody named has nothing of a report: a folder may hold other YAML too."""
    return not sent.was_named and is_something_else(told.result)


def _faults(gathered: Gathered, with_reports: set[str]) -> Iterator[FileResult]:
    """Yield what is told of folders that cannot be opened, and of those that hold no report."""
    problems = list(gathered.problems)
    for name in gathered.whole:
        if name not in with_reports:
            place = Location(file=name)
            problems.append(Problem(code="cli/no-reports", location=place, args={"path": name}))
    for problem in problems:
        yield unjudged(problem.location.file, (problem,))


def _parted(sources: Iterable[Source]) -> tuple[list[Sent], list[str | Path]]:
    """Return the bytes, each with its name, and the paths."""
    streams: list[Sent] = []
    paths: list[str | Path] = []
    count = 0
    for source in sources:
        match source:
            case bytes() | bytearray() | memoryview():
                count += 1
                streams.append(_of_bytes(f"<bytes {count}>", source))
            case (str() as name, bytes() | bytearray() | memoryview() as data):
                streams.append(_of_bytes(name, data))
            case str() | Path():
                paths.append(source)
            case _:
                args = {"value": repr(source)[:_LONGEST_SHOWN], "kind": type(source).__name__}
                raise ValidatorError(Problem(code="read/no-source", location=Location(), args=args))
    return streams, paths


def _of_bytes(name: str, data: bytes | bytearray | memoryview) -> Sent:
    return Sent(name=name, source=Path(name), data=bytes(data))


def _notes(choice: Choice) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the archive of a run."""
    if not choice.archive:
        return ()
    from validator.checking.joined import archive_problems

    found = archive_problems(choice.archive, choice.packs)
    return tuple(explain_problem(each) for each in found if choice.wants_finding(each.code))


def _outcomes(
    files: Sequence[Sent], choice: Choice, progress: Progress | None
) -> Generator[Outcome, None, None]:
    """Check each file, on several processes where that pays."""
    documents = sum(is_document(each.source) for each in files) if len(files) >= _ENOUGH_DOCUMENTS else 0
    workers = min(os.cpu_count() or 1, len(files))
    if workers > 1 and (documents >= _ENOUGH_DOCUMENTS or len(files) >= _ENOUGH_FILES):
        outcomes = _on_all_cores(files, choice, workers)
    else:
        outcomes = (_sent(each, choice) for each in files)
    with closing(outcomes):
        for done, outcome in enumerate(outcomes, start=1):
            if progress is not None:
                progress(done, len(files))
            yield outcome


def _sent(sent: Sent, choice: Choice) -> Outcome:
    """Check a file that was handed in by itself; a document behind a wall, with all that judging costs."""
    if sent.problem is not None or not is_document(sent.content, sent.name):
        return check_sent(sent, choice)
    from validator.submissions.wall import behind_wall, sent_cost

    cost = sent_cost(sent, choice.given)
    lost = partial(_given_up, sent.name, cost)
    return behind_wall(check_sent, (sent, choice), cost, lost)


def _on_all_cores(files: Sequence[Sent], choice: Choice, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcomes in order; a file that ends the program which reads it is told, as others are."""
    from validator.submissions.spread import Crew
    from validator.submissions.wall import sent_cost

    def seconds(sent: Sent) -> int:
        return sent_cost(sent, choice.given).seconds

    limits = choice.given.limits or limits_of()
    with Crew(_checker, (choice,), workers, limits) as crew:
        yield from crew.spread(files, partial(_lost, choice=choice), batch=_BATCH, seconds=seconds)


def _checker(choice: Choice) -> Callable[[Sent], Outcome]:
    return lambda sent: check_sent(sent, choice)


def _lost(sent: Sent, loss: Loss, choice: Choice) -> Outcome:
    from validator.submissions.wall import sent_cost

    return _given_up(sent.name, sent_cost(sent, choice.given), loss)


def _given_up(name: str, cost: Limits, loss: Loss) -> Outcome:
    from validator.submissions.wall import loss_problem

    return Outcome(result=unjudged(name, (loss_problem(loss, name, cost),)))

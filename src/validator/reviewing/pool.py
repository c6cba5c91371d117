"""The work of a review on all cores: files are taken in, then rows are judged, results as they come."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from validator.checking.file import unjudged
from validator.model.figure import UnitFigures, packed
from validator.model.limits import limits_of
from validator.model.record import evolve
from validator.model.review import Tally, UnitDetail
from validator.readers.kind import is_document
from validator.reviewing.intake import Intake
from validator.reviewing.judging import Judged, Judging
from validator.reviewing.shelf import NoRoomError, Shelf, no_room
from validator.submissions.wall import loss_problem, sent_cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from validator.model.diagnostic import FileResult
    from validator.reviewing.assignment import Assignment
    from validator.reviewing.intake import Desk
    from validator.submissions.entry import Entry
    from validator.submissions.gathering import Sent
    from validator.submissions.spread import Crew
    from validator.submissions.worker import Loss

_ENOUGH_DOCUMENTS = 6
_ENOUGH_FILES = 60
_BATCH, _BATCH_OF_QUICK_FILES = 4, 16


class Work:
    """Takes files in and judges rows in this process."""

    def __init__(self, desk: Desk) -> None:
        self._intake, self._judging = Intake(desk), Judging(desk)

    def take(self, files: Iterable[tuple[int, Sent]]) -> Iterator[Entry]:
        """Yield the entries of numbered files in their order."""
        return (self._intake.take(sent, number) for number, sent in files)

    def join(self, key: str, appendix: str) -> None:
        """Put the figures of an appendix into the report that it belongs to."""
        self._judging.join(key, appendix)

    def judge(self, tasks: Iterable[Assignment]) -> Iterator[Judged]:
        """Yield what is told of each row in their order."""
        return map(self._judging.judge, tasks)


class _SpreadWork(Work):
    """The same on several processes; a file that ends the one which works on it is told of."""

    def __init__(self, desk: Desk, crew: Crew, batch: int) -> None:
        super().__init__(desk)
        self._desk, self._crew, self._batch = desk, crew, batch
        self._paths: dict[str, str] = {}

    def take(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, files: Iterable[tuple[int, Sent]]
    ) -> Iterator[Entry]:
        spread = self._crew.spread(files, self._not_taken, batch=self._batch, seconds=self._seconds)
        for entry in spread:
            if entry.key:
                self._paths[entry.key] = entry.path
            yield entry

    def judge(self, tasks: Iterable[Assignment]) -> Iterator[Judged]:  # type: ignore[explicit-override]
        return self._crew.spread(tasks, self._not_judged, batch=self._batch, seconds=self._judging_seconds)

    def _judging_seconds(self, task: Assignment) -> int:
        """Return how long a row may take: as a file, and a second more for each report it is held against."""
        return self._crew.limits.seconds + len(task.joined)

    def _seconds(self, task: tuple[int, Sent]) -> int:
        return sent_cost(task[1], self._desk.choice.given).seconds

    def _not_taken(self, task: tuple[int, Sent], loss: Loss) -> Entry:
        sent = task[1]
        cost = sent_cost(sent, self._desk.choice.given)
        problem = loss_problem(loss, sent.name, cost)
        return self._intake.unread(unjudged(sent.name, (problem,)))

    def _not_judged(self, task: Assignment, loss: Loss) -> Judged:
        told = self._told(task, loss)
        Shelf(Path(self._desk.shelf)).put(f"detail-{task.key}", UnitDetail(result=told))
        Shelf(Path(self._desk.shelf)).put(f"figures-{task.key}", packed(UnitFigures()))
        return Judged(key=task.key, tallies={each.topic: Tally(errors=1) for each in told.diagnostics})

    def _told(self, task: Assignment, loss: Loss) -> FileResult:
        name = self._paths[task.key]
        cost = evolve(self._crew.limits, seconds=self._judging_seconds(task))
        return unjudged(name, (loss_problem(loss, name, cost),))


@contextmanager
def working(desk: Desk, files: Sequence[Sent]) -> Iterator[Work]:
    """Give what does the work: several processes where that pays.

    If it fails, the shelf is cleared. Raises `ValidatorError` if there is no room on it.
    """
    try:
        with _working(desk, files) as work:
            yield work
    except BaseException as fault:
        rmtree(desk.shelf, ignore_errors=True)
        if isinstance(fault, NoRoomError):
            raise no_room(Path(desk.shelf).parent, fault) from fault
        raise


@contextmanager
def _working(desk: Desk, files: Sequence[Sent]) -> Iterator[Work]:
    workers = min(os.cpu_count() or 1, len(files))
    documents = sum(is_document(each.source) for each in files[: 4 * _ENOUGH_FILES])
    if workers < 2 or (documents < _ENOUGH_DOCUMENTS and len(files) < _ENOUGH_FILES):
        yield Work(desk)
        return
    from validator.submissions.spread import Crew

    batch = _BATCH if documents >= _ENOUGH_DOCUMENTS else _BATCH_OF_QUICK_FILES
    limits = desk.choice.given.limits or limits_of()
    with Crew(_worker, (desk,), workers, limits) as crew:
        yield _SpreadWork(desk, crew, batch)


def _worker(desk: Desk) -> Callable[[tuple[int, Sent] | Assignment], Entry | Judged]:
    """Return what a process does with a file, or with a row."""
    work = Work(desk)

    def do(task: tuple[int, Sent] | Assignment) -> Entry | Judged:
        if isinstance(task, tuple):
            return next(work.take([task]))
        return next(work.judge([task]))

    return do

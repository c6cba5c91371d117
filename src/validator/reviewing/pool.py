"""The work of a review on all cores: files are taken in, then rows are judged, results as they come."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from validator.readers.kind import is_document
from validator.reviewing.intake import Intake
from validator.reviewing.judging import Judging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from validator.reviewing.assignment import Assignment
    from validator.reviewing.entry import Entry
    from validator.reviewing.intake import Desk
    from validator.reviewing.judging import Judged

_ENOUGH_DOCUMENTS = 6
_ENOUGH_FILES = 60
_CHUNK, _CHUNK_OF_QUICK_FILES = 4, 16
_PACE = (100_000, 50, 50)
"""How often a process looks for cycles, of which reading and judging make few (see `gc.set_threshold`)."""


class Work:
    """Takes files in and judges rows in this process."""

    def __init__(self, desk: Desk) -> None:
        self._intake, self._judging = Intake(desk), Judging(desk)

    def take(self, files: Iterable[tuple[int, Path]]) -> Iterator[Entry]:
        """Yield the entries of numbered files in their order."""
        return (self._intake.take(path, number) for number, path in files)

    def join(self, key: str, appendix: str) -> None:
        """Put the figures of an appendix into the report that it belongs to."""
        self._judging.join(key, appendix)

    def judge(self, tasks: Iterable[Assignment]) -> Iterator[Judged]:
        """Yield what is told of each row in their order."""
        return map(self._judging.judge, tasks)


class _PooledWork(Work):
    """The same on several processes."""

    def __init__(self, desk: Desk, imap: Callable[..., Iterator[Any]], chunk: int) -> None:
        super().__init__(desk)
        self._imap, self._chunk = imap, chunk

    def take(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, files: Iterable[tuple[int, Path]]
    ) -> Iterator[Entry]:
        return self._imap(_take, files, chunksize=self._chunk)

    def judge(self, tasks: Iterable[Assignment]) -> Iterator[Judged]:  # type: ignore[explicit-override]
        return self._imap(_judge, tasks, chunksize=self._chunk)


@contextmanager
def working(desk: Desk, paths: list[Path]) -> Iterator[Work]:
    """Give what does the work: several processes where that pays. They are replaced now and then."""
    workers = min(os.cpu_count() or 1, len(paths))
    documents = sum(is_document(path) for path in paths[: 4 * _ENOUGH_FILES])
    if workers < 2 or (documents < _ENOUGH_DOCUMENTS and len(paths) < _ENOUGH_FILES):
        yield Work(desk)
        return
    from multiprocessing import get_context

    pool = get_context("spawn").Pool(workers, initializer=_begin, initargs=(desk,), maxtasksperchild=50)
    with pool:
        chunk = _CHUNK if documents >= _ENOUGH_DOCUMENTS else _CHUNK_OF_QUICK_FILES
        yield _PooledWork(desk, pool.imap, chunk)


_WORK: list[Work] = []


def _begin(desk: Desk) -> None:
    """Keep what a process of the pool works with; it works for one review only."""
    gc.set_threshold(*_PACE)
    _WORK[:] = [Work(desk)]


def _take(task: tuple[int, Path]) -> Entry:
    return next(_WORK[0].take([task]))


def _judge(task: Assignment) -> Judged:
    return next(_WORK[0].judge([task]))

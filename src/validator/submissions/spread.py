"""Tasks spread over processes, results in their order; a task that ends its process stops no other."""

from __future__ import annotations

from collections import deque
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Self, TypeVar

from validator.model.limits import Limits
from validator.submissions.worker import CANNOT_START, Loss, Raised, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    T = TypeVar("T")
    R = TypeVar("R")

_MOST_PROCESSES = 60
"""Windows can wait for no more."""
_MOST_BATCHES = 50
"""How many batches a process works on before it is replaced, so that memory stays flat."""
_AHEAD = 16
"""How many batches for each process may be under way before the first of them is done."""


class Crew:
    """Processes that work on tasks; they end with the ``with`` block, and when this process does.

    Each makes its work once by ``begin(*args)``; that function and all that is handed over can be
    pickled. Where no process can be had – some systems forbid it – the work is done in this one,
    without limits.
    """

    def __init__(
        self,
        begin: Callable[..., Callable[[Any], Any]],
        args: tuple[Any, ...],
        count: int,
        limits: Limits | None = None,
    ) -> None:
        self._begin, self._args, self._count = begin, args, min(count, _MOST_PROCESSES)
        self.limits = limits or Limits()
        self._workers: list[Worker] = []
        self._is_alone = False
        self._own: Callable[[Any], Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end() if kind is None else worker.stop()

    def spread(
        self,
        tasks: Iterable[T],
        lost: Callable[[T, Loss], R],
        *,
        batch: int,
        seconds: Callable[[T], int] | None = None,
    ) -> Iterator[R]:
        """Yield the result of each task in order; *batch* tasks are handed over at once.

        *lost* gives the result of a task that took too much time or memory, or has ended its process
        twice. *seconds* is how long a task may take, if not as long as all, both tries together. What a
        task raises is raised here.
        """
        queue: _Queue = _Queue(tasks, batch, _AHEAD * self._count * batch)
        while True:
            self._hand_out(queue, seconds)
            if queue.next in queue.done:
                yield queue.pop()
            elif any(worker.tasks for worker in self._workers):
                self._listen(queue, lost)
            elif again := queue.take():
                # No process can be had.
                for number, task, _ in again:
                    queue.done[number] = self._here(task)
            else:
                return

    def _hand_out(self, queue: _Queue, seconds: Callable[[Any], int] | None) -> None:
        """Give every process that has nothing to do some tasks."""
        for worker in self._workers:
            if worker.is_there and not worker.tasks and worker.sent >= _MOST_BATCHES:
                worker.end()
        self._workers = [worker for worker in self._workers if worker.is_there]
        while True:
            idle = next((worker for worker in self._workers if not worker.tasks), None)
            if idle is None and (len(self._workers) >= self._count or self._is_alone):
                return
            taken = queue.take()
            if not taken:
                return
            ready = idle or self._another()
            if ready is None:
                queue.put_back(taken)
                return
            most = self.limits.seconds if seconds is None else max(seconds(each[1]) for each in taken)
            ready.send(taken, max(1, most - max(spent for *_, spent in taken)))

    def _another(self) -> Worker | None:
        try:
            worker = Worker(_numbered, (self._begin, self._args), self.limits)
        except CANNOT_START:
            self._is_alone = True
            return None
        self._workers.append(worker)
        return worker

    def _listen(self, queue: _Queue, lost: Callable[[T, Loss], R]) -> None:
        """Wait for some results."""
        busy = [worker for worker in self._workers if worker.tasks]
        wait([worker.connection for worker in busy], min(worker.seconds_left for worker in busy))
        for worker in busy:
            for (number, task, spent), result in worker.listen():
                if isinstance(result, Raised):
                    result.again()
                    queue.done[number] = self._here(task)
                elif result is Loss.NO_START:
                    self._is_alone = True
                    queue.put_back([(number, task, spent)])
                elif result is Loss.CRASH and not spent:
                    # It may have been ended from outside.
                    queue.put_back([(number, task, 1 + int(worker.seconds_used))])
                else:
                    queue.done[number] = lost(task, result) if isinstance(result, Loss) else result
            if not worker.is_there:
                queue.put_back(worker.tasks)
                worker.tasks.clear()

    def _here(self, task: Any) -> Any:
        if self._own is None:
            self._own = self._begin(*self._args)
        return self._own(task)


class _Queue:
    """Numbered tasks, each with the seconds of a first try, and the results that are not yet given on."""

    def __init__(self, tasks: Iterable[Any], batch: int, ahead: int) -> None:
        self._fresh = ((number, task, 0) for number, task in enumerate(tasks))
        self._again: deque[tuple[int, Any, int]] = deque()
        self._batch, self._ahead = batch, ahead
        self._taken = 0
        self.done: dict[int, Any] = {}
        self.next = 0

    def take(self) -> list[tuple[int, Any, int]]:
        """Return some tasks, none if there are none for now; one that was tried before comes alone."""
        if self._again:
            return [self._again.popleft()]
        if self._taken - self.next >= self._ahead:
            return []
        found = list(islice(self._fresh, self._batch))
        self._taken += len(found)
        return found

    def put_back(self, tasks: Iterable[tuple[int, Any, int]]) -> None:
        """Let tasks be taken again, the first of them first."""
        self._again.extendleft(reversed(list(tasks)))

    def pop(self) -> Any:
        """Return the next result."""
        self.next += 1
        return self.done.pop(self.next - 1)


def _numbered(
    begin: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]
) -> Callable[[tuple[int, Any, int]], Any]:
    """Return what a process does with a numbered task."""
    work = begin(*args)
    return lambda task: work(task[1])

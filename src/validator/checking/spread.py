"""Tasks spread over processes, results in their order; a task that ends its process stops no other."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import BrokenExecutor, CancelledError, Future
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from enum import Enum
from itertools import islice
from multiprocessing import current_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from types import FrameType, TracebackType

    T = TypeVar("T")
    R = TypeVar("R")

_NAME = "validator-worker"
_MOST_PROCESSES = 60
"""Windows can wait for no more."""
_MOST_BATCHES = 50
"""How many batches a process works on before it is replaced, so that memory stays flat."""
_AHEAD = 16
"""How many batches for each process may be under way before the first of them is done."""
_PACE = (100_000, 50, 50)
"""How often a process looks for cycles, of which our work makes few (see `gc.set_threshold`)."""
_GRACE = 3
"""Seconds in which a process that must end can clear up."""
_CANNOT_START = (OSError, RuntimeError, AssertionError, NotImplementedError, ImportError)
"""What starting a process raises: no more of them or of threads, none below a daemon, no semaphores here."""


class _Fault(Enum):
    """What a process says in place of a result."""

    NO_MEMORY = 1
    RAISED = 2


class Crew:
    """Processes that work on tasks; they end with the ``with`` block, and when this process does.

    Each makes its work once by ``begin(*args)``; that function and all that is handed over can be
    pickled. Where no process can be had – some systems forbid it, and a script that does not guard
    its main part would start over in each – the work is done in this one.
    """

    def __init__(self, begin: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...], count: int) -> None:
        if current_process().name == _NAME and getattr(current_process(), "_inheriting", False):
            # The script that started us runs again in a process of ours; that one is given up.
            raise SystemExit(1)
        self._begin, self._args, self._count = begin, args, min(count, _MOST_PROCESSES)
        self._gangs: list[_Gang] = []
        self._lone: _Gang | None = None
        self._is_proven = self._is_alone = False
        self._own: Callable[[Any], Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        gangs = [*self._gangs, *([self._lone] if self._lone else [])]
        if kind is not None:
            for gang in gangs:
                gang.hang_up()
        for gang in gangs:
            gang.end()

    def spread(self, tasks: Iterable[T], lost: Callable[[T], R], *, batch: int) -> Iterator[R]:
        """Yield the result of each task in order; *batch* tasks are handed over at once.

        *lost* gives the result of a task that has ended its process twice. What a task raises is
        raised here.
        """
        waiting = iter(tasks)
        sent: deque[tuple[list[T], Future[list[Any]] | None]] = deque()
        while some := list(islice(waiting, batch)):
            sent.append((some, self._send(some)))
            if len(sent) >= _AHEAD * self._count:
                yield from self._results(*sent.popleft(), lost)
        while sent:
            yield from self._results(*sent.popleft(), lost)

    def _send(self, tasks: list[T]) -> Future[list[Any]] | None:
        """Hand tasks over; None if that cannot be done now."""
        if self._is_alone:
            return None
        try:
            return self._gang().send(tasks)
        except BrokenExecutor:
            self._gangs.pop().end()
            self._can_start()
        except _CANNOT_START:
            self._is_alone = True
        return None

    def _gang(self) -> _Gang:
        if not self._gangs or self._gangs[-1].sent >= _MOST_BATCHES * self._count:
            self._gangs.append(_Gang(self._count, self._begin, self._args))
        # Those before go on with what they have, and end then.
        for gang in self._gangs[:-1]:
            if gang.is_done:
                gang.end()
                self._gangs.remove(gang)
        return self._gangs[-1]

    def _results(
        self, tasks: list[T], future: Future[list[Any]] | None, lost: Callable[[T], R]
    ) -> Iterator[R]:
        try:
            results = None if future is None else future.result()
        except (BrokenExecutor, CancelledError):
            results = None
        if results is None:
            for task in tasks:
                yield self._one(task, lost)
            return
        self._is_proven = True
        for task, result in zip(tasks, results, strict=True):
            yield self._settled(task, result, lost)

    def _one(self, task: T, lost: Callable[[T], R]) -> R:
        """Work on one task of which it is not known whether it ends its process: in one of its own."""
        sent = self._send_alone(task) if self._can_start() else None
        if sent is None:
            alone: R = self._here(task)
            return alone
        try:
            (result,) = sent.result()
        except BrokenExecutor:
            return lost(task)
        return self._settled(task, result, lost)

    def _send_alone(self, task: Any) -> Future[list[Any]] | None:
        """Hand a task to a process that has no other; None if there can be none."""
        for _ in range(2):
            try:
                self._lone = self._lone or _Gang(1, self._begin, self._args)
                return self._lone.send([task])
            except BrokenExecutor:
                # It was ended by the task before, or from outside.
                if self._lone is not None:
                    self._lone.end()
                self._lone = None
            except _CANNOT_START:
                break
        self._is_alone = True
        return None

    def _settled(self, task: T, result: Any, lost: Callable[[T], R]) -> R:
        if result is _Fault.NO_MEMORY:
            return lost(task)
        # What was raised there is raised once more, here, as it is.
        found: R = self._here(task) if result is _Fault.RAISED else result
        return found

    def _here(self, task: Any) -> Any:
        if self._own is None:
            self._own = self._begin(*self._args)
        return self._own(task)

    def _can_start(self) -> bool:
        """Whether a process can do anything at all; tried once, if none has done anything yet."""
        if not self._is_proven and not self._is_alone:
            try:
                self._is_proven = self._probed()
            except _CANNOT_START:
                self._is_alone = True
        return not self._is_alone

    def _probed(self) -> bool:
        gang = _Gang(1, self._begin, self._args)
        try:
            return gang.send([]).result() == []
        finally:
            gang.end()


class _Gang:
    """Some processes that end together."""

    def __init__(self, count: int, begin: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]) -> None:
        context = _Context()
        # Nothing is ever sent on this line: it ends when this process does, however it ends.
        self._far_end, self._line = context.Pipe(duplex=False)
        ready = (self._far_end, begin, args)
        self._executor = ProcessPoolExecutor(count, context, initializer=_ready, initargs=ready)
        self._last: Future[list[Any]] | None = None
        self.sent = 0

    def send(self, tasks: list[Any]) -> Future[list[Any]]:
        """Hand tasks over. Raises `BrokenExecutor` after a process was lost, others if none starts."""
        try:
            with _uninterrupted():
                self._last = self._executor.submit(_run, tasks)
        except BrokenExecutor:
            self.hang_up()
            raise
        except (OSError, ValueError) as fault:
            if not self.sent:
                raise
            # A process was lost just now: the executor has closed what the next one was to be given.
            self.hang_up()
            raise BrokenExecutor(str(fault)) from fault
        self.sent += 1
        return self._last

    @property
    def is_done(self) -> bool:
        """Whether nothing is waiting to be done."""
        return self._last is None or self._last.done()

    def hang_up(self) -> None:
        """Let the processes end now."""
        self._line.close()

    @property
    def _is_broken(self) -> bool:
        if self._last is None or not self._last.done() or self._last.cancelled():
            return False
        return isinstance(self._last.exception(), BrokenExecutor)

    def end(self) -> None:
        """Wait until the processes are gone; what they have not begun is not done."""
        if self._is_broken:
            # A process that started while another was lost is not ended by the executor, which
            # nevertheless waits for it.
            self.hang_up()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._line.close()
        self._far_end.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let interrupts wait: a process that nobody knows of yet, or that has not been told all, complains.

    They are handled by the main thread alone, whichever thread they come to.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is None:
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


class _Process(SpawnProcess):
    """A process that is known by its name as soon as it starts."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.name = _NAME


class _Context(SpawnContext):
    Process = _Process


class _Job:
    """What a process of ours does: one work, made when the first task comes."""

    begin: Callable[..., Callable[[Any], Any]]
    args: tuple[Any, ...]
    work: Callable[[Any], Any] | None = None
    is_busy = False


def _ready(line: Connection, begin: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]) -> None:
    """Make a new process ready: it ends when its line does, and leaves interrupts to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    gc.set_threshold(*_PACE)
    _Job.begin, _Job.args = begin, args
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()


def _leave(_number: int, _frame: FrameType | None) -> None:
    if not _Job.is_busy:
        # An exception within the queue of tasks would leave half of one to be read by another process.
        os._exit(1)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it may come again while temporary files are removed
    raise SystemExit(1)


def _end_with(line: Connection) -> None:
    """Wait for the end of *line*, then end this process, which may clear up first."""
    with suppress(OSError):
        line.poll(None)
    if os.name != "nt":
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(_GRACE)
    os._exit(1)


def _run(tasks: list[Any]) -> list[Any]:
    try:
        _Job.is_busy = True
        done = [_done(task) for task in tasks]
        _Job.is_busy = False
    except SystemExit:
        os._exit(1)  # the executor would take it for a result
    return done


def _done(task: Any) -> Any:
    try:
        if _Job.work is None:
            _Job.work = _Job.begin(*_Job.args)
        return _Job.work(task)
    except MemoryError:
        return _Fault.NO_MEMORY
    except Exception:  # noqa: BLE001 - not all can be pickled; the parent meets it again
        return _Fault.RAISED

"""A process that works on tasks for us, within limits of memory and time.

Strangers' files are read by C code and by other programs; whatever they do there ends this process
and no other. What protects the parent, and where it ends:

- Memory: the kernel refuses more than the limit (Linux); where there is no such limit (macOS) a
  thread looks at what is used and ends the process; on Windows there is the clock alone.
- Time: the parent holds the clock and ends the process, first so that it can clear up. Time in which
  the process waited for its turn on a busy machine is added, where the system tells it (Linux).
- A process ends with its parent, however that ends, and leaves interrupts to it.
- It is a copy of this process where that is quick and safe: Linux, and no threads but one. Else it
  is a new one, which imports all anew, but does not run the script that started us again.
"""

from __future__ import annotations

import faulthandler
import gc
import math
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from enum import Enum
from multiprocessing import get_context
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from validator.submissions.memory_bound import NO_MEMORY_CODE, bound_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import FrameType

    from validator.model.limits import Limits

CANNOT_START = (OSError, RuntimeError, AssertionError, NotImplementedError, ImportError)
"""What starting a process raises: no more of them or of threads, none below a daemon, no semaphores here."""
_PACE = (100_000, 50, 50)
"""How often a process looks for cycles, of which our work makes few (see `gc.set_threshold`)."""
_GRACE = 1
"""Seconds in which a process that must end can clear up."""
_START_SECONDS = 60
"""Seconds in which a new process must say that it is there."""
_LOOK_SECONDS = 0.1


_MOST_WAITING = 5
"""How many times its time a process may wait for its turn; then it is given up whatever the reason."""


class Loss(Enum):
    """Why a task has no result."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    NO_START = "no-start"


class _Said(Enum):
    """What a process says besides results."""

    READY = 1
    NO_MEMORY = 2


class Raised:
    """What a task raised; None where it cannot be handed over."""

    def __init__(self, fault: Exception | None) -> None:
        self.fault = fault

    def again(self) -> None:
        """Raise it here; what cannot be handed over is met again by whoever does the work here."""
        if self.fault is not None:
            raise self.fault


class Worker:
    """A process that makes its work once by ``begin(*args)`` and does it on tasks, one after the other.

    That function and all that is handed over can be pickled. Raises one of `CANNOT_START`.
    """

    def __init__(
        self, begin: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...], limits: Limits
    ) -> None:
        self.limits = limits
        self.sent = 0
        self._seconds = 0
        self.tasks: deque[Any] = deque()
        self._is_ready = False
        is_copy = _can_copy()
        context: Any = get_context("fork") if is_copy else _Context()
        # Nothing is ever sent on the line: it ends when this process does, however it ends.
        far_line, self._line = context.Pipe(duplex=False)
        self.connection, far_end = context.Pipe()
        held = (self.connection, self._line) if is_copy else ()
        ready = (far_end, far_line, held, begin, args, limits.memory)
        self._process: BaseProcess = context.Process(target=_serve, args=ready, daemon=True)
        try:
            with _uninterrupted():
                self._process.start()
        except BaseException:
            self.connection.close()
            self._line.close()
            raise
        finally:
            far_end.close()
            far_line.close()
        self._allow(_START_SECONDS)

    def _allow(self, seconds: float) -> None:
        """Let the next task take so many *seconds* from now on."""
        self._deadline = time.monotonic() + seconds
        self._longest = self._deadline + _MOST_WAITING * seconds
        self._queued = _queued_seconds(self._process.pid)

    def _is_late(self) -> bool:
        """Whether the time is over, that in which the process only waited for its turn not counted."""
        if self.seconds_left > 0:
            return False
        queued = _queued_seconds(self._process.pid)
        self._deadline, self._queued = min(self._deadline + queued - self._queued, self._longest), queued
        return self.seconds_left < _LOOK_SECONDS

    def send(self, tasks: list[Any], seconds: int) -> None:
        """Hand tasks over while there are none; each may take so many *seconds*."""
        self.tasks.extend(tasks)
        self.sent += 1
        self._seconds = seconds
        if self._is_ready:
            self._allow(seconds)
        with suppress(OSError):  # one that has ended is found out by who listens
            self.connection.send(tasks)

    @property
    def seconds_left(self) -> float:
        """How long to listen at most."""
        return max(0.0, self._deadline - time.monotonic()) if self.tasks else math.inf

    @property
    def seconds_used(self) -> float:
        """How long the task at hand has taken, as far as is known."""
        return max(0.0, self._seconds - max(0.0, self._deadline - time.monotonic()))

    def listen(self) -> Iterator[tuple[Any, Any]]:
        """Yield each task that is done with its result, a `Loss` at the end if the process is lost.

        What a task raised is `Raised`. Never waits for a result.
        """
        while self.tasks:
            try:
                if not self.connection.poll(0):
                    break
                said = self.connection.recv()
            except (EOFError, OSError):
                yield self.tasks.popleft(), self._end_of_process()
                return
            self._allow(self._seconds)
            if said is _Said.READY:
                self._is_ready = True
                continue
            task = self.tasks.popleft()
            if said is _Said.NO_MEMORY:
                self.stop()
                yield task, Loss.MEMORY
                return
            yield task, said
        if self.tasks and self._is_late():
            self.stop()
            yield self.tasks.popleft(), Loss.TIME if self._is_ready else Loss.NO_START

    def _end_of_process(self) -> Loss:
        self.stop()
        if not self._is_ready:
            return Loss.NO_START
        return Loss.MEMORY if self._process.exitcode == NO_MEMORY_CODE else Loss.CRASH

    @property
    def is_there(self) -> bool:
        """Whether it can be given more to do."""
        return not self.connection.closed

    @property
    def is_gone(self) -> bool:
        """Whether it has ended by itself, or was ended from outside."""
        return not self._process.is_alive()

    def end(self) -> None:
        """Let it end when it has done what it has, and wait for that if it has nothing."""
        if self.tasks or not self.is_there:
            self.stop()
            return
        with suppress(OSError):
            self.connection.send(None)
        self._process.join(_GRACE)
        self.stop()

    def stop(self) -> None:
        """End it now; it may clear up."""
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_GRACE)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self.connection.close()
        self._line.close()


def _queued_seconds(process: int | None) -> float:
    """Return how long a process has waited for a processor so far, 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[1]) / 10**9
    except (OSError, ValueError, IndexError):
        return 0.0


def is_inside() -> bool:
    """Whether this is a process of ours: what it does is within limits already."""
    return _Job.is_inside


def _can_copy() -> bool:
    """Whether a copy of this process can go on: no thread holds what the copy would wait for."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - the names are not needed
    except OSError:
        return threading.active_count() == 1


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
    """A new process that does not run again the script that started this one: nothing of it is needed."""

    def start(self) -> None:  # type: ignore[explicit-override]  # typing.override is 3.12's
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = main


class _Context(SpawnContext):
    Process = _Process


class _Job:
    """What a process of ours does: one work, made when the first task comes."""

    begin: Callable[..., Callable[[Any], Any]]
    args: tuple[Any, ...]
    work: Callable[[Any], Any] | None = None
    is_busy = False
    is_inside = False


def _serve(
    connection: Connection,
    line: Connection,
    held: tuple[Connection, ...],
    begin: Callable[..., Callable[[Any], Any]],
    args: tuple[Any, ...],
    megabytes: int,
) -> None:
    """Work on what comes until nothing more does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    for each in held:  # the parent's ends, which a copy has as well
        each.close()
    faulthandler.disable()  # what ends this process is told by the parent
    gc.set_threshold(*_PACE)
    _Job.begin, _Job.args, _Job.work, _Job.is_inside = begin, args, None, True
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()
    bound_memory(megabytes)
    try:
        connection.send(_Said.READY)
        while (tasks := connection.recv()) is not None:
            for task in tasks:
                _answer(connection, task)
    except (EOFError, OSError, SystemExit):
        os._exit(1)
    os._exit(0)  # what the parent has not written yet is not ours to write


def _answer(connection: Connection, task: Any) -> None:
    """Do a task and send what comes of it."""
    _Job.is_busy = True
    try:
        said = _done(task)
        try:
            connection.send(said)
        except MemoryError:
            connection.send(_Said.NO_MEMORY)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            connection.send(Raised(None))
    finally:
        _Job.is_busy = False


def _done(task: Any) -> Any:
    try:
        if _Job.work is None:
            _Job.work = _Job.begin(*_Job.args)
        return _Job.work(task)
    except MemoryError:
        return _Said.NO_MEMORY
    except Exception as fault:  # noqa: BLE001 - the parent raises it
        return Raised(fault if _can_be_sent(fault) else None)


def _can_be_sent(fault: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its class does
        return False
    return True


def _leave(_number: int, _frame: FrameType | None) -> None:
    if not _Job.is_busy:
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

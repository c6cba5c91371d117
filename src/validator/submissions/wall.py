"""One call behind a wall: in a process with limits of memory and time, kept for the next call.

Documents of strangers are read there and nowhere else, for one file as for many; reports in YAML
and JSON, read by bounded code of our own, are not worth a process.
"""

from __future__ import annotations

import os
from multiprocessing.connection import wait
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import evolve
from validator.readers.conversion import conversion_seconds
from validator.submissions.worker import CANNOT_START, Loss, Raised, Worker, is_inside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from validator.model.limits import Limits
    from validator.readers.given import Given
    from validator.submissions.gathering import Sent

    R = TypeVar("R")

_MOST_CALLS = 200
"""After how many calls the process is replaced, so that memory stays flat."""


class _Wall:
    """The process that is kept: one for all threads, none that was inherited from another process."""

    lock = Lock()
    worker: Worker | None = None
    state: tuple[int, str, dict[str, str], int] | None = None


def behind_wall(
    call: Callable[..., R], args: tuple[Any, ...], limits: Limits, lost: Callable[[Loss], R]
) -> R:
    """Return ``call(*args)``, worked out behind the wall, or what *lost* makes of its loss.

    The function and all that is handed over can be pickled. What the call raises is raised here.
    Where no process can be had, there is no wall.
    """
    if is_inside():
        return call(*args)
    with _Wall.lock:
        worker = _ready(limits)
        result = Loss.NO_START if worker is None else _result(worker, (call, args), limits.seconds)
    if result is Loss.NO_START:
        return call(*args)
    if isinstance(result, Loss):
        return lost(result)
    if isinstance(result, Raised):
        result.again()
        return call(*args)
    found: R = result
    return found


def file_cost(source: Path | bytes, given: Given) -> Limits:
    """Return what reading a file may cost: the programs that convert it have time of their own."""
    limits = given.limits or limits_of()
    return evolve(limits, seconds=limits.seconds + conversion_seconds(source, limits, ocr=given.ocr))


def sent_cost(sent: Sent, given: Given) -> Limits:
    """Return what a file that was handed in may cost, together with its appendices."""
    costs = [file_cost(each.content, given) for each in (sent, *sent.beside)]
    return evolve(costs[0], seconds=sum(each.seconds for each in costs))


def loss_problem(loss: Loss, name: str, cost: Limits) -> Problem:
    """Return what is told of a file called *name* that was given up."""
    code = {Loss.TIME: "too-slow", Loss.MEMORY: "too-heavy"}.get(loss, "crashed")
    args = {"path": name, "seconds": cost.seconds, "memory": cost.memory}
    return Problem(code=f"read/{code}", location=Location(file=name), args=args)


def fresh_wall() -> None:
    """End the process that is kept, so that the next call starts with this one as it is then."""
    with _Wall.lock:
        worker = _own_worker()
        if worker is not None:
            worker.end()
        _Wall.worker = None


def _ready(limits: Limits) -> Worker | None:
    """Return a process that has nothing to do and lives in the same place, None if there can be none."""
    state = (os.getpid(), _folder(), dict(os.environ), limits.memory)
    worker = _own_worker()
    if worker is not None and (worker.sent >= _MOST_CALLS or _Wall.state != state):
        worker.end()
    if worker is None or not worker.is_there or worker.is_gone:
        try:
            worker = Worker(_caller, (), limits)
        except CANNOT_START:
            worker = None
    _Wall.worker, _Wall.state = worker, state
    return worker


def _own_worker() -> Worker | None:
    """Return the process that is kept, unless another process started it of which this one is a copy."""
    return _Wall.worker if _Wall.state is not None and _Wall.state[0] == os.getpid() else None


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - the name alone is needed
    except OSError:
        return ""


def _result(worker: Worker, task: Any, seconds: int) -> Any:
    worker.send([task], seconds)
    try:
        while True:
            wait([worker.connection], worker.seconds_left)
            for _, result in worker.listen():
                return result
    except BaseException:
        worker.stop()  # what it still says would be taken for the answer to the next call
        raise


def _caller() -> Callable[[tuple[Callable[..., Any], tuple[Any, ...]]], Any]:
    return lambda task: task[0](*task[1])

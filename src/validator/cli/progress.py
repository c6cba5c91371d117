"""A progress bar on standard error, for people who wait for many files."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from validator.render.option import Options
from validator.render.terminal import is_colour_wanted, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENOUGH = 8


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that shows how many of how many files are done; None where nobody would see it."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # No thread of its own: a process with one cannot be copied to read documents in (submissions/worker.py).
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None, visible=False)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total >= _ENOUGH, refresh=True)

        yield show


_NARROWEST, _WIDEST = 40, 200


def screen(options: Any, *, terminal: bool | None = None, narrowest: int = _NARROWEST) -> Options:
    """Return the language, width and colour of what is shown: on the terminal there is, or in a file."""
    terminal = sys.stdout.isatty() if terminal is None else terminal
    return Options(
        lang=options.lang,
        width=max(narrowest, min(_WIDEST, terminal_width())),
        colour=is_colour_wanted(no_color=options.no_color, is_terminal=terminal, environment=os.environ),
    )

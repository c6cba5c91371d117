"""How a run is written while it goes on: each file as it is judged, the rest at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from validator.render.finding import files

if TYPE_CHECKING:
    from validator.model.diagnostic import FileResult, RunResult


class Writer(Protocol):
    """Writes one run in one format; the files are given first, and none of them is held."""

    def file(self, file: FileResult) -> str:
        """Return the text of one file."""

    def head(self, run: RunResult) -> str:
        """Return what stands before the files, once all of them were given."""

    def tail(self, run: RunResult) -> str:
        """Return what stands after the files; of the files of *run* only outlines are looked at."""


class Open:
    """A writer of a format in which nothing stands before the files."""

    def head(self, _run: RunResult) -> str:
        """Return nothing."""
        return ""


def whole(writer: Writer, run: RunResult) -> str:
    """Return the text of a run that is held as a whole."""
    body = "".join(map(writer.file, files(run)))
    return writer.head(run) + body + writer.tail(run)

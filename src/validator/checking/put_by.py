"""What was told of files, put by until all of them are known: few in memory, many on disk.

They are pickled, into a file that has no name once it is open (on Windows one that nobody else can
open): only this run can have written what it reads back.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.checking.outcome import Outcome

_MOST_HELD = 50


class PutBy:
    """Outcomes in their order; more than a few go to a file without a name, which nobody else can open."""

    def __init__(self) -> None:
        self._held: list[Outcome] = []
        self._file: IO[bytes] | None = None
        self._filed = 0

    def add(self, outcome: Outcome) -> None:
        """Put one more by. Raises OSError if the disk is full."""
        self._held.append(outcome)
        if len(self._held) < _MOST_HELD:
            return
        import pickle

        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115 - it goes with this object
        for each in self._held:
            pickle.dump(each, self._file, pickle.HIGHEST_PROTOCOL)
        self._filed += len(self._held)
        self._held = []

    def __iter__(self) -> Iterator[Outcome]:
        """Yield what was put by, once."""
        if self._file is not None:
            import pickle

            with self._file as file:
                file.seek(0)
                for _ in range(self._filed):
                    yield pickle.load(file)  # noqa: S301 - nobody else could write it
        yield from self._held

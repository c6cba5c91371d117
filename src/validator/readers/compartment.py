"""Blocks are read each in its own compartment: a fault costs its block and is told, the rest goes on."""

from __future__ import annotations

import os
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import evolve
from validator.readers.reader import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
Part = TypeVar("Part")

_LONGEST = 300
_MOST_TOLD = 20
_OF_ONE_PART = frozenset({"damaged", "unsafe-xml"})


class Compartments:
    """Runs work on the blocks of one file and keeps what is to be said of those that it failed on.

    An unexpected fault is told as a problem that names the block; with ``VALIDATOR_DEBUG`` set it is
    raised. Wrong use, a file that cannot be read at all, and lack of memory always pass through.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.untold = 0

    def one(self, place: Location | Callable[[], Location], work: Callable[[], T], lost: T) -> T:
        """Return what *work* gives, or *lost* where it fails on the block at *place*.

        A place that takes time to tell may be a function, which is called for a fault alone.
        """
        try:
            return work()
        except (ValidatorError, Unreadable, MemoryError):
            raise
        except Exception as error:
            if os.environ.get("VALIDATOR_DEBUG"):
                raise
            self._tell(place() if callable(place) else place, f"{type(error).__name__}: {error}"[:_LONGEST])
        return lost

    def part(self, name: str, place: Location, work: Callable[[], T], lost: T) -> T:
        """Return what *work* gives of the part *name* of a package, or *lost* where the part is damaged."""
        try:
            return self.one(place, work, lost)
        except Unreadable as fault:
            if fault.code not in _OF_ONE_PART:
                raise
        self._tell_part(name, place)
        return lost

    def sound(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """Yield the *items* of the part *name* up to where it is damaged; raises if nothing stands before."""
        is_begun = False
        try:
            for item in items:
                yield item
                is_begun = True
        except Unreadable as fault:
            if fault.code != "damaged" or not is_begun:
                raise
            self._tell_part(name, Location())

    def together(
        self,
        parts: Sequence[Part],
        place: Callable[[Part], Location],
        work: Callable[[Sequence[Part]], T],
        lost: T,
    ) -> T:
        """Return what *work* makes of all *parts*, leaving out those that it fails on even alone."""
        trial = Compartments(self.file)
        nothing: list[T] = []
        found = trial.one(Location(), lambda: [work(parts)], nothing)
        if found:
            return found[0]
        sound = [part for part in parts if self.one(place(part), partial(_stands, work, part), lost=False)]
        return self.one(Location(), lambda: work(sound), lost)

    def told(self) -> tuple[Problem, ...]:
        """Return what is to be said of the blocks that were lost."""
        if not self.untold:
            return tuple(self.problems)
        place = Location(file=self.file)
        more = Problem(code="read/more-blocks-lost", location=place, args={"count": self.untold})
        return (*self.problems, more)

    def _tell_part(self, name: str, place: Location) -> None:
        located = evolve(place, file=place.file or self.file)
        args = {"part": name, "file": PurePath(self.file).name}
        self.problems.append(Problem(code="document/part-lost", location=located, args=args))

    def _tell(self, place: Location, error: str) -> None:
        if len(self.problems) >= _MOST_TOLD:
            self.untold += 1
            return
        located = evolve(place, file=place.file or self.file)
        self.problems.append(Problem(code="read/block-lost", location=located, args={"error": error}))


def _stands(work: Callable[[Sequence[Part]], object], part: Part) -> bool:
    """Whether *work* does not fail on *part* alone."""
    work([part])
    return True

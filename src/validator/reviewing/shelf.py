"""Records put aside on disk while many files are gone through, so that memory stays flat.

They are pickled, and a pickle runs what it says. It is safe here: the folder is made by this run under
a name that nobody can guess, is open to its user alone (0700), and is read back by this run only; who
can write into it can run anything as that user already. What outlives a run, the compiled packs, is data.
"""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.leftovers import PREFIX, sweep_folders
from validator.model.figure import unpacked
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError

if TYPE_CHECKING:
    from validator.model.figure import UnitFigures
    from validator.model.review import UnitDetail


class NoRoomError(OSError):
    """Nothing can be put on the shelf: the disk is full, or its folder cannot be written to."""


def no_room(folder: Path, fault: OSError) -> ValidatorError:
    """Return what is told of a folder for temporary files that cannot be used."""
    args = {"path": str(folder), "detail": fault.strerror or str(fault)}
    return ValidatorError(Problem(code="review/no-room", location=Location(file=str(folder)), args=args))


class Shelf:
    """A folder of our own for records, by name; only what this program put there is ever read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, *found: object) -> None:
        """Put records on the shelf, in their order. Raises NoRoomError if the disk is full."""
        data = b"".join(pickle.dumps(each, pickle.HIGHEST_PROTOCOL) for each in found)
        try:
            (self.folder / name).write_bytes(data)
        except OSError as fault:
            raise NoRoomError(fault.errno, fault.strerror) from fault

    def get(self, name: str) -> Any:
        """Return the first record of a name as it was put. Raises KeyError if there is none."""
        return self.get_all(name, 1)[0]

    def get_all(self, name: str, count: int) -> tuple[Any, ...]:
        """Return the first *count* records of a name. Raises KeyError if there is nothing of the name."""
        try:
            with (self.folder / name).open("rb") as file:
                # Only what this run has written, in a folder only its user can open, is read.
                return tuple(pickle.load(file) for _ in range(count))  # noqa: S301
        except FileNotFoundError as fault:
            raise KeyError(name) from fault


class Figures(Mapping[str, "UnitFigures"]):
    """The figures of each unit, read from the shelf one unit at a time."""

    def __init__(self, details: Details) -> None:
        self._details = details

    def __getitem__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, key: str
    ) -> UnitFigures:
        return unpacked(self._details.shelf.get(f"figures-{key}"))

    def __iter__(self) -> Iterator[str]:  # type: ignore[explicit-override]
        return iter(self._details)

    def __len__(self) -> int:  # type: ignore[explicit-override]
        return len(self._details)


class Details(Mapping[str, "UnitDetail"]):
    """What is told of each unit, read from the shelf one at a time; the shelf goes when this does.

    Raises `ValidatorError` if no folder can be made for it.
    """

    def __init__(self) -> None:
        try:
            sweep_folders()
            folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        except OSError as fault:
            raise no_room(Path(tempfile.tempdir or os.environ.get("TMPDIR") or "TMPDIR"), fault) from fault
        self.shelf = Shelf(folder)
        self.keys_known: tuple[str, ...] = ()
        self._cleared = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __getitem__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, key: str
    ) -> UnitDetail:
        found: UnitDetail = self.shelf.get(f"detail-{key}")
        return found

    def __iter__(self) -> Iterator[str]:  # type: ignore[explicit-override]
        return iter(self.keys_known)

    def __len__(self) -> int:  # type: ignore[explicit-override]
        return len(self.keys_known)

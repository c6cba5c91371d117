"""Records put aside on disk while many files are gone through, so that memory stays flat."""

from __future__ import annotations

import pickle
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.model.review import UnitDetail


class Shelf:
    """A folder of our own for records, by name; only what this program put there is ever read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, found: object) -> None:
        """Put a record on the shelf. Raises OSError if the disk is full."""
        (self.folder / name).write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))

    def get(self, name: str) -> Any:
        """Return a record as it was put. Raises KeyError if there is none of the name."""
        try:
            data = (self.folder / name).read_bytes()
        except FileNotFoundError as fault:
            raise KeyError(name) from fault
        return pickle.loads(data)  # noqa: S301 - written by this run, in a folder only its user can open


class Details(Mapping[str, "UnitDetail"]):
    """What is told of each unit, read from the shelf one at a time; the shelf goes when this does."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        folder = Path(tempfile.mkdtemp(prefix="validator-"))
        self.shelf = Shelf(folder)
        self.keys_known = keys
        self._cleared = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __getitem__(  # type: ignore[explicit-override]  # typing.override is 3.12's
        self, key: str
    ) -> UnitDetail:
        if key not in self.keys_known:
            raise KeyError(key)
        found: UnitDetail = self.shelf.get(f"detail-{key}")
        return found

    def __iter__(self) -> Iterator[str]:  # type: ignore[explicit-override]
        return iter(self.keys_known)

    def __len__(self) -> int:  # type: ignore[explicit-override]
        return len(self.keys_known)

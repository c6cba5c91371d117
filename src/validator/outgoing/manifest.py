"""What this program wrote into a folder, so that what people changed there since is never written over."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from validator.readers.encoding import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = ".validator.json"
_LARGEST = 200 * 1024 * 1024


class Manifest:
    """The files of a folder by their paths in it, each with the digest of what was written."""

    def __init__(self, folder: Path) -> None:
        """Read what an earlier run left; a manifest that cannot be read counts as none."""
        self.folder = folder
        self.before = _read(folder / NAME)
        self.now: dict[str, str] = {}

    def is_ours(self, path: Path) -> bool:
        """Whether *path* is free, or holds just what an earlier run wrote there."""
        if not path.exists():
            return True
        known = self.before.get(self._name(path))
        return known is not None and known == _digest_of(path)

    def noting(self, path: Path, data: bytes | Iterable[bytes]) -> Iterator[bytes]:
        """Yield *data* while it is written to *path*, and note it."""
        digest = hashlib.sha256()
        for piece in (data,) if isinstance(data, bytes) else data:
            digest.update(piece)
            yield piece
        self.now[self._name(path)] = digest.hexdigest()

    def stale(self) -> tuple[Path, ...]:
        """Return what an earlier run wrote, nobody changed, and this run has not written again."""
        left = (self.folder / name for name in self.before if name not in self.now)
        return tuple(path for path in left if path.is_file() and self.is_ours(path))

    def data(self) -> bytes:
        """Return the manifest of this run, with what people changed still under its old digest."""
        kept = {name: digest for name, digest in self.before.items() if (self.folder / name).is_file()}
        return (json.dumps({"files": kept | self.now}, indent=1, sort_keys=True) + "\n").encode()

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _read(path: Path) -> dict[str, str]:
    data = read_bytes(str(path))
    if not isinstance(data, bytes):
        return {}
    try:
        files = json.loads(data)["files"]
        # Names that lead out of the folder are nobody's of ours.
        return {
            str(name): str(digest)
            for name, digest in files.items()
            if not Path(name).is_absolute() and ".." not in Path(name).parts
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _digest_of(path: Path) -> str:
    data = read_bytes(str(path), limit=_LARGEST)
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""

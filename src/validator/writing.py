"""Files written whole or not at all: whoever reads one never sees half of it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NO_LINKS = {
    getattr(errno, name, None) for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "ENOSYS")
}
"""What a file system says that has no hard links, or no more of them."""


def replace_file(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write *data* to *target*, in place of what is there. Raises OSError and leaves nothing behind."""
    part = _part(target, data)
    try:
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def create_file(target: Path, data: bytes) -> None:
    """Write *data* to *target*, which must be new. Raises FileExistsError rather than overwrite.

    Any other OSError, too, leaves nothing behind.
    """
    part = _part(target, data)
    try:
        if os.name == "nt":
            part.rename(target)  # never replaces, there
        else:
            _link(part, target)
    finally:
        part.unlink(missing_ok=True)


def _link(part: Path, target: Path) -> None:
    """Give the file its name in one step that never replaces; some file systems have no such step."""
    try:
        os.link(part, target)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        _claim(part, target)


def _claim(part: Path, target: Path) -> None:
    """Take the name by an empty file first, so that two writers cannot both have it."""
    with target.open("xb"):
        pass
    try:
        part.replace(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _part(target: Path, data: bytes | Iterable[bytes]) -> Path:
    # Nobody else has this name: neither another thread nor a machine on the same network drive.
    part = target.with_name(f".{os.urandom(16).hex()}.part")
    file = part.open("xb")
    try:
        with file:
            for piece in (data,) if isinstance(data, bytes) else data:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part

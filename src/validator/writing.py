"""Files written whole or not at all: whoever reads one never sees half of it."""

from __future__ import annotations

import os
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def replace_file(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write *data* to *target*, in place of what is there. Raises OSError and leaves nothing behind."""
    part = _part(target, data)
    try:
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def create_file(target: Path, data: bytes) -> None:
    """Write *data* to *target*, which must be new. Raises FileExistsError rather than overwrite."""
    part = _part(target, data)
    try:
        # A link is made in one step and never replaces; some file systems have none.
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:
            _claim(part, target)
    finally:
        part.unlink(missing_ok=True)


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
    part = target.with_name(f".{target.name[:100]}.{token_hex(8)}.part")
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

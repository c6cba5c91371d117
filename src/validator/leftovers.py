"""What runs that were killed left behind: removed where it is old, ours beyond doubt, and no link."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "validator-"
"""How the names of our temporary folders begin."""
_FOLDER = re.compile(r"validator-[a-z0-9_]{8}")
_PART = re.compile(r"\.[0-9a-f]{32}\.part")
_OLD_SECONDS = 7 * 24 * 3600


@lru_cache(maxsize=4)
def sweep_folders(place: str | None = None) -> None:
    """Remove temporary folders of earlier runs from *place*, that for temporary files, once a run."""
    folder = Path(place or tempfile.gettempdir())
    for path in _old(folder, _FOLDER, stat.S_ISDIR):
        shutil.rmtree(path, ignore_errors=True)


@lru_cache(maxsize=64)
def sweep_parts(folder: Path) -> None:
    """Remove half-written files of earlier runs from *folder*, once a run."""
    for path in _old(folder, _PART, stat.S_ISREG):
        with suppress(OSError):
            path.unlink()


def _old(folder: Path, name: re.Pattern[str], kind: Callable[[int], bool]) -> list[Path]:
    """Return what bears such a name, is of that *kind* itself, of our owner, and old."""
    before = time.time() - _OLD_SECONDS
    found: list[Path] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not name.fullmatch(entry.name):
                continue
            with suppress(OSError):
                seen = entry.stat(follow_symlinks=False)
                is_own = os.name == "nt" or seen.st_uid == os.geteuid()
                if kind(seen.st_mode) and is_own and seen.st_mtime < before:
                    found.append(Path(entry.path))
    return found

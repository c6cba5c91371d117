"""Files that are believed because nobody else can have written them: neither links nor open to others.

Windows has neither owners nor modes in this sense: there the folders of a user's profile, where these
files lie unless somebody chooses another place, are closed to other users by what they inherit.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def is_own(state: os.stat_result) -> bool:
    """Whether a file or folder (of which `os.lstat` tells) is no link, and only this user can write it."""
    if stat.S_ISLNK(state.st_mode) or _is_reparse_point(state):
        return False
    if not hasattr(os, "getuid"):
        return True
    return state.st_uid == os.getuid() and not state.st_mode & _OTHERS_WRITE


def read_own(path: Path, most: int) -> bytes | None:
    """Return the bytes of a regular file of at most *most* bytes, None if it is not our own.

    Raises OSError if it cannot be opened.
    """
    if _is_reparse_point(os.lstat(path)):
        return None
    # What is looked at is what is read: the file that was opened, not whatever has its name by then.
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or not is_own(state) or state.st_size > most:
            return None
        return file.read(most)


def write_own(path: Path, data: bytes) -> None:
    """Write a file that only this user can read, in place of what is there. Raises OSError."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def own_folder(path: Path) -> bool:
    """Make a folder if it is not there, and return whether it is our own. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return is_own(os.lstat(path))


def _is_reparse_point(state: os.stat_result) -> bool:
    """Whether something on Windows is a link of any kind: symbolic, or a junction."""
    mark = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return bool(getattr(state, "st_file_attributes", 0) & mark)

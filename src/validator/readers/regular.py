"""Opening files to read: only regular ones, so that no pipe, socket or device is ever waited for."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
# What opening a socket, or a device that is not there, says.
_NO_FILE = frozenset({errno.ENXIO, errno.ENODEV, getattr(errno, "EOPNOTSUPP", errno.ENXIO)})


class NotRegularError(OSError):
    """What was to be opened is a pipe, a socket or a device."""


def open_regular(path: str | Path) -> BufferedReader:
    """Open a regular file to read its bytes.

    Raises `NotRegularError` for pipes, sockets and devices, IsADirectoryError for folders, other
    OSErrors as `open` does, and ValueError for a name that cannot be.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as fault:
        if fault.errno in _NO_FILE:
            raise NotRegularError(str(path)) from fault
        raise
    try:
        _refuse_others(os.fstat(handle).st_mode, path)
    except BaseException:
        os.close(handle)
        raise
    # Not within: a signal that comes now has closed the handle by then, and closing it again would hide it.
    return os.fdopen(handle, "rb")


def file_state(path: str | Path) -> tuple[int, ...] | None:
    """Return what changes as soon as a file does, None if there is none; it never raises."""
    try:
        found = os.stat(path)  # noqa: PTH116 - Path.stat raises on names that are too long
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two names are of one file that is there."""
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 - names need not be possible ones
    except (OSError, ValueError):
        return False


def _refuse_others(mode: int, path: str | Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NotRegularError(str(path))


def fault_of(path: str | Path, fault: Exception) -> str:
    """Return the code, without its area ``read``, of the reason why *path* could not be opened."""
    if isinstance(fault, NotRegularError):
        return "not-a-file"
    if isinstance(fault, OSError) and fault.errno == errno.ENAMETOOLONG:
        return "name-too-long"
    if isinstance(fault, OSError) and (fault.errno == errno.ELOOP or isinstance(fault, FileNotFoundError)):
        return "broken-link" if os.path.islink(path) else "no-such-file"  # noqa: PTH114 - never raises
    if isinstance(fault, OSError) and os.path.isdir(path):  # noqa: PTH112 - never raises
        return "is-a-folder"
    return "unreadable-file"

"""Files written whole or not at all, by one at a time: nobody sees half of one, nothing filed is lost."""

from __future__ import annotations

import errno
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LOCK = ".validator.lock"
LONGEST_WAIT = 60.0
"""Seconds to wait for another run that writes in the same folder; then that is told."""
_PAUSE = 0.02
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

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


def update_file(target: Path, before: bytes, data: bytes) -> bool:
    """Write *data* in place of *before* (nothing: there is no such file, or it is empty).

    False, and nothing is written, if something else stands there by now. Raises OSError and leaves
    nothing behind.
    """
    return not update_files(((target, before, data),))


def update_files(changes: Sequence[tuple[Path, bytes, bytes]]) -> tuple[Path, ...]:
    """Write all of *changes*, each a target with what stands there and what shall, or none of them.

    Return those whose targets hold something else by now; then nothing is written. Raises OSError, and
    puts back what was there.
    """
    parts: list[tuple[Path, Path, bytes]] = []
    done: list[tuple[Path, bytes]] = []
    try:
        for target, before, data in changes:
            parts.append((_part(target, data), target, before))
        others = tuple(target for _, target, before in parts if _content(target) != before)
        for part, target, before in () if others else parts:
            part.replace(target)
            done.append((target, before))
    except BaseException:
        for target, before in reversed(done):
            _put_back(target, before)
        raise
    finally:
        for part, _, _ in parts:
            part.unlink(missing_ok=True)
    return others


def _content(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return b""


def _put_back(target: Path, before: bytes) -> None:
    with suppress(OSError):
        if before:
            replace_file(target, before)
        else:
            target.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Keep other runs of this program from changing what lies in *folder*; it ends with the process, too.

    What is read, changed and written back within loses nothing of theirs. Raises TimeoutError after
    *wait* seconds, other OSErrors where no file can be made in *folder*.
    """
    path = folder / LOCK
    handle = _held(path, time.monotonic() + wait)
    try:
        yield
    finally:
        if os.name != "nt":
            path.unlink(missing_ok=True)  # before it is let go: whoever waits looks whether it is still there
        os.close(handle)
        if os.name == "nt":
            with suppress(OSError):  # others have it open: they remove it
                path.unlink()


def _held(path: Path, end: float) -> int:
    while True:
        try:
            handle = os.open(path, _LOCK_FLAGS, 0o666)
        except PermissionError:
            # Windows says so of a file that is about to go.
            if os.name != "nt" or time.monotonic() >= end:
                raise
        else:
            try:
                if _is_locked(handle) and _is_there(path, handle):
                    return handle
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
        if time.monotonic() >= end:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(path))
        time.sleep(_PAUSE)


def _is_locked(handle: int) -> bool:
    """Whether the lock is ours now; where the file system has no locks, comparing has to do."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        return fault.errno not in _BUSY
    return True


def _is_there(path: Path, handle: int) -> bool:
    """Whether the file that was locked still bears its name; whoever had it before has removed it."""
    try:
        found, ours = path.lstat(), os.fstat(handle)
    except FileNotFoundError:
        return False
    return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)


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
    from validator.leftovers import sweep_parts

    sweep_parts(target.parent)
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

"""The parts of an office package (a zip file), read within bounds and never unpacked to disk."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from validator.readers.reader import Unreadable
from validator.readers.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_MEMBERS = 20_000
MOST_TOTAL = 1_000_000_000
MOST_PART = 400_000_000
_SMALL_PART = 2_000_000
_HIGHEST_RATIO = 250
_ENCRYPTED_FLAG = 0x1
_CHUNK = 1 << 16

FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What opening or reading a broken package may raise; a name that is no UTF-8 is a ValueError."""


class Archive:
    """The members of an open package, each read no further than its bound."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        members = package.infolist()
        if len(members) > MOST_MEMBERS:
            raise Unreadable("zip-bomb")
        if sum(member.file_size for member in members) > MOST_TOTAL:
            raise Unreadable("zip-bomb")
        self._package = package
        self._members = {member.filename.replace("\\", "/"): member for member in members}

    @property
    def names(self) -> frozenset[str]:
        """The names of the members; they are keys only and never become paths."""
        return frozenset(self._members)

    def part(self, name: str, most: int = MOST_PART) -> bytes | None:
        """Return the content of a part, or None where the package has no such part."""
        if name not in self._members:
            return None
        with self.stream(name, most) as stream:
            return stream.read()

    @contextmanager
    def stream(self, name: str, most: int = MOST_PART) -> Iterator[IO[bytes]]:
        """Open a part that exists; reading more than *most* bytes of it gives up."""
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise Unreadable("encrypted")
        ratio = member.file_size // max(1, member.compress_size)
        if member.file_size > most or (member.file_size > _SMALL_PART and ratio > _HIGHEST_RATIO):
            raise Unreadable("zip-bomb")
        with _told_as_damage():
            stream = self._package.open(member)
        with stream:
            yield _Bounded(stream, most)  # type: ignore[misc]


class _Bounded:
    """A stream that gives up past *most* bytes, whatever the package says of its size."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """Read as an ordinary stream does."""
        if size >= 0:
            return self._read(size)
        chunks = []
        while chunk := self._read(_CHUNK):
            chunks.append(chunk)
        return b"".join(chunks)

    def _read(self, size: int) -> bytes:
        with _told_as_damage():
            return self._count(self._stream.read(size))

    def _count(self, chunk: bytes) -> bytes:
        self._left -= len(chunk)
        if self._left < 0:
            raise Unreadable("zip-bomb")
        return chunk


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open the package at *path*; what is wrong with it raises Unreadable."""
    with _told_as_damage():
        file = open_regular(path)
    with file:
        with _told_as_damage():
            package = zipfile.ZipFile(file)
        with package:
            yield Archive(package)


@contextmanager
def _told_as_damage() -> Iterator[None]:
    """Raise Unreadable for what reading a broken package raises; not for faults in our own work on it."""
    try:
        yield
    except FAULTS as fault:
        raise Unreadable("damaged") from fault

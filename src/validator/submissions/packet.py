"""A zip that reports were sent in → its files, unpacked within bounds under names that lead nowhere."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record
from validator.readers import formats as media
from validator.readers.archive import open_archive
from validator.readers.document import MOST_BYTES
from validator.readers.kind import PACKETS
from validator.readers.kind import SUFFIX as EXPLANATIONS
from validator.readers.media_type import media_type_of
from validator.readers.reader import Unreadable
from validator.readers.regular import open_regular
from validator.submissions.folder import SUFFIXES, may_be_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.readers.archive import Archive

MOST_FILES = 1_000
"""Most files of one zip that are looked at."""
MOST_UNPACKED = 300_000_000
"""Most bytes that the files of one zip may have together."""
_CHUNK = 1 << 18
_HEAD = 80
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_FIRST = (b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"word/", b"xl/")
_FIRST_NAME = 30
"""Where the name of the first member begins in a zip."""
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 100
_GUESSES = ("utf-8", "cp1258")
"""In what a zip may have written its names without saying so; what is neither is as the format says."""


@record
class Unpacked:
    """A file of a packet: the name it goes by, and where its bytes lie, or why they do not."""

    name: str
    source: Path | None = None
    problem: Problem | None = None
    is_left: bool = False


def is_packet(path: Path) -> bool:
    """Whether a file is a zip that is no office document: the content decides, not the name."""
    try:
        with open_regular(path) as file:
            head = file.read(_HEAD)
        if not head.startswith(_ZIP):
            return path.suffix.lower() in PACKETS
        if head[_FIRST_NAME:].startswith(_OFFICE_FIRST):
            return False
        found = media_type_of(path)
    except (OSError, ValueError):
        return False
    return found == media.ZIP or (found == media.DAMAGED and path.suffix.lower() in PACKETS)


def unpacked(path: Path, room: Path) -> Iterator[Unpacked]:
    """Yield what a packet holds, its reports written below *room*; what cannot be had says why.

    Never more than `MOST_FILES` files and `MOST_UNPACKED` bytes; a packet within a packet is not opened.
    """
    try:
        with open_archive(path) as packet:
            yield from _Unpacking(path, room, packet).files()
    except Unreadable as fault:
        yield Unpacked(name=str(path), problem=_problem(fault.code, str(path)))


class _Unpacking:
    """The files of one open packet, one after the other."""

    def __init__(self, path: Path, room: Path, packet: Archive) -> None:
        self.path, self.room, self.packet = path, room, packet
        self.left = MOST_UNPACKED
        self.folders: dict[str, Path] = {}
        self.taken: set[str] = set()

    def files(self) -> Iterator[Unpacked]:
        names = [name for name in sorted(self.packet.names) if not name.endswith("/")]
        for raw in names[:MOST_FILES]:
            name = self._name(raw)
            if PurePosixPath(name).name.startswith((".", "~$")):
                continue
            found = self._file(raw, name)
            if found is not None:
                yield found
        if len(names) > MOST_FILES:
            where = str(self.path)
            args = {"count": len(names), "most": MOST_FILES}
            yield Unpacked(name=where, problem=_problem("too-many", where, **args))

    def _file(self, raw: str, name: str) -> Unpacked | None:
        """Unpack a file that may be a report or explains one; explanations only lie beside theirs."""
        lower = name.lower()
        if lower.endswith(PACKETS):
            return Unpacked(name=name, problem=_problem("nested", name))
        is_explanation = lower.endswith(EXPLANATIONS)
        if not (is_explanation or may_be_report(PurePosixPath(name).name)):
            return Unpacked(name=name, is_left=True) if not lower.endswith(SUFFIXES) else None
        target = self._target(raw, name)
        try:
            self._write(raw, target)
        except Unreadable as fault:
            target.unlink(missing_ok=True)
            return Unpacked(name=name, problem=_problem(fault.code, name))
        return None if is_explanation else Unpacked(name=name, source=target)

    def _write(self, raw: str, target: Path) -> None:
        with self.packet.stream(raw, min(MOST_BYTES, self.left)) as stream, target.open("xb") as sink:
            while chunk := stream.read(_CHUNK):
                self.left -= len(chunk)
                sink.write(chunk)

    def _name(self, raw: str) -> str:
        """Return by what name a file is known: that of the packet and its own, clean and once only."""
        parts = [_clean(part) for part in re.split(r"[/\\]", _decoded(raw)) if part not in ("", ".", "..")]
        found = name = str(PurePosixPath(self.path.as_posix(), *(part for part in parts if part)))
        number = 1
        while found in self.taken:
            number += 1
            place = PurePosixPath(name)
            found = str(place.with_name(f"{place.stem}~{number}{place.suffix}"))
        self.taken.add(found)
        return found

    def _target(self, raw: str, name: str) -> Path:
        """Return where a file is written: a folder of ours for each of theirs, a name that means nothing."""
        folder = self.folders.setdefault(raw.rpartition("/")[0], self.room / str(len(self.folders)))
        folder.mkdir(parents=True, exist_ok=True)
        plain = _UNSAFE.sub("_", PurePosixPath(name).name).rstrip(". ")
        end = next((each for each in (EXPLANATIONS, *SUFFIXES) if plain.lower().endswith(each)), "")
        stem = plain[: len(plain) - len(end)]
        stem = stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
        target = folder / f"{'_' if _DEVICE.fullmatch(stem) else ''}{stem}{plain[len(plain) - len(end) :]}"
        number = 1
        while target.exists():
            number += 1
            target = folder / f"{stem}-{number}{end}"
        return target


def _decoded(name: str) -> str:
    """Return a name in Unicode: many programs write other than the format has it, without a word."""
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    if name.isascii():
        return name
    for encoding in _GUESSES:
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(each.isascii() or each.isalpha() or unicodedata.combining(each) for each in found):
            return unicodedata.normalize("NFC", found)
    return name


def _clean(part: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFC", part) if each.isprintable()).strip()


def nothing_inside(path: Path) -> Problem:
    """Return that a packet holds no file that could be a report."""
    return _problem("nothing-inside", str(path))


def _problem(code: str, name: str, **args: object) -> Problem:
    return Problem(code=f"read/packet-{code}", location=Location(file=name), args={"path": name, **args})

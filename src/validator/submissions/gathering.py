"""What was handed in → the files to look at: those named, those of folders, those that came in a zip.

One gathering for every command, so that each file is looked at once and none is left out without a word.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import record
from validator.readers.formats import STRUCTURED
from validator.readers.kind import PACKETS
from validator.readers.regular import is_same_file
from validator.submissions.folder import left_files, report_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@record
class Sent:
    """A file that was handed in: the name it goes by, and where its bytes lie.

    ``folder`` is that among the sources which it was found in, ``packet`` the zip that it came in;
    both are empty for a file that was named itself.
    ``problem`` says why it cannot be read, of one that a zip does not give away. ``beside`` are the
    appendices that make one report with it. ``data`` are its bytes, where it lies nowhere.
    """

    name: str
    source: Path
    folder: str = ""
    packet: str = ""
    problem: Problem | None = None
    beside: tuple[Sent, ...] = ()
    data: bytes | None = None

    @property
    def content(self) -> Path | bytes:
        """Its bytes, or where they lie."""
        return self.source if self.data is None else self.data

    @property
    def was_named(self) -> bool:
        """Whether somebody named it; what a folder or a zip holds besides reports is nobody's fault."""
        return not (self.folder or self.packet)

    @property
    def place(self) -> str:
        """Where it lay: the zip or the folder; the same for all files that were named themselves."""
        return self.packet or (os.path.dirname(self.name) if self.folder else "")  # noqa: PTH120 - no path


@record
class Gathered:
    """The files, what is wrong with folders, and the files of kinds that are not read.

    ``whole`` are the folders and zips all of whose files were met there first: one of them that holds
    no report is to be told.
    """

    files: tuple[Sent, ...]
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


def require_there(sources: Sequence[str | Path]) -> None:
    """Raise `ValidatorError` for a source that does not exist; a link to nothing is left to the reader."""
    for source in sources:
        if not os.path.lexists(source):
            raise of_path("path-not-found", str(source))


def of_path(code: str, path: str) -> ValidatorError:
    """Return what is told of sources in which nothing can be looked at."""
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(file=path), args={"path": path}))


@contextmanager
def gathering(
    sources: Sequence[str | Path], room: Path | None = None, *, units: str = ""
) -> Iterator[Gathered]:
    """Give the files of *sources*, each once; the list of *units* that a run is given is none of them.

    What came in zips lies below *room*, else in a folder that goes at the end. Raises
    `ValidatorError` if no such folder can be had.
    """
    work = _Gathering(room, units)
    try:
        yield work.of(sources)
    finally:
        if work.own_room is not None:
            import shutil

            shutil.rmtree(work.own_room, ignore_errors=True)


class _Gathering:
    def __init__(self, room: Path | None, units: str) -> None:
        self.room, self.units = room, units
        self.own_room: Path | None = None
        self.files: dict[str, Sent] = {}
        self.problems: list[Problem] = []
        self.left: list[str] = []
        self.whole: list[str] = []
        self.packets = 0

    def of(self, sources: Sequence[str | Path]) -> Gathered:
        """Return the files of *sources* in their order, those of a folder by name."""
        for source in map(Path, sources):
            if os.path.isdir(source):  # noqa: PTH112 - a name too long is no folder, and no exception
                self._folder(source)
            else:
                self._take(source, "")
        return Gathered(
            files=tuple(self.files.values()),
            problems=tuple(self.problems),
            left=tuple(dict.fromkeys(self.left)),
            whole=tuple(self.whole),
        )

    def _folder(self, folder: Path) -> None:
        paths, faults = report_files(folder)
        self.problems += faults
        others = left_files(folder)
        packets = [each for each in others if each.suffix.lower() in PACKETS]
        self.left += (str(each) for each in others if each.suffix.lower() not in PACKETS)
        are_new = [self._take(path, str(folder)) for path in sorted((*paths, *packets))]
        if all(are_new) and not faults:
            self.whole.append(str(folder))

    def _take(self, path: Path, folder: str) -> bool:
        """Take a file, or those within it; whether it was not met before."""
        # Folders given twice, or one within the other, hold each file once.
        key = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links
        if key in self.files:
            return False
        if self.units and is_same_file(path, self.units):
            return True
        if _is_packet(path):
            self.files |= {f"{key}/{each.name}": each for each in self._within(path, folder)}
            self.whole += [] if folder else [str(path)]
        else:
            self.files[key] = Sent(name=str(path), source=path, folder=folder)
        return True

    def _within(self, path: Path, folder: str) -> Iterator[Sent]:
        """Yield the files of a packet; one that holds nothing to read is told itself."""
        from validator.submissions.packet import nothing_inside, unpacked

        is_empty = True
        try:
            for each in unpacked(path, self._new_room()):
                if each.is_left:
                    self.left.append(each.name)
                    continue
                is_empty = False
                source, packet = each.source or path, str(path)
                yield Sent(name=each.name, source=source, folder=folder, packet=packet, problem=each.problem)
        except OSError as fault:
            raise self._no_room(fault) from fault
        if is_empty:
            yield Sent(name=str(path), source=path, folder=folder, problem=nothing_inside(path))

    def _new_room(self) -> Path:
        """Return a new folder for a packet."""
        if self.room is None:
            import tempfile

            from validator.leftovers import PREFIX, sweep_folders

            sweep_folders()
            self.room = self.own_room = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.packets += 1
        place = self.room / f"packet-{self.packets}"
        place.mkdir()
        return place

    def _no_room(self, fault: OSError) -> ValidatorError:
        name = str(self.room or os.environ.get("TMPDIR") or "TMPDIR")
        args = {"path": name, "detail": fault_detail(fault)}
        return ValidatorError(Problem(code="review/no-room", location=Location(file=name), args=args))


def _is_packet(path: Path) -> bool:
    if path.suffix.lower() in STRUCTURED:
        return False
    from validator.submissions.packet import is_packet

    return is_packet(path)

"""``--format`` and ``--output``: which formats a run is shown in, and where each goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import record
from validator.render.renderer import WITHOUT_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

    from validator.model.diagnostic import FileResult, RunResult
    from validator.render.finding import Writer
    from validator.render.printed_docx import DocxWriter

    Content = str | bytes | Iterator[str]
    """What is written: text, bytes, or the pieces of a text too long to be held at once."""

_STANDARD = "-"
_MOST_HELD = 1024 * 1024


@record
class Output:
    """A format, and the file it is written to (empty: standard output)."""

    format: str
    file: str = ""


def outputs(options: Any, known: Sequence[str], default: str) -> tuple[Output, ...]:
    """Return what the command line asks for; raises `ValidatorError` for what cannot be.

    ``--output`` names the file of the one format that has none of its own.
    """
    found = []
    for given in options.format or [default]:
        name, _, file = given.partition("=")
        if name not in known:
            raise _wrong("unknown-format", format=name, known=", ".join(known))
        found.append(Output(format=name, file="" if file == _STANDARD else file))
    if options.output and options.output != _STANDARD:
        open_ones = [each for each in found if not each.file]
        if not open_ones:
            raise _wrong("output-without-format", file=options.output)
        place = found.index(open_ones[0])
        found[place] = Output(format=open_ones[0].format, file=options.output)
    shown = [each.format for each in found if not each.file]
    if len(shown) > 1:
        raise _wrong("formats-clash", formats=", ".join(shown))
    return tuple(found)


def require_files(chosen: Sequence[Output], packages: Sequence[str]) -> None:
    """Raise `ValidatorError` for one of the formats *packages*, which no screen shows, without a file."""
    for each in chosen:
        if each.format in packages and not each.file:
            raise _wrong("format-needs-file", format=each.format)


def write_outputs(chosen: Sequence[Output], text_of: Callable[[Output], Content]) -> None:
    """Write each output: files first, so that what is shown comes last."""
    for each in sorted(chosen, key=lambda output: not output.file):
        text = text_of(each)
        if each.file:
            write_file(each.file, text)
        elif isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.writelines((text,) if isinstance(text, str) else text)


class Stream:
    """An output of a run that is written while the run goes on, in bounded memory.

    What is to be in a file, or comes after a head that only the end knows, is put by until the end.
    """

    def __init__(self, output: Output, writer: Writer, *, at_once: bool) -> None:
        self.output = output
        self._writer = writer
        self._at_once = at_once and not output.file and output.format in WITHOUT_HEAD
        self._put_by = _Spool()

    def file(self, told: FileResult) -> None:
        """Take what is told of one file."""
        text = self._writer.file(told)
        if self._at_once:
            sys.stdout.write(text)
        else:
            self._put_by.add(text)

    def pieces(self, run: RunResult) -> Iterator[str]:
        """Yield what is still to be written when all files were taken."""
        yield self._writer.head(run)
        yield from self._put_by.pieces()
        yield self._writer.tail(run)

    def close(self) -> None:
        """Let go of what was put by."""
        self._put_by.close()


class Package:
    """An output that is no text and made as a whole, once all files were taken."""

    def __init__(self, writer: DocxWriter) -> None:
        self._writer = writer

    def file(self, told: FileResult) -> None:
        """Take what is told of one file."""
        self._writer.file(told)

    def pieces(self, run: RunResult) -> bytes:
        """Return all of it."""
        return self._writer.made(run)

    def close(self) -> None:
        """Have nothing to let go of."""


class _Spool:
    """Text put by: a little of it in memory, much of it in a file of its own."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0
        self._file: IO[str] | None = None

    def add(self, text: str) -> None:
        self._held.append(text)
        self._size += len(text)
        if self._size > _MOST_HELD:
            if self._file is None:
                from tempfile import TemporaryFile

                self._file = TemporaryFile(  # noqa: SIM115 - it goes when the run does
                    "w+", encoding="utf-8", errors="surrogatepass", newline=""
                )
            self._file.writelines(self._held)
            self._held, self._size = [], 0

    def pieces(self) -> Iterator[str]:
        if self._file is not None:
            self._file.seek(0)
            while piece := self._file.read(_MOST_HELD):
                yield piece
        yield from self._held

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def write_file(name: str, text: Content) -> None:
    """Write *text* whole or not at all: whoever reads the file never sees half of it."""
    pieces = (text,) if isinstance(text, str | bytes) else text
    data = (each if isinstance(each, bytes) else each.encode("utf-8", "replace") for each in pieces)
    try:
        target = Path(name).resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as file:  # a pipe or a terminal, which cannot be replaced
                file.writelines(data)
        else:
            from validator.writing import replace_file

            replace_file(target, data)
    except (OSError, ValueError) as fault:
        raise _wrong("cannot-write-file", path=name, detail=fault_detail(fault)) from fault


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))

"""``--ticks OUT`` of ``check``: one document → a copy of it in which every figure bears a tick mark."""

from __future__ import annotations

import os
import sys
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.output import write_file
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.system_fault import fault_detail
from validator.readers.kind import PACKETS, is_document
from validator.readers.media_type import media_type_of
from validator.render.terminal import clean
from validator.render.ticks import PAGES, SUFFIXES, takes
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.cli.output import Output
    from validator.model.diagnostic import FileResult
    from validator.model.tick import Ticks

_READ_BY_PEOPLE = frozenset({"table", "plain"})


def refuse_ticks(options: Any, chosen: Sequence[Output]) -> None:
    """Raise `ValidatorError` for tick marks that cannot be made, before anything is read.

    They are made of one document, into a file of a format that it can be copied to.
    """
    out = options.ticks
    paths = tuple(dict.fromkeys(options.paths))
    if len(paths) != 1 or paths[0] == "-" or os.path.isdir(paths[0]):  # noqa: PTH112 - never raises
        raise _wrong("ticks-one-document", path=out)
    if options.no_claims:
        raise _wrong("ticks-without-claims")
    suffix = Path(out).suffix.lower()
    if suffix not in SUFFIXES:
        raise _wrong("ticks-suffix", path=out, known=", ".join(SUFFIXES))
    if os.path.isdir(out) or out in {each.file for each in chosen}:  # noqa: PTH112 - never raises
        raise _wrong("ticks-taken", path=out)
    if not os.path.isdir(os.path.dirname(out) or "."):  # noqa: PTH112, PTH120 - never raise
        raise _wrong("cannot-write-file", path=out, detail=fault_detail(FileNotFoundError(ENOENT, "")))
    _refuse_kind(Path(paths[0]), out, suffix)


def _refuse_kind(source: Path, out: str, suffix: str) -> None:
    """Refuse what is no document, or of another format; what cannot be opened is told when it is read."""
    try:
        media_type = media_type_of(source)
    except (OSError, ValueError):
        return
    if source.suffix.lower() in PACKETS or not is_document(source):
        raise _wrong("ticks-one-document", path=out)
    if suffix not in PAGES and not takes(suffix, media_type):
        raise _wrong("ticks-format", path=out, file=str(source))


class Ticker:
    """Takes the tick marks of a run, and writes the copy that bears them."""

    def __init__(self, options: Any) -> None:
        self._options = options
        self._ticks: Ticks | None = None

    def file(self, file: FileResult) -> None:
        """Take what is told of a file, if it is one that was judged."""
        if file.judged and file.ticks is not None:
            self._ticks = file.ticks

    def write(self) -> None:
        """Write the copy; raises `ValidatorError` if that cannot be. Without a document there is none."""
        if self._ticks is None:
            return
        data = made(self._options.paths[0], self._options.ticks, self._ticks, self._options)
        write_file(self._options.ticks, data)

    def tell(self, chosen: Sequence[Output]) -> None:
        """Say what was written and what came of all figures, beside what is for programs."""
        lang = self._options.lang
        if self._ticks is None:
            told = message("cli/ticks-not-made", lang, {"path": self._options.ticks})
            sys.stderr.write(clean(told) + "\n")
        elif not self._options.quiet:
            from validator.render.tick_words import tick_sum

            args = {"path": self._options.ticks, "sum": tick_sum(self._ticks, lang)}
            shown = [each.format for each in chosen if not each.file]
            to_people = all(each in _READ_BY_PEOPLE for each in shown)
            told = clean(message("cli/ticks-made", lang, args))
            (sys.stdout if to_people else sys.stderr).write(told + "\n")


def made(source: str, out: str, ticks: Ticks, options: Any) -> bytes:
    """Return the copy, made behind a wall: the document is a stranger's."""
    from validator.checking.wall import behind_wall, file_cost, loss_problem
    from validator.cli.given import given_by

    cost = file_cost(Path(source), given_by(options))
    found = behind_wall(_copy, (source, out, ticks, options.lang), cost, lambda loss: loss)
    if not isinstance(found, bytes):
        raise ValidatorError(loss_problem(found, source, cost))
    return found


def _copy(source: str, out: str, ticks: Ticks, lang: str) -> Any:
    from validator.readers.regular import open_regular
    from validator.render.ticks import ticked_copy

    with open_regular(source) as stream:
        data = stream.read()
    return ticked_copy(data, out, ticks, lang)


def _wrong(code: str, **args: object) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))

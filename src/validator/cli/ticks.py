"""``--ticks OUT`` of ``check``: a report → a copy of it in which every figure bears a tick mark."""

from __future__ import annotations

import os
import sys
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.output import write_file
from validator.diagnostics.shown import file_name
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
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

_MOST_DOCUMENTS = 2
"""A narrative and its appendix."""
_READ_BY_PEOPLE = frozenset({"table", "plain"})


def refuse_ticks(options: Any, chosen: Sequence[Output]) -> None:
    """Raise `ValidatorError` for tick marks that cannot be made, before anything is read.

    They are made of one report, a document or two, into a file of a format that one can be copied to.
    """
    out = options.ticks
    paths = tuple(dict.fromkeys(options.paths))
    if len(paths) > _MOST_DOCUMENTS or any(each == "-" or os.path.isdir(each) for each in paths):  # noqa: PTH112 - never raises
        raise _wrong("ticks-one-report", path=out)
    if options.no_claims:
        raise _wrong("ticks-without-claims")
    suffix = Path(out).suffix.lower()
    if suffix not in SUFFIXES:
        raise _wrong("ticks-suffix", path=out, known=", ".join(SUFFIXES))
    if os.path.isdir(out) or out in {each.file for each in chosen}:  # noqa: PTH112 - never raises
        raise _wrong("ticks-taken", path=out)
    if not os.path.isdir(os.path.dirname(out) or "."):  # noqa: PTH112, PTH120 - never raise
        raise _wrong("cannot-write-file", path=out, detail=fault_detail(FileNotFoundError(ENOENT, "")))
    copied = [_may_be_copied(Path(each), out, suffix) for each in paths]
    if not any(copied):
        raise _wrong("ticks-format", path=out, file=", ".join(paths))


def _may_be_copied(source: Path, out: str, suffix: str) -> bool:
    """Whether a document is of a format that can be copied; raises `ValidatorError` for what is none.

    What cannot be opened is told when it is read.
    """
    try:
        media_type = media_type_of(source)
    except (OSError, ValueError):
        return True
    if source.suffix.lower() in PACKETS or not is_document(source):
        raise _wrong("ticks-one-report", path=out)
    return takes(suffix, media_type)


class Ticker:
    """Takes the tick marks of a run, and writes the copy that bears them."""

    def __init__(self, options: Any) -> None:
        self._options = options
        self._is_pair = len(set(options.paths)) > 1
        self._found: list[Ticks] = []

    def file(self, file: FileResult) -> None:
        """Take what is told of a file, if it is one that was judged."""
        if file.judged and file.ticks is not None:
            self._found.append(file.ticks)

    @property
    def is_of_no_report(self) -> bool:
        """Whether two documents were given that are not one report."""
        return self._is_pair and not any(each.beside for each in self._found)

    @property
    def _ticks(self) -> Ticks | None:
        """The tick marks of the document that is copied, the first of the report that can be."""
        if self.is_of_no_report or not self._found:
            return None
        first, suffix = self._found[0], Path(self._options.ticks).suffix
        every = (first, *first.beside)
        return next((each for each in every if takes(suffix, each.document.media_type)), None)

    def write(self) -> None:
        """Write the copy; raises `ValidatorError` if that cannot be. Without a document there is none."""
        ticks = self._ticks
        if ticks is not None:
            data = made(ticks.document.file, self._options.ticks, ticks, self._options)
            write_file(self._options.ticks, data)

    def tell(self, chosen: Sequence[Output]) -> None:
        """Say what was written and what came of all figures, beside what is for programs."""
        lang, ticks = self._options.lang, self._ticks
        if ticks is None:
            key = "ticks-not-one-report" if self.is_of_no_report else "ticks-not-made"
            told = message(f"cli/{key}", lang, {"path": self._options.ticks})
            sys.stderr.write(clean(told) + "\n")
        elif not self._options.quiet:
            shown = [each.format for each in chosen if not each.file]
            to_people = all(each in _READ_BY_PEOPLE for each in shown)
            args = {"path": self._options.ticks, "sum": self._sum(ticks)}
            told = clean(message("cli/ticks-made", lang, args))
            (sys.stdout if to_people else sys.stderr).write(told + "\n")

    def _sum(self, ticks: Ticks) -> str:
        """The sum of what the copy shows, of two documents each with its name."""
        from validator.render.tick_words import tick_sum

        shown = (ticks, *ticks.beside) if Path(self._options.ticks).suffix.lower() in PAGES else (ticks,)
        sums = [(file_name(each.document.file), tick_sum(each, self._options.lang)) for each in shown]
        return "; ".join(f"{name}: {each}" if self._is_pair else each for name, each in sums)


def made(source: str, out: str, ticks: Ticks, options: Any) -> bytes:
    """Return the copy, made behind a wall: the document is a stranger's."""
    from validator.cli.given import given_by
    from validator.submissions.wall import behind_wall, file_cost, loss_problem

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

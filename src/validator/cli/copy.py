"""``--ticks OUT`` and ``--annotate OUT`` of ``check``: a copy that shows what was found."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.output import write_file
from validator.diagnostics.shown import file_name
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.model.record import evolve
from validator.readers.formats import FORMATS
from validator.readers.kind import PACKETS, is_document
from validator.readers.media_type import media_type_of
from validator.render.terminal import clean
from validator.render.ticks import OFFICE, PAGES, SUFFIXES, takes
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.cli.output import Output
    from validator.model.diagnostic import FileResult
    from validator.model.tick import Ticks
    from validator.render.annotate import AnnotatedCopy

_MOST_DOCUMENTS = 2
"""A narrative and its appendix."""
_READ_BY_PEOPLE = frozenset({"table", "plain"})


class Copier(ABC):
    """Takes what is found in a report, and writes a copy of its document that shows it."""

    option = ""
    suffixes: tuple[str, ...] = ()

    def __init__(self, options: Any, out: str) -> None:
        self.out = out
        self._options = options
        self._suffix = Path(out).suffix.lower()
        self._paths = tuple(dict.fromkeys(options.paths))
        self._found: list[FileResult] = []
        self._fault: ValidatorError | None = None

    def refuse(self, chosen: Sequence[Output], others: Sequence[str]) -> None:
        """Raise `ValidatorError` for a copy that cannot be made, before anything is read.

        It is made of one report, a document or two, into a file of a format that one can be copied to.
        """
        out, paths = self.out, self._paths
        if len(paths) > _MOST_DOCUMENTS or any(each == "-" or os.path.isdir(each) for each in paths):  # noqa: PTH112 - never raises
            raise self._wrong("copy-one-report", path=out)
        if self._suffix not in self.suffixes:
            raise self._wrong("copy-suffix", path=out, known=", ".join(self.suffixes))
        if os.path.isdir(out) or out in {*others, *(each.file for each in chosen)}:  # noqa: PTH112 - never raises
            raise self._wrong("copy-taken", path=out)
        if not os.path.isdir(os.path.dirname(out) or "."):  # noqa: PTH112, PTH120 - never raise
            raise self._wrong(
                "cannot-write-file", path=out, detail=fault_detail(FileNotFoundError(ENOENT, ""))
            )
        copied = [self._may_be_copied(Path(each)) for each in paths]
        if not any(copied):
            raise self._wrong("copy-format", path=out, file=", ".join(paths))

    def _may_be_copied(self, source: Path) -> bool:
        """Whether a document is of a format that can be copied; raises `ValidatorError` for what is none.

        What cannot be opened, or is behind a password or damaged, is told when it is read.
        """
        try:
            media_type = media_type_of(source)
        except (OSError, ValueError):
            return True
        if media_type not in FORMATS:
            return True
        if source.suffix.lower() in PACKETS or not is_document(source):
            raise self._wrong("copy-one-report", path=self.out)
        return takes(self._suffix, media_type)

    def file(self, file: FileResult) -> None:
        """Take what is told of a file, if it is one that was judged."""
        if file.judged:
            self._found.append(file)

    @property
    def is_of_no_report(self) -> bool:
        """Whether two documents were given that are not one report."""
        return len(self._paths) > 1 and len(self._found) > 1

    @property
    def has_failed(self) -> bool:
        """Whether there is no copy though one was asked for, of what could be read."""
        return self.is_of_no_report or self._fault is not None

    def write(self) -> None:
        """Write the copy, whole or not at all; what was found is told even where that cannot be."""
        try:
            made = None if self.is_of_no_report or not self._found else self.made(self._found[0])
            if made is not None:
                write_file(self.out, made)
        except ValidatorError as fault:
            self._fault = fault

    def tell(self, chosen: Sequence[Output]) -> None:
        """Say what was written and what it shows, beside what is for programs."""
        lang = self._options.lang
        if self._fault is not None:
            from validator.cli.problems import problems_text

            sys.stderr.write(problems_text((self._fault.problem,), lang))
            return
        told = "" if self.is_of_no_report or not self._found else self.told(self._found[0])
        if not told:
            key = "copy-not-one-report" if self.is_of_no_report else "copy-not-made"
            args = {"path": self.out, "option": self.option}
            sys.stderr.write(clean(message(f"cli/{key}", lang, args)) + "\n")
        elif not self._options.quiet:
            shown = [each.format for each in chosen if not each.file]
            to_people = all(each in _READ_BY_PEOPLE for each in shown)
            (sys.stdout if to_people else sys.stderr).write(clean(told) + "\n")

    @abstractmethod
    def made(self, file: FileResult) -> bytes | None:
        """Return the copy that shows what was found in *file*, None where no document can be copied."""

    @abstractmethod
    def told(self, file: FileResult) -> str:
        """Say what the copy shows, nothing where there is none."""

    def _behind_wall(self, work: Callable[..., Any], source: str, *given: Any) -> Any:
        """Return the copy, made behind a wall: the document is a stranger's."""
        from validator.cli.given import given_by
        from validator.submissions.wall import behind_wall, file_cost, loss_problem
        from validator.submissions.worker import Loss

        cost = file_cost(Path(source), given_by(self._options))
        given = (source, self.out, *given, self._options.lang)
        found = behind_wall(work, given, cost, lambda loss: loss)
        if isinstance(found, Loss):
            raise ValidatorError(loss_problem(found, source, cost))
        return found

    def _wrong(self, code: str, **args: object) -> ValidatorError:
        args["option"] = self.option
        return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args=args))


class Ticker(Copier):
    """Makes the copy in which every figure bears a tick mark."""

    option = "--ticks"
    suffixes = SUFFIXES

    def refuse(self, chosen: Sequence[Output], others: Sequence[str]) -> None:  # type: ignore[explicit-override]  # typing.override is 3.12's
        """Refuse, besides, not to read the prose whose figures are to be ticked."""
        if self._options.no_claims:
            raise self._wrong("ticks-without-claims")
        super().refuse(chosen, others)

    def made(self, file: FileResult) -> bytes | None:  # type: ignore[explicit-override]
        """Return the copy of the document that takes tick marks."""
        ticks = self._ticks(file)
        return None if ticks is None else self._behind_wall(_ticked, ticks.document.file, ticks)

    def told(self, file: FileResult) -> str:  # type: ignore[explicit-override]
        """Say how many figures are of each kind, of two documents each with its name."""
        from validator.render.tick_words import tick_sum

        ticks, lang = self._ticks(file), self._options.lang
        if ticks is None:
            return ""
        shown = (ticks, *ticks.beside) if self._suffix in PAGES else (ticks,)
        sums = [(file_name(each.document.file), tick_sum(each, lang)) for each in shown]
        told = "; ".join(f"{name}: {each}" if len(self._paths) > 1 else each for name, each in sums)
        return message("cli/ticks-made", lang, {"path": self.out, "sum": told})

    def _ticks(self, file: FileResult) -> Ticks | None:
        """The tick marks of the document that is copied, the first of the report that can be."""
        every = () if file.ticks is None else (file.ticks, *file.ticks.beside)
        return next((each for each in every if takes(self._suffix, each.document.media_type)), None)


class Annotator(Copier):
    """Makes the copy in which each finding is a comment on its main figure."""

    option = "--annotate"
    suffixes = tuple(OFFICE)
    _left_out: tuple[str, ...] = ()

    def made(self, file: FileResult) -> bytes | None:  # type: ignore[explicit-override]
        """Return the copy of the document that takes comments."""
        source = self._source(file)
        if source is None:
            return None
        copy: AnnotatedCopy = self._behind_wall(_annotated, source, evolve(file, ticks=None, path=source))
        self._left_out = copy.left_out
        return copy.data

    def told(self, file: FileResult) -> str:  # type: ignore[explicit-override]
        """Say how many findings the copy tells of, and what of the document it leaves out."""
        from validator.render.finding import findings

        if self._source(file) is None:
            return ""
        lang = self._options.lang
        args = {"path": self.out, "count": len(findings(file))}
        made = message("cli/annotate-made", lang, args)
        what = ", ".join(message(f"annotate/{each}", lang) for each in self._left_out)
        return f"{made}. {message('annotate/summary-inactive', lang, {'what': what})}" if what else made

    def _source(self, file: FileResult) -> str | None:
        """The document of the report that is copied."""
        documents = (file.path, *file.parts)
        return next((each for each in documents if takes(self._suffix, media_type_of(Path(each)))), None)


_COPIERS: tuple[type[Copier], ...] = (Ticker, Annotator)


def copiers_of(options: Any) -> tuple[Copier, ...]:
    """Return who makes the copies that are asked for."""
    outs = [(each, getattr(options, each.option.strip("-"))) for each in _COPIERS]
    return tuple(each(options, out) for each, out in outs if out)


def _ticked(source: str, out: str, ticks: Ticks, lang: str) -> Any:
    from validator.render.ticks import ticked_copy

    return ticked_copy(_bytes_of(source), out, ticks, lang)


def _annotated(source: str, out: str, file: FileResult, lang: str) -> Any:
    from validator.render.annotate import annotated_copy

    # What cannot be copied into a file of this ending was refused before.
    return annotated_copy(_bytes_of(source), OFFICE[Path(out).suffix.lower()], file, lang)


def _bytes_of(source: str) -> bytes:
    from validator.readers.regular import open_regular

    with open_regular(source) as stream:
        return stream.read()

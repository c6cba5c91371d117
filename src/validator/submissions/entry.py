"""A file that was read: with all that judging needs, and as far as joining needs to know it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.record import field, record
from validator.model.report import Period, Report, Unit

if TYPE_CHECKING:
    from validator.claims import ClaimsResult
    from validator.model.diagnostic import FileResult
    from validator.model.document import Document
    from validator.model.problem import Problem
    from validator.model.reach import Reach
    from validator.model.review import Part

_HEAD_BLOCKS = 15
_SUFFIX = r"\.\w*$"


@record
class Reading:
    """A file that was read; without a report it cannot be judged and ``problems`` say why.

    ``source`` is where it lies, None for bytes, ``place`` the folder or zip it came in. ``claims`` are those
    of a document's prose, None where they are not asked for. ``digest`` is that of a document's bytes, where
    somebody asks for it. ``parts`` are other files whose figures are in the report, ``beside`` these as they
    were read. Whether the unit of the report ``is_declared`` is said by a list of units, where there is one;
    ``candidates`` are those of it between which nothing decides, ``by_file`` another one that the name of
    the file names, ``former`` one that came of the unit named.
    """

    path: str
    source: Path | None = None
    place: str = ""
    report: Report | None = None
    problems: tuple[Problem, ...] = ()
    reach: Reach | None = None
    document: Document | None = None
    claims: ClaimsResult | None = None
    digest: str = ""
    parts: tuple[Part, ...] = ()
    beside: tuple[Document, ...] = ()
    is_declared: bool = False
    candidates: tuple[str, ...] = ()
    by_file: str = ""
    former: str = ""

    @property
    def sources(self) -> tuple[Path, ...]:
        """Where it lies with all its parts."""
        own = () if self.source is None else (self.source,)
        return (*own, *(Path(each.source) for each in self.parts if each.source))

    @property
    def is_readable(self) -> bool:
        """Whether there is anything to check: a report, or a document without a known form."""
        return self.report is not None or (self.document is not None and not self._is_refused)

    @property
    def _is_refused(self) -> bool:
        return any(problem.code == "document/unknown-form" for problem in self.problems)


@record
class Shape:
    """What a document is made of: figures in running text, rows of figures, sheets.

    ``names`` are the lines of its head that name an office, folded, whether or not one was recognised.
    """

    prose: int = 0
    rows: int = 0
    is_sheet: bool = False
    names: tuple[str, ...] = ()

    @property
    def is_narrative(self) -> bool:
        """Whether it has figures in running text; a workbook whose rows were not recognised is none."""
        return self.prose > 0 and not self.is_sheet

    @property
    def is_appendix(self) -> bool:
        """Whether it is rows of figures without a narrative, as offices send beside one."""
        return not self.prose and (self.is_sheet or self.rows > 0)

    def goes_with(self, narrative: Shape) -> bool:
        """Whether it may be the appendix of a narrative; one in Word only of a narrative without rows."""
        is_free = self.is_sheet or not narrative.rows
        return self.is_appendix and narrative.is_narrative and is_free


def shape_of(document: Document | None, reach: Reach | None) -> Shape:
    """Return what a file that was read is made of; a structured report is neither."""
    if document is None or reach is None:
        return Shape()
    from validator.readers.formats import FORMATS

    form = FORMATS.get(document.media_type)
    names = () if reach.figures else _names(document)
    return Shape(
        prose=reach.figures, rows=reach.rows_bound, is_sheet=form is not None and form.is_sheet, names=names
    )


def _names(document: Document) -> tuple[str, ...]:
    from validator.binding.head import with_letterhead
    from validator.binding.recognition import load_recognition
    from validator.text.fold import folded

    known = load_recognition()
    starts = (*known.committee, *(f"{word} " for word, _ in known.levels))
    lines = (folded(each.text) for each in with_letterhead(document)[:_HEAD_BLOCKS])
    return tuple(line for line in lines if line.startswith(starts))


@record
class Entry:
    """One file that was taken in.

    ``key`` names its records on a shelf, where there is one; ``unread`` says of a file without a report why
    there is none. ``candidates`` are the units between which nothing decided, ``by_file`` is another
    unit that the name of the file names, ``former`` one that came of the unit that it bears the name of.
    ``digest`` is that of the figures, where versions are told apart. ``shape`` tells a narrative from its
    appendix, ``place`` is where the file lay: the folder or the zip, the same for all that were named
    themselves. ``is_other`` marks a file of a folder that is no report at all.
    """

    path: str
    key: str = ""
    unit: Unit = field(default_factory=Unit)
    is_declared: bool = False
    candidates: tuple[str, ...] = ()
    by_file: str = ""
    former: str = ""
    shape: Shape = field(default_factory=Shape)
    place: str = ""
    form: str = ""
    period: Period = field(default_factory=Period)
    submitted: date | None = None
    digest: str = ""
    unread: FileResult | None = None
    is_other: bool = False


def entry_of(reading: Reading, *, key: str = "", digest: str = "") -> Entry:
    """Return what a file that was read tells of the report it belongs to."""
    report = reading.report or Report()
    return Entry(
        path=reading.path,
        key=key,
        unit=report.unit,
        is_declared=reading.is_declared,
        candidates=reading.candidates,
        by_file=reading.by_file,
        former=reading.former,
        shape=shape_of(reading.document, reading.reach),
        place=reading.place,
        form=report.form or "",
        period=report.period,
        submitted=report.submitted,
        digest=digest,
    )


def unit_key(file: Entry) -> str:
    """Return what tells the unit of a file from others; one whose unit is not known is its own."""
    if file.candidates:
        return f"file:{file.path}"
    if file.is_declared or not file.unit.name:
        return file.unit.id or f"file:{file.path}"
    from validator.text.fold import spelled

    # The id of a document is made from its name without marks and level: others may have the same.
    name = " ".join(spelled(file.unit.name))
    return f"{file.unit.id} {name if any(map(str.isalpha, name)) else file.unit.name}"


def version_order(submitted: date | None, path: str) -> tuple[date, list[tuple[int, int | str]], str]:
    """Return by what versions are ordered: the day they bear, then their names as people count."""
    # Without the suffix: `a.docx` comes before `a-2.docx`.
    parts = re.split(r"(\d+)", re.sub(_SUFFIX, "", path).casefold())
    natural: list[tuple[int, int | str]] = [
        (1, int(part[:18])) if part.isdigit() else (0, part) for part in parts if part
    ]
    return submitted or date.min, natural, path

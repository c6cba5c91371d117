"""A narrative and its appendix, sent as two files: one report, whose figures are held against each other.

Every command asks here which files are one report: check, review, rollup, accept and compare.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, TypeVar

from validator.engine.period import period_key
from validator.model.record import evolve, record
from validator.model.review import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.checking.reading import Reading
    from validator.claims import ClaimsResult
    from validator.model.document import Document
    from validator.model.reach import Reach
    from validator.model.report import Period, Report, Unit

_HEAD_BLOCKS = 15
_SUFFIX = re.compile(r"\.\w*$")


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
    from validator.readers import media_type as media

    is_sheet = document.media_type in (media.XLSX, media.XLS, media.XLSB, media.ODS, media.CSV)
    names = () if reach.figures else _names(document)
    return Shape(prose=reach.figures, rows=reach.rows_bound, is_sheet=is_sheet, names=names)


def _names(document: Document) -> tuple[str, ...]:
    from validator.binding.head import with_letterhead
    from validator.binding.recognition import load_recognition
    from validator.text.fold import folded

    known = load_recognition()
    starts = (*known.committee, *(f"{word} " for word, _ in known.levels))
    lines = (folded(each.text) for each in with_letterhead(document)[:_HEAD_BLOCKS])
    return tuple(line for line in lines if line.startswith(starts))


class Piece(Protocol):
    """A file as far as it tells which report it belongs to.

    ``place`` is the folder or the zip it came in, the same for all that were named themselves.
    """

    @property
    def path(self) -> str:
        """The name it goes by."""

    @property
    def place(self) -> str:
        """Where it lay."""

    @property
    def unit(self) -> Unit:
        """Whose it is, as far as it says."""

    @property
    def is_declared(self) -> bool:
        """Whether the unit is one of a list."""

    @property
    def candidates(self) -> tuple[str, ...]:
        """The units between which nothing decided."""

    @property
    def form(self) -> str:
        """The form it is of."""

    @property
    def period(self) -> Period:
        """The period it is of."""

    @property
    def submitted(self) -> date | None:
        """The day it bears."""

    @property
    def shape(self) -> Shape:
        """What it is made of."""


P = TypeVar("P", bound=Piece)


@record
class File:
    """A file of which nothing else is known: the plainest `Piece`."""

    path: str
    place: str = ""
    unit: Unit
    is_declared: bool = False
    candidates: tuple[str, ...] = ()
    form: str = ""
    period: Period
    submitted: date | None = None
    shape: Shape


def file_of(report: Report, shape: Shape, path: str, place: str, *, is_declared: bool = False) -> File:
    """Return what a report that was read from *path* tells of the report it belongs to."""
    return File(
        path=path,
        place=place,
        unit=report.unit,
        is_declared=is_declared,
        form=report.form or "",
        period=report.period,
        submitted=report.submitted,
        shape=shape,
    )


def pairs(files: Sequence[P]) -> tuple[tuple[P, P], ...]:
    """Return the narratives with their appendices: of one unit, form and period, the newest of each."""
    owner = {id(each): owner for each, owner in _owners(files)}
    groups: dict[tuple[str, str], list[P]] = defaultdict(list)
    for each in files:
        groups[unit_key(owner.get(id(each), each)), each.form].append(each)
    return tuple(pair for found in groups.values() for pair in _paired(found))


def adopted(files: Sequence[P]) -> Iterator[tuple[P, P | None]]:
    """Yield each file with the narrative whose unit and period it takes over, None if it says its own."""
    owner = {id(each): owner for each, owner in _owners(files)}
    for each in files:
        yield each, owner.get(id(each))


def _owners(files: Sequence[P]) -> Iterator[tuple[P, P]]:
    """Yield the appendices that name no unit with the narrative of the one unit that lies beside them."""
    beside: dict[str, list[P]] = defaultdict(list)
    for each in files:
        beside[each.place].append(each)
    for found in beside.values():
        nameless = [each for each in found if each.shape.is_appendix and _is_nameless(each)]
        for each in nameless[:1] if len(nameless) == 1 else ():
            fitting = [one for one in found if _goes_with(each, one)]
            if len({unit_key(one) for one in fitting}) == 1 and _may_name(each.shape.names, fitting[0].unit):
                yield each, _newest(fitting)


def _paired(files: Sequence[P]) -> Iterator[tuple[P, P]]:
    narratives: dict[object, list[P]] = defaultdict(list)
    for each in files:
        if each.shape.is_narrative:
            narratives[period_key(each.period)].append(each)
    for found in narratives.values():
        newest = _newest(found)
        fitting = [each for each in files if _goes_with(each, newest)]
        sure = [each for each in fitting if period_key(each.period) is not None]
        if sure or (fitting and len(narratives) == 1):
            yield newest, _newest(sure or fitting)


def _goes_with(appendix: Piece, narrative: Piece) -> bool:
    return (
        appendix.shape.goes_with(narrative.shape)
        and appendix.form == narrative.form
        and _may_be_same(appendix.period, narrative.period)
    )


def _may_name(lines: tuple[str, ...], unit: Unit) -> bool:
    """Whether the head of a file names a unit, or nobody at all."""
    from validator.text.fold import folded

    return not lines or bool(unit.name and any(folded(unit.name) in line for line in lines))


def _may_be_same(one: Period, other: Period) -> bool:
    keys = period_key(one), period_key(other)
    if None not in keys:
        return keys[0] == keys[1]
    return one.kind is None or other.kind is None or one.kind == other.kind


def _is_nameless(file: Piece) -> bool:
    return not (file.unit.id or file.unit.name or file.candidates)


def _newest(files: Iterable[P]) -> P:
    return max(files, key=lambda each: version_order(each.submitted, each.path))


def unit_key(file: Piece) -> str:
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
    parts = re.split(r"(\d+)", _SUFFIX.sub("", path).casefold())
    natural: list[tuple[int, int | str]] = [
        (1, int(part[:18])) if part.isdigit() else (0, part) for part in parts if part
    ]
    return submitted or date.min, natural, path


def with_appendix(main: Reading, appendix: Reading) -> Reading:
    """Return *main* with what its *appendix* states: each field's statements of the narrative come first."""
    if main.report is None or appendix.report is None or appendix.document is None:
        return main
    from validator.model.reach import reach_of

    part = Part(
        path=appendix.path,
        media_type=appendix.document.media_type,
        digest=appendix.digest,
        source=str(appendix.source or ""),
    )
    reaches = [each.reach for each in (main, appendix) if each.reach is not None]
    return evolve(
        main,
        report=joined_report(main.report, appendix.report),
        problems=(*main.problems, *appendix.problems),
        reach=reach_of(reaches),
        parts=(*main.parts, part),
        beside=(*main.beside, appendix.document),
        claims=_both(main.claims, appendix.claims),
    )


def _both(one: ClaimsResult | None, other: ClaimsResult | None) -> ClaimsResult | None:
    if one is None or other is None:
        return one or other
    return evolve(
        one,
        claims=(*one.claims, *other.claims),
        unchecked=(*one.unchecked, *other.unchecked),
        figures=(*one.figures, *other.figures),
    )


def joined_report(main: Report, appendix: Report) -> Report:
    """Return the one report that a narrative and its appendix are."""
    paths = dict.fromkeys((*main.cells, *appendix.cells))
    cells = {path: (*main.cells.get(path, ()), *appendix.cells.get(path, ())) for path in paths}
    is_whole = main.is_whole and appendix.is_whole
    tables, parts = ({**appendix.tables, **main.tables}, {**main.parts, **appendix.parts})
    return evolve(main, cells=cells, tables=tables, is_whole=is_whole, parts=parts)


def with_part(reading: Reading) -> Reading:
    """Return *reading* with a report that says which part of it the file is, where it is one."""
    shape = shape_of(reading.document, reading.reach)
    part = "appendix" if shape.is_appendix else "narrative" if shape.is_narrative else ""
    if reading.report is None or not part:
        return reading
    parts = {part: PurePath(reading.path).name}
    return evolve(reading, report=evolve(reading.report, parts=parts))


def missing_part(reading: Reading) -> str:
    """Return which part may be still to come; nothing where there are both, or rows in the narrative."""
    shape = shape_of(reading.document, reading.reach)
    if reading.parts or reading.report is None or (shape.rows and shape.is_narrative):
        return ""
    return {"appendix": "narrative", "narrative": "appendix"}.get("".join(reading.report.parts), "")

"""A narrative and its appendix, sent as two files: one report, whose figures are held against each other.

Every command asks here which files are one report: check, review, rollup, accept and compare.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from validator.engine.period import period_key
from validator.model.record import evolve
from validator.model.review import Part
from validator.submissions.entry import shape_of, unit_key, version_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims import ClaimsResult
    from validator.model.report import Period, Report, Unit
    from validator.submissions.entry import Entry, Reading


def pairs(files: Sequence[Entry]) -> tuple[tuple[Entry, Entry], ...]:
    """Return the narratives with their appendices: of one unit, form and period, the newest of each."""
    owner = {id(each): owner for each, owner in _owners(files)}
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for each in files:
        groups[unit_key(owner.get(id(each), each)), each.form].append(each)
    return tuple(pair for found in groups.values() for pair in _paired(found))


def adopted(files: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the files, an appendix that does not say whose or of when it is as that of its narrative."""
    owner = {id(each): owner for each, owner in _owners(files)}
    named = [_owned(each, owner.get(id(each))) for each in files]
    beside = {appendix.path: narrative for narrative, appendix in pairs(named)}
    return tuple(_dated(each, beside.get(each.path)) for each in named)


def _owned(entry: Entry, narrative: Entry | None) -> Entry:
    if narrative is None:
        return entry
    found = evolve(entry, unit=narrative.unit, is_declared=narrative.is_declared)
    return _dated(found, narrative)


def _dated(entry: Entry, narrative: Entry | None) -> Entry:
    is_undated = narrative is not None and period_key(entry.period) is None
    return evolve(entry, period=narrative.period) if is_undated and narrative is not None else entry


def _owners(files: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield the appendices that name no unit with the narrative of the one unit that lies beside them."""
    beside: dict[str, list[Entry]] = defaultdict(list)
    for each in files:
        beside[each.place].append(each)
    for found in beside.values():
        nameless = [each for each in found if each.shape.is_appendix and _is_nameless(each)]
        for each in nameless[:1] if len(nameless) == 1 else ():
            fitting = [one for one in found if _goes_with(each, one)]
            if len({unit_key(one) for one in fitting}) == 1 and _may_name(each.shape.names, fitting[0].unit):
                yield each, _newest(fitting)


def _paired(files: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    narratives: dict[object, list[Entry]] = defaultdict(list)
    for each in files:
        if each.shape.is_narrative:
            narratives[period_key(each.period)].append(each)
    for found in narratives.values():
        newest = _newest(found)
        fitting = [each for each in files if _goes_with(each, newest)]
        sure = [each for each in fitting if period_key(each.period) is not None]
        if sure or (fitting and len(narratives) == 1):
            yield newest, _newest(sure or fitting)


def _goes_with(appendix: Entry, narrative: Entry) -> bool:
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


def _is_nameless(file: Entry) -> bool:
    return not (file.unit.id or file.unit.name or file.candidates)


def _newest(files: Iterable[Entry]) -> Entry:
    return max(files, key=lambda each: version_order(each.submitted, each.path))


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

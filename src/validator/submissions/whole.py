"""Files, folders and zips → the reports in them, a narrative and its appendix in one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.engine.period import period_key
from validator.model.record import record
from validator.packs.forms import form_of
from validator.submissions.appendix import adopted, pairs, with_appendix, with_part
from validator.submissions.archive import values_digest
from validator.submissions.entry import entry_of
from validator.submissions.gathering import gathering
from validator.submissions.reading import is_no_report, read_sent
from validator.submissions.versions import versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from validator.model.report import Period
    from validator.submissions.choice import Choice
    from validator.submissions.entry import Entry, Reading
    from validator.submissions.versions import Versions


@record
class Delivery:
    """What was handed in, each report once: the version that counts.

    ``superseded`` are files that do not count, each with the one that does, or whose figures it repeats.
    ``left`` are files of kinds that are not read.
    """

    reports: tuple[Reading, ...]
    superseded: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def whole_reports(sources: Sequence[str | Path], choice: Choice) -> tuple[Reading, ...]:
    """Return what *sources* hold, in their order; what cannot be read says why.

    What a folder or a zip holds besides that is no report is left out. Units are those of the list
    of *choice*.
    """
    found, _ = _read(sources, choice)
    return _joined(found)


def delivered(sources: Sequence[str | Path], choice: Choice) -> Delivery:
    """Return the reports that *sources* hold; of several versions in folders and zips the newest alone.

    Files that somebody named are all meant, also if they are versions of one report.
    """
    found, left = _read(sources, choice)
    named = {path: each for path, each in found.items() if not each.place}
    others = {path: each for path, each in found.items() if each.place}
    reports = list(_joined(named))
    superseded: list[tuple[str, str]] = []
    for each in _versions(others, choice):
        main = others.pop(each.current.path)
        for older in each.older:
            del others[older.path]
            superseded.append((older.path, each.current.path))
        for one, same in each.repeats:
            del others[one.path]
            superseded.append((one.path, same.path))
        if each.appendix is not None:
            main = with_appendix(main, others.pop(each.appendix.path))
        reports.append(main)
    reports += others.values()
    order = {path: place for place, path in enumerate(found)}
    reports.sort(key=lambda each: order[each.path])
    return Delivery(reports=tuple(reports), superseded=tuple(sorted(superseded)), left=left)


def _read(sources: Sequence[str | Path], choice: Choice) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Return the files by their names, each saying which part of a report it is, and those of other kinds."""
    found: dict[str, Reading] = {}
    with gathering(sources, units=choice.units) as gathered:
        for sent in gathered.files:
            reading = read_sent(sent, choice)
            codes = [each.code for each in reading.problems]
            if reading.report is not None or sent.was_named or not is_no_report(sent.name, codes):
                found[sent.name] = with_part(reading)
    return found, gathered.left


def _joined(found: dict[str, Reading]) -> tuple[Reading, ...]:
    """Return files, a narrative and its appendix as one."""
    whole = dict(found)
    files = [entry_of(each) for each in found.values() if each.report is not None]
    for narrative, appendix in pairs(files):
        whole[narrative.path] = with_appendix(whole[narrative.path], whole.pop(appendix.path))
    return tuple(whole.values())


def _versions(found: dict[str, Reading], choice: Choice) -> Iterator[Versions]:
    """Yield what each unit handed in for each period."""
    entries = adopted(
        [
            entry_of(each, digest=values_digest(each.report, form_of(each.report, choice.packs)))
            for each in found.values()
            if each.report is not None
        ]
    )
    periods: dict[object, list[Entry]] = defaultdict(list)
    for each in entries:
        periods[_which(each.period) or each.path].append(each)
    for group in periods.values():
        yield from versions(group)


def _which(period: Period) -> object:
    days = (period.start, period.end)
    return period_key(period) or (days if all(days) else None)

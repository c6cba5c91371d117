"""Entries of one period → what each unit sent: the version that counts, its appendix, those before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from validator.engine.period import period_key
from validator.model.record import evolve, record
from validator.model.report import Period
from validator.submissions.appendix import pairs
from validator.submissions.entry import unit_key, version_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.report import Unit
    from validator.submissions.entry import Entry


@record
class Versions:
    """What one unit sent of one form for one period: the version that counts, and those before it.

    ``repeats`` are files that hold the same figures as another; ``doubt`` says why it is not sure
    which version is the newest (``same-date``, ``undated``), or is empty. ``appendix`` is a file that
    holds the figures of the report beside its narrative.
    """

    unit: Unit
    form: str
    current: Entry
    older: tuple[Entry, ...] = ()
    repeats: tuple[tuple[Entry, Entry], ...] = ()
    doubt: str = ""
    appendix: Entry | None = None


def versions(entries: Iterable[Entry]) -> tuple[Versions, ...]:
    """Return what each unit sent, from entries of one period."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[unit_key(entry), entry.form].append(entry)
    return tuple(_of_unit(found) for found in groups.values())


def _of_unit(entries: list[Entry]) -> Versions:
    """Return the versions of a report; an appendix that came with a narrative is none."""
    pair = next(iter(pairs(entries)), None)
    if pair is None:
        return _versions(entries)
    appendices = [entry for entry in entries if entry.shape.goes_with(pair[0].shape)]
    found = _versions([entry for entry in entries if entry not in appendices])
    beside = _versions(appendices)
    if not found.current.shape.is_narrative:
        return _versions(entries)
    return evolve(
        found,
        appendix=beside.current,
        older=(*found.older, *beside.older),
        repeats=(*found.repeats, *beside.repeats),
    )


def _versions(entries: list[Entry]) -> Versions:
    # What does not say its days may fill a hole, but never takes the place of what does.
    ordered = sorted(
        entries,
        key=lambda entry: (period_key(entry.period) is not None, *version_order(entry.submitted, entry.path)),
    )
    kept: list[Entry] = []
    repeats: list[tuple[Entry, Entry]] = []
    for entry in reversed(ordered):
        same = next((each for each in kept if each.digest == entry.digest), None)
        if same is None:
            kept.append(entry)
        else:
            repeats.append((entry, same))
    current, *older = kept
    doubt = ""
    if older and (current.submitted is None or older[0].submitted is None):
        doubt = "undated"
    elif older and current.submitted == older[0].submitted:
        doubt = "same-date"
    return Versions(
        unit=current.unit,
        form=current.form,
        current=current,
        older=tuple(older),
        repeats=tuple(repeats),
        doubt=doubt,
    )


def main_period(periods: Iterable[Period]) -> Period | None:
    """Return the period that most are of, the one that ends last of several; None if none is known.

    Days that are no usual period count only where no others are told.
    """
    stated = [each for each in periods if each.start is not None and each.end is not None]
    known = [each for each in stated if period_key(each) is not None] or stated
    counts = Counter(map(_which, known))
    return max(known, key=lambda each: (counts[_which(each)], each.end or date.min), default=None)


def _which(period: Period) -> object:
    return period_key(period) or (period.start, period.end)


def is_of(period: Period, wanted: Period) -> bool:
    """Whether a period is the one wanted: by the days if those are of no usual period."""
    key = period_key(wanted)
    if key is None:
        return (period.start, period.end) == (wanted.start, wanted.end)
    return period_key(period) == key


def usual_window(periods: Iterable[Period]) -> Period:
    """Return the days that most state of one period, the latest of several: they may differ by some days."""
    every = tuple(periods)
    counts = Counter(map(_window, every))
    usual = max(every, key=lambda each: (counts[_window(each)], _window(each)), default=Period())
    return Period(kind=usual.kind, start=usual.start, end=usual.end)


def _window(period: Period) -> tuple[date, date, str]:
    return period.end or date.min, period.start or date.min, period.kind or ""

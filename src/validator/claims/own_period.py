"""What a document calls its own period: title, data, opening and closing are held against each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.binding.head_period import named_periods, title_lines, window_of
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.model.report import Period
from validator.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from validator.binding.recognition import Recognition
    from validator.claims.prose import Prose
    from validator.text.passage import Passage

# The title and what follows it stand among so many passages.
_HEAD = 16
_LONGEST = 160
_YEAR = "year"
_CUMULATIVE = ("half_year", "nine_months")


def find_own_periods(prose: Prose, known: Recognition) -> Iterator[Claim]:
    """Yield where opening, closing, headings or data are of another period than the title.

    A year that holds the title's period agrees with it. What is planned, and the same period of
    other years where the text compares with them, is not looked at.
    """
    head = [folded(each.text) for each in prose.passages[:_HEAD]]
    title = title_lines(head, known)
    own = named_periods(title, known)
    if not own:
        return
    yield from _of_the_data(prose, head, own, known)
    for index, passage in enumerate(prose.passages):
        if text := _speaks_of_itself(passage, index, known):
            is_title = index >= _HEAD and not text.startswith(known.closing)
            agrees = _may_head if is_title else _agrees
            named = named_periods([text], known)
            if named and not any(agrees(one, other) for one in named for other in own):
                yield _claim(passage, "period-differs", own[0], named[0])
        elif index >= len(title):
            yield from _assigned(passage, own, known)


def _speaks_of_itself(passage: Passage, index: int, known: Recognition) -> str:
    """The words of a passage that name the period of the report itself; empty if it does not."""
    text = folded(passage.text)
    if text.startswith(known.closing):
        return text
    if index >= _HEAD and _is_title(passage) and not known.compares.search(text):
        return text
    opening = max((text.rfind(f" {word} ") for word in known.titles[:1]), default=-1)
    if index < _HEAD and opening >= 0 and any(word in text[opening:] for word in known.follows[:1]):
        return text[opening:]
    return ""


def _is_title(passage: Passage) -> bool:
    return len(passage.text) <= _LONGEST and passage.text.isupper() and not passage.in_table


def _of_the_data(
    prose: Prose, head: Sequence[str], own: tuple[Period, ...], known: Recognition
) -> Iterator[Claim]:
    """The days of the data against the title: at least half of them are in the period."""
    window = window_of(head, known, prose.vocabulary.notation)
    if window is None:
        return
    start, end = window
    days = (end - start).days + 1
    for each in own:
        if each.start is None or each.end is None:
            continue
        if 2 * ((min(end, each.end) - max(start, each.start)).days + 1) >= days:
            return
    place = next(n for n in range(len(head)) if window_of(head[: n + 1], known, prose.vocabulary.notation))
    yield _claim(prose.passages[place], "window-differs-from-period", own[0], (start, end))


def _assigned(passage: Passage, own: tuple[Period, ...], known: Recognition) -> Iterator[Claim]:
    """A figure said to be set for another year, where nothing compares two years."""
    if not passage.has_digits:
        return
    text = folded(passage.text)
    years = {each.end.year for each in own if each.end is not None}
    for found in known.set_for_year.finditer(text):
        year = int(found[1])
        near = text[max(0, text.rfind(". ", 0, found.start())) :]
        near = near[: near.find(". ", found.end()) if near.find(". ", found.end()) > 0 else None]
        others = {int(each) for each in re.findall(r"\b(?:19|20)[0-9]{2}\b", near)}
        if year + 1 in years and not others & years and not known.compares.search(near):
            yield _claim(passage, "year-differs-from-period", own[0], str(year))


def _agrees(one: Period, own: Period) -> bool:
    if one.start is None or one.end is None or own.start is None or own.end is None:
        return True
    if one.kind == _YEAR:
        return one.start <= own.start and own.end <= one.end
    return (one.kind, one.start) == (own.kind, own.start)


def _may_head(one: Period, own: Period) -> bool:
    """Whether a heading within the text may name a period: another year, one to come, a part, the whole.

    Nobody has figures of what begins after the report's period: it is what the report plans.
    """
    if one.kind == _YEAR or _agrees(one, own):
        return True
    if one.start is None or one.end is None or own.start is None or own.end is None:
        return True
    is_later = one.start > own.end
    is_part = own.start <= one.start and one.end <= own.end and one.kind not in _CUMULATIVE
    is_whole = one.start <= own.start and own.end == one.end
    return is_later or is_part or is_whole


def _claim(passage: Passage, reason: str, own: Period, named: Period | tuple[date, date] | str) -> Claim:
    last = min(len(passage.text), _LONGEST)
    place = passage.place(0, last)
    shown = _shown(own), named if isinstance(named, str) else _shown(named)
    return Claim(
        kind=ClaimKind.RESTATEMENT,
        verdict=ClaimVerdict.FAIL,
        quote=" ".join(passage.text[:last].split()),
        location=place,
        numbers={"values": _values(own, named) if isinstance(named, Period) else shown},
        reason=reason,
        help={"title": shown[0], "named": shown[1]},
        figures=(place,),
    )


def _values(own: Period, named: Period) -> tuple[str, str]:
    """What differs: the count of months from the new year on, the year, else the days."""
    one, other = _months(own), _months(named)
    if one and other and one != other:
        return f"{one} months", f"{other} months"
    if own.kind == named.kind and own.end and named.end and _quarter(own) == _quarter(named):
        return str(own.end.year), str(named.end.year)
    return _shown(own), _shown(named)


def _months(period: Period) -> int:
    """How many months a period that begins with the year has; 0 for another and for a whole year."""
    starts = period.start is not None and period.start.month == 1 and period.kind in _CUMULATIVE
    return period.end.month if starts and period.end else 0


def _quarter(period: Period) -> int:
    return period.start.month if period.start else 0


def _shown(period: Period | tuple[date, date]) -> str:
    start, end = period if isinstance(period, tuple) else (period.start, period.end)
    return "–".join(f"{day:%d/%m/%Y}" for day in (start, end) if day is not None)

"""What adds up in a document, by exhaustive search in bounded windows; nothing here says that it is meant.

Each match says how many guesses at least as simple as it there were around its total, so that the chance
of its adding up by accident can be told. What is as likely as not to be an accident is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from math import isqrt
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.text.mention import MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from validator.claims.figure import Figure
    from validator.claims.structure import Text
    from validator.text.token import Exact

RUN, UNIT, LEADS, ROLE, LABEL, ROW = "run", "unit", "leads", "role", "label", "row"
"""Runs of neighbours: of all figures, those of a unit, the first of passages, of a role, a label, a row."""
AROUND, PAIR, FRACTION, BULLETS, ALIKE, COLUMN = "around", "pair", "fraction", "bullets", "alike", "column"
"""Both sides of a total, any two, what a fraction leaves, list items, one label in like passages, columns."""
HUNDRED, POINTS = "hundred", "points"
"""Shares of a whole, and shares that differ by the points said."""
_SKIPS, _LONGEST, _AROUND = 6, 16, 3
_PAIRS, _ABOVE, _NEAR, _FAR = 40, 12, 20, 40
_MOST_ALIKE, _MOST_ORDER, _NEAR_POINTS = 40, 3, 3
_LEAST = 2
_WHOLE = 100


@record
class Match:
    """A total and parts that make it up: how they were come by, and after how many guesses.

    Without ``total`` the parts are percentages of a whole.
    """

    total: Figure | None
    parts: tuple[Figure, ...]
    shape: str
    tried: int
    skipped: int = 0

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The total, unless it is only meant, and the parts."""
        return self.parts if self.total is None else (self.total, *self.parts)


def halvings(match: Match) -> int:
    """How often the chance is halved that one of the guesses as simple as this one adds up by accident."""
    total = match.total
    if total is None:
        size: int = _WHOLE * 10 ** min([part.mention.decimals for part in match.parts])
    else:
        wide = sum((part.high - part.low for part in match.parts), total.high - total.low)
        size = int(total.high // (wide or 1))
    return max(0, (size // max(1, match.tried)).bit_length() - 1)


def sum_matches(text: Text, figures: Sequence[Figure]) -> list[Match]:
    """Find what adds up, the simplest way to each total and its parts."""
    found: dict[Hashable, Match] = {}
    for match in _all(text, figures):
        total = match.total
        if len(match.parts) < _LEAST or (total and any(part.high >= total.high for part in match.parts)):
            continue
        key = total.key if total else None, frozenset([part.key for part in match.parts])
        known = found.get(key)
        if (known is None or match.tried < known.tried) and halvings(match):
            found[key] = match
    return list(found.values())


def _all(text: Text, figures: Sequence[Figure]) -> Iterator[Match]:
    counts = [figure for figure in figures if not figure.is_percent]
    plain = [figure for figure in counts if figure.cell is None]
    for shape, tracks in _tracks(counts, plain):
        for track in tracks:
            yield from _runs(shape, track)
    for track in _by(counts, lambda figure: figure.is_exact):
        yield from _pairs(track)
    yield from _fractions(plain)
    yield from _lists(text, plain)
    yield from _columns(counts)
    yield from _alike(plain)
    shares = [figure for figure in figures if figure.is_percent]
    yield from _hundreds(shares)
    yield from _points(shares)


def _by(figures: Iterable[Figure], key: Callable[[Figure], Hashable]) -> Iterable[list[Figure]]:
    """The figures in groups, each in order, without those that have no key."""
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for figure in figures:
        named = key(figure)
        if named is not None:
            groups[named].append(figure)
    return groups.values()


# ── runs of neighbours ───────────────────────────────────────────────────────────────────────────


def _tracks(
    counts: Sequence[Figure], plain: Sequence[Figure]
) -> Iterator[tuple[str, Iterable[list[Figure]]]]:
    """The rows of figures in which a total and its parts may follow each other."""
    leads = [f for f in plain if f.node is not None and f.node.main is f.item and f.mention is f.item.mention]
    yield RUN, _by(plain, lambda f: f.is_exact)
    yield UNIT, _by(plain, lambda f: (f.mention.unit, f.mention.depth > 0, f.is_exact))
    yield LEADS, _by(leads, lambda f: f.is_exact)
    yield ROLE, _by(counts, lambda f: (f.roles, f.is_exact) if f.roles else None)
    yield LABEL, _by(plain, lambda f: (f.item.lead[-2:], f.is_exact) if f.item.lead else None)
    yield ROW, _by(counts, lambda f: f.cell[:2] if f.cell else None)


def _runs(shape: str, track: Sequence[Figure]) -> Iterator[Match]:
    """Runs of neighbours on a track, some figures after a total or before it, that make it up."""
    if len(track) <= _LEAST:
        return
    if all(figure.is_exact for figure in track):
        yield from _exact_runs(shape, track)
    else:
        yield from _rounded_runs(shape, track)


def _exact_runs(shape: str, track: Sequence[Figure]) -> Iterator[Match]:
    """By running sums: each run is looked up, not added up."""
    sums: list[Exact] = [0]
    for figure in track:
        sums.append(sums[-1] + figure.low)
    places: dict[Exact, list[int]] = defaultdict(list)
    for place, value in enumerate(sums):
        places[value].append(place)
    for at, total in enumerate(track):
        if total.low < _LEAST:
            continue
        for start in range(at + 1, min(at + 1 + _SKIPS, len(track) - 1)):
            for end in places.get(sums[start] + total.low, ()):
                if start + 1 < end <= start + _LONGEST:
                    yield _run(shape, track, at, start, end)
        for end in range(at, max(at - _SKIPS, 1), -1):
            for start in places.get(sums[end] - total.low, ()):
                if end - _LONGEST <= start < end - 1:
                    yield _run(shape, track, at, start, end)
        yield from _around(track, at, sums, places)


def _run(shape: str, track: Sequence[Figure], at: int, start: int, end: int) -> Match:
    skipped = start - at - 1 if start > at else at - end
    # A run to the end of its sentence or bracket leaves no choice of its length.
    lengths = 1 if start > at and _ends_there(track, end) else end - start - 1
    tried = 2 * (skipped + 1) * lengths
    return Match(total=track[at], parts=tuple(track[start:end]), shape=shape, tried=tried, skipped=skipped)


def _ends_there(track: Sequence[Figure], end: int) -> bool:
    if end == len(track):
        return True
    one, other = track[end - 1].mention, track[end].mention
    return (one.passage, one.sentence, one.bracket) != (other.passage, other.sentence, other.bracket)


def _around(
    track: Sequence[Figure], at: int, sums: Sequence[Exact], places: dict[Exact, list[int]]
) -> Iterator[Match]:
    for start in range(max(0, at - _AROUND), at):
        for end in places.get(sums[start] + 2 * track[at].low, ()):
            if at + 1 < end <= at + 1 + _AROUND:
                parts = (*track[start:at], *track[at + 1 : end])
                yield Match(total=track[at], parts=parts, shape=AROUND, tried=2 * len(parts) ** 2)


def _rounded_runs(shape: str, track: Sequence[Figure]) -> Iterator[Match]:
    for at, total in enumerate(track):
        if total.low <= 0:
            continue
        for start in range(at + 1, min(at + 1 + _SKIPS, len(track) - 1)):
            for end in _ends(total, track, range(start, min(start + _LONGEST, len(track)))):
                yield _run(shape, track, at, start, end + 1)
        for last in range(at - 1, max(at - 1 - _SKIPS, 0), -1):
            for first in _ends(total, track, range(last, max(last - _LONGEST, -1), -1)):
                yield _run(shape, track, at, first, last + 1)


def _ends(total: Figure, track: Sequence[Figure], places: range) -> Iterator[int]:
    """Where the figures at the first places make up a total."""
    low: Exact = 0
    high: Exact = 0
    for place in places:
        low, high = low + track[place].low, high + track[place].high
        if low > total.high:
            return
        if high >= total.low and place != places[0]:
            yield place


# ── pairs, lists, columns ────────────────────────────────────────────────────────────────────────


def _pairs(track: Sequence[Figure]) -> Iterator[Match]:
    """Any two figures near a total: the larger the total, the farther, for chance allows it."""
    values: list[Exact] = []
    places: dict[Exact, list[int]] = defaultdict(list)
    for place, figure in enumerate(track):
        amount = figure.mention.amount
        values.append(amount.numerator if amount.denominator == 1 else amount)
        places[values[-1]].append(place)
    for at, (total, value) in enumerate(zip(track, values, strict=True)):
        window = min(_PAIRS, isqrt(max(0, int(value // total.mention.step))))
        near = range(max(0, at - window), min(len(track), at + window + 1))
        for first in [place for place in near if value - values[place] in places]:
            for second in places[value - values[first]]:
                if second > first and first != at != second and abs(second - at) <= window:
                    far = max(abs(first - at), abs(second - at))
                    parts = track[first], track[second]
                    yield Match(total=total, parts=parts, shape=PAIR, tried=2 * far * far, skipped=far)


def _fractions(plain: Sequence[Figure]) -> Iterator[Match]:
    """What a fraction ``a/T`` leaves: one of the figures right after it."""
    for at in range(1, len(plain) - 1):
        part, total = plain[at - 1], plain[at]
        if total.item.base is not total.mention or part.item is not total.item:
            continue
        for tried, rest in enumerate(plain[at + 1 : at + 1 + _AROUND], start=1):
            if rest.mention.passage == total.mention.passage and part.low + rest.low == total.low:
                yield Match(total=total, parts=(part, rest), shape=FRACTION, tried=tried)


def _lists(text: Text, plain: Sequence[Figure]) -> Iterator[Match]:
    """The first, second … figures of all items of a list, with a total above it."""
    of_node: dict[int, list[Figure]] = defaultdict(list)
    for figure in plain:
        of_node[figure.mention.passage].append(figure)
    for node, children in text.lists():
        if not _LEAST <= len(children) <= _MOST_ALIKE:
            continue
        start = children[0].index if node is None else node.index + 1
        above = [f for index in range(start - _ABOVE, start) for f in of_node.get(index, ())][::-1]
        held = [of_node.get(child.index, []) for child in children]
        for order in range(_MOST_ORDER):
            parts = tuple([found[order] for found in held if len(found) > order])
            if len(parts) == len(children) or not order:
                yield from _made_by(BULLETS, parts, above)


def _made_by(shape: str, parts: tuple[Figure, ...], totals: Iterable[Figure]) -> Iterator[Match]:
    """Which of some totals, the likeliest first, the parts make up."""
    low: Exact = sum(part.low for part in parts)
    high: Exact = sum(part.high for part in parts)
    for tried, total in enumerate(totals):
        if total.low <= high and low <= total.high and total not in parts:
            yield Match(total=total, parts=parts, shape=shape, tried=tried + 1, skipped=tried)


def _columns(counts: Sequence[Figure]) -> Iterator[Match]:
    """All figures of a table's column, with a total at its end or its beginning, or in the text before."""
    for column in _by(counts, lambda f: (f.cell[0], f.cell[2]) if f.cell else None):
        yield from _made_by(COLUMN, tuple(column[:-1]), column[-1:])
        yield from _made_by(COLUMN, tuple(column[1:]), column[:1])
        before = [figure for figure in _before(counts, column[0].at, _NEAR) if figure.cell is None]
        yield from _made_by(COLUMN, tuple(column), before)


def _alike(plain: Sequence[Figure]) -> Iterator[Match]:
    """The figures of one label in passages that begin alike, with a total before or at their head."""
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    opening: Figure | None = None
    for figure in plain:
        if opening is None or opening.mention.passage != figure.mention.passage:
            opening = figure
        groups[opening.item.lead[-2:], figure.item.lead[-2:]].append(figure)
    for group in groups.values():
        passages = {figure.mention.passage for figure in group}
        if _LEAST <= len(group) <= _MOST_ALIKE and len(passages) == len(group):
            yield from _made_by(ALIKE, tuple(group), _before(plain, group[0].at, _FAR))
            yield from _made_by(ALIKE, tuple(group[1:]), group[:1])


def _before(figures: Sequence[Figure], at: int, window: int) -> list[Figure]:
    """The figures before a place, the nearest first."""
    end = bisect_left(figures, at, key=lambda figure: figure.at)
    return list(figures[max(0, end - window) : end])[::-1]


# ── percentages ──────────────────────────────────────────────────────────────────────────────────


def _hundreds(shares: Sequence[Figure]) -> Iterator[Match]:
    """Neighbouring percentages that make up a hundred."""
    for start in range(len(shares)):
        made: Exact = 0
        for end in range(start, min(start + _LONGEST, len(shares))):
            mention = shares[end].mention
            if mention.kind is not MentionKind.PERCENT:
                break
            made += mention.value
            if made == _WHOLE:
                parts = tuple(shares[start : end + 1])
                yield Match(total=None, parts=parts, shape=HUNDRED, tried=max(1, end - start))
            if made >= _WHOLE:
                break


def _points(shares: Sequence[Figure]) -> Iterator[Match]:
    """Two percentages near each other that differ by the points said."""
    for at, points in enumerate(shares):
        if points.mention.kind is not MentionKind.POINTS:
            continue
        near = shares[max(0, at - _NEAR_POINTS) : at + _NEAR_POINTS + 1]
        near = [share for share in near if share.mention.kind is MentionKind.PERCENT]
        for total in near:
            for other in near:
                if total.mention.value == other.mention.value + points.mention.value:
                    yield Match(total=total, parts=(other, points), shape=POINTS, tried=len(near) ** 2)

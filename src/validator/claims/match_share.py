"""Of what a percentage could be a share: every figure near it, with every figure that gives it."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import judge_share, sum_bounds
from validator.model.record import evolve, record
from validator.text.mention import MentionKind
from validator.text.token import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.figure import Figure
    from validator.text.role import Role
    from validator.text.token import Exact

_BEFORE, _AFTER, _MOST_BASES, _MOST_ADDED = 5, 3, 24, 6
_MOST_ALIKE, _MOST_FAR = 60, 6
_LEAST = 2
_HUNDRED = 100


@record
class ShareMatch:
    """A percentage with a numerator and a base that give it, and how many were tried that are as near."""

    stated: Figure
    part: Figure
    base: Figure
    verdict: ClaimVerdict
    tried: int
    added: tuple[Figure, ...] = ()
    is_far: bool = False


@record
class _Numbers:
    """The figures of a document that count: in order, by value, and by the roles that they have."""

    counts: Sequence[Figure]
    places: Sequence[int]
    by_value: Sequence[Figure]
    amounts: Sequence[Exact]
    by_role: Mapping[Role, Sequence[Figure]]


def share_matches(figures: Sequence[Figure], known: frozenset[MentionKey]) -> list[ShareMatch]:
    """Find the pairs that give each percentage but those already *known*."""
    shares = [f for f in figures if f.mention.kind is MentionKind.PERCENT and f.key not in known]
    if not shares:
        return []
    counts = [figure for figure in figures if not figure.is_percent and figure.high > 0]
    by_value = sorted(counts, key=lambda figure: figure.mention.amount)
    by_role: dict[Role, list[Figure]] = {}
    for figure in counts:
        for role in figure.roles:
            by_role.setdefault(role, []).append(figure)
    numbers = _Numbers(
        counts=counts,
        places=[figure.at for figure in counts],
        by_value=by_value,
        amounts=[figure.mention.amount for figure in by_value],
        by_role=by_role,
    )
    return [match for stated in shares if stated.mention.value > 0 for match in _of(stated, numbers)]


def _of(stated: Figure, numbers: _Numbers) -> Iterator[ShareMatch]:
    near = list(_numerators(stated, numbers))
    for order, (part, added) in enumerate(near):
        yield from _bases(
            ShareMatch(
                stated=stated, part=part, base=part, verdict=ClaimVerdict.FITS, tried=order + 1, added=added
            ),
            numbers,
        )
    tried = {part.key for part, _ in near}
    for order, part in enumerate(_alike(stated, numbers), start=len(near)):
        if part.key not in tried:
            yield from _bases(
                ShareMatch(
                    stated=stated,
                    part=part,
                    base=part,
                    verdict=ClaimVerdict.FITS,
                    tried=order + 1,
                    is_far=True,
                ),
                numbers,
            )


def _alike(stated: Figure, numbers: _Numbers) -> list[Figure]:
    """The nearest figures that have all roles that the words of the percentage name."""
    if not stated.roles:
        return []
    groups = [numbers.by_role.get(role, ()) for role in sorted(stated.roles)]
    alike = [figure for figure in min(groups, key=len)[:_MOST_ALIKE] if stated.roles <= figure.roles]
    return sorted(alike, key=lambda figure: abs(figure.at - stated.at))[:_MOST_FAR]


def _numerators(stated: Figure, numbers: _Numbers) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """The figures near a percentage, the nearest before it first, then sums of neighbours before it."""
    at = bisect_left(numbers.places, stated.at)
    before, after = numbers.counts[max(0, at - _BEFORE) : at][::-1], numbers.counts[at : at + _AFTER]
    if stated.cell is not None:
        row = stated.cell[:2]
        yield from ((f, ()) for f in (*before, *after) if f.cell is not None and f.cell[:2] == row)
        return
    passage = stated.mention.passage
    before = [figure for figure in before if passage - figure.mention.passage <= 1]
    yield from ((figure, ()) for figure in before)
    yield from ((figure, ()) for figure in after if figure.mention.passage == passage)
    for count in range(_LEAST, min(len(before), _MOST_ADDED) + 1):
        added = tuple(before[:count])
        if len({figure.mention.unit for figure in added}) == 1:
            yield _sum_of(added), added


def _sum_of(figures: tuple[Figure, ...]) -> Figure:
    """The figures taken together as one."""
    low, high = sum_bounds([figure.mention for figure in figures])
    amount: Exact = sum(figure.mention.amount for figure in figures)
    first = figures[0]
    mention = evolve(first.mention, amount=amount, value=exact(amount, 10**first.mention.scale))
    return evolve(first, mention=mention, low=low, high=high, is_exact=low == high)


def _bases(guess: ShareMatch, numbers: _Numbers) -> Iterator[ShareMatch]:
    """Every figure of which the numerator is the percentage, as written."""
    stated, part = guess.stated, guess.part
    step, value, amount = stated.mention.step, stated.mention.value, part.mention.amount
    wide = part.high - part.low
    start = bisect_left(numbers.amounts, Fraction((amount - wide) * _HUNDRED, value + step))
    most = Fraction((amount + wide) * _HUNDRED, value - step) if value > step else None
    own = {part.key, *[figure.key for figure in guess.added]}
    for base in numbers.by_value[start : start + _MOST_BASES]:
        if most is not None and base.low > most:
            break
        if base.key in own:
            continue
        verdict = judge_share(part.mention, base.mention, stated.mention)
        if verdict is ClaimVerdict.PASS or verdict is ClaimVerdict.TRUNCATED:
            tried = guess.tried * (abs(base.at - stated.at) + 1)
            yield evolve(guess, base=base, verdict=verdict, tried=tried)

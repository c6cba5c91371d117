"""Restatements: one quantity said in two places, in the same words or in others."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from validator.claims.back_reference import find_back_references
from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.hedge import find_hedges
from validator.claims.identity_word import load_identity
from validator.claims.precision import in_order, is_same_value, restated
from validator.claims.recalled import find_recalled
from validator.claims.respectively import find_respective
from validator.claims.retold import find_retold
from validator.claims.said import by_amount, said_in_tables
from validator.claims.same_choice import find_chosen
from validator.claims.teller import said_of
from validator.claims.window import Window, find_windows
from validator.model.record import evolve
from validator.text.mention import MentionKind
from validator.text.qualifier import HEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.prose import Prose
    from validator.claims.said import Said
    from validator.claims.structure import Text
    from validator.text.grid import Grid
    from validator.text.mention import Mention
_LABEL_LEAST = 3
_MOST_ALIKE = 12
_MOST_MEANT = 400
_MOST_ROUNDED = 60
_SMALL, _LARGE, _FEW = 10, 100, 2


def find_restatements(text: Text, grids: Sequence[Grid]) -> Iterator[Claim]:
    """Yield what is said twice: agreeing, or with the same meaning and another number."""
    prose = text.prose
    words = load_identity(prose.vocabulary.name, degraded=prose.degraded)
    said = said_of(text, words)
    recalled = list(find_recalled(text, grids, said, words))
    found = [
        *[claim for claim in recalled if claim.verdict.is_decided],
        *_same(text, said),
        *_summed_up(text, said),
        *find_retold(text, grids, said, words),
        *find_back_references(text, grids, said, words),
        *find_respective(text, words),
        *find_hedges(text, said, words),
    ]
    in_tables = tuple(said_in_tables(text, grids, words))
    found += find_chosen(text, grids, [*in_tables, *said], words, found)
    found += _alike(text, [*said, *in_tables])
    found += _rounded(text, said)
    found += [claim for claim in recalled if not claim.verdict.is_decided]
    for claim in found:
        # Where diacritics are lost, two words may look like one.
        unsure = prose.degraded and claim.verdict is ClaimVerdict.FAIL
        yield evolve(claim, verdict=ClaimVerdict.UNDECIDED) if unsure else claim
    yield from _windows(prose)


_WHO = frozenset(
    {"organisation", "individual", "province", "district", "commune", "male", "female", "people"}
)
"""Roles that say of whom a figure is, and not what of theirs it counts."""


def _same(text: Text, said: Sequence[Said]) -> Iterator[Claim]:
    """Figures of one meaning: the same unit, roles, words and surroundings, of one time."""
    meanings: dict[object, list[Said]] = defaultdict(list)
    for each in said:
        tells = each.roles - _WHO or len(each.meaning) >= _LABEL_LEAST or (each.is_timed and each.meaning)
        if tells and not each.is_aside:
            meanings[(each.kind, each.roles, each.meaning, each.context, each.heading)].append(each)
    for group in meanings.values():
        one = group[0]
        for other in islice(group[1:], _MOST_ALIKE):
            if not _is_elsewhere(one, other) or not one.is_when(other):
                continue
            if is_same_value(one.mention, other.mention):
                yield _claim(text, (one, other), ClaimVerdict.PASS)
            elif (verdict := _differing(one, other)) is not None:
                yield _claim(text, (one, other), verdict)
            else:
                break


def _is_elsewhere(one: Said, other: Said) -> bool:
    """Whether two figures stand in two places, and not in items of one list."""
    a, b = one.mention, other.mention
    if one.parent is not None and one.parent == other.parent:
        return False
    return a.passage != b.passage or a.sentence != b.sentence or "under" in {a.role, b.role}


def _differing(one: Said, other: Said) -> ClaimVerdict | None:
    """What is said of two figures of one meaning that differ; nothing where they need not be the same."""
    if any(HEDGED in each.mention.tags or each.mention.odd or each.mention.role for each in (one, other)):
        return None
    leading = one.order == 0 == other.order
    if leading and one.is_timed and other.is_timed and one.roles:
        return ClaimVerdict.FAIL
    full = len(one.meaning) + len(one.roles) >= _LABEL_LEAST
    return ClaimVerdict.UNDECIDED if leading and full else None


def _summed_up(text: Text, said: Sequence[Said]) -> Iterator[Claim]:
    """Figures of an assessment against the one figure of the same meaning in what is assessed."""
    body: dict[object, list[Said]] = defaultdict(list)
    for each in said:
        if not each.sums_up and not each.is_aside:
            body[(each.kind, each.roles)].append(each)
    # What another figure says to its last digit is of that one.
    elsewhere = {
        (each.kind, each.mention.amount)
        for each in said
        if not each.sums_up and each.is_of_report and _is_rare(each.mention)
    }
    for each in said:
        if not each.sums_up or each.is_aside or not (each.roles or len(each.meaning) >= _LABEL_LEAST):
            continue
        near = body[(each.kind, each.roles)][-_MOST_MEANT:]
        meant = [other for other in near if _is_summed_up(other, each)]
        values = {other.mention.amount for other in meant}
        if not meant:
            continue
        if any(is_same_value(other.mention, each.mention) for other in meant):
            yield _claim(text, (each, meant[0]), ClaimVerdict.PASS)
        else:
            sure = bool(each.roles - _WHO) or len(each.meaning) >= _LABEL_LEAST
            sure = sure and (each.kind, each.mention.amount) not in elsewhere
            sure = sure and len(values) == 1 and each.is_of_report and HEDGED not in each.mention.tags
            sure = sure and _precedes(meant[0], each)
            yield _claim(text, (each, meant[0]), ClaimVerdict.FAIL if sure else ClaimVerdict.UNDECIDED)


def _is_rare(mention: Mention) -> bool:
    return mention.amount >= _DIGITS * mention.step


_DIGITS = 100
"""Figures of three digits seldom are the same by accident."""


def _precedes(one: Said, other: Said) -> bool:
    return one.mention.passage <= other.mention.passage


def _is_summed_up(before: Said, summed: Said) -> bool:
    """Whether a figure given before may be the one that an assessment speaks of."""
    units = before.unit | summed.unit
    own, other = summed.words - units, before.words - units
    around = before.context - units
    fits = other <= own <= other | around and around <= own | summed.context | units
    return fits and before.is_when(summed) and (before.is_of_report or bool(summed.times))


def _alike(text: Text, said: Sequence[Said]) -> Iterator[Claim]:
    """Equal figures whose words overlap: that they belong together is said by their being equal alone."""
    for bucket in by_amount(said).values():
        near = bucket[: 2 * _MOST_ALIKE]
        for position, first in enumerate(near[:_MOST_ALIKE]):
            others = [
                each
                for each in near[position + 1 :]
                if _is_elsewhere(first, each) and first.is_when(each) and _overlap(text, first, each)
            ]
            if others:
                yield _claim(text, (first, *others), ClaimVerdict.FITS)
                break


def _rounded(text: Text, said: Sequence[Said]) -> Iterator[Claim]:
    """Amounts in thousands or millions, and the figures of the same role that they round."""
    rounded = [
        (place, one)
        for place, one in enumerate(said)
        if one.mention.scale and one.mention.kind is not MentionKind.PERCENT
    ]
    if not rounded:
        return
    by_size = sorted([(other.mention.amount, order) for order, other in enumerate(said)])
    for place, one in rounded:
        # What it may round lies within its last written place; in a long report that is little of all.
        least, most = one.mention.amount - one.mention.step, one.mention.amount + one.mention.step
        near = by_size[bisect_left(by_size, (least, 0)) : bisect_left(by_size, (most, len(said)))]
        orders = sorted([order for _, order in near], key=lambda order: abs(order - place))
        for other in [said[order] for order in sorted(orders[:_MOST_ROUNDED])]:
            finer = other.mention.step < one.mention.step and one.mention.amount != other.mention.amount
            alike = finer and one.is_when(other) and _may_count_the_same(text, one, other)
            if alike and is_same_value(one.mention, other.mention) and _is_akin(one, other):
                yield _claim(text, (one, other), ClaimVerdict.FITS)
                break


def _is_akin(one: Said, other: Said) -> bool:
    """Whether two figures have a role, a unit or most words in common."""
    if one.roles & other.roles or len(one.meaning & other.meaning) > 1:
        return True
    return bool(one.kind) and one.kind == other.kind and one.kind != MentionKind.MONEY.value


def _may_count_the_same(text: Text, one: Said, other: Said) -> bool:
    """Whether two figures may be of one unit, with roles that do not exclude each other."""
    if one.kind != other.kind and one.kind and other.kind:
        return False
    if not one.roles or not other.roles:
        return True
    return not any(
        (here := one.roles & dimension.roles)
        and (there := other.roles & dimension.roles)
        and not here & there
        for dimension in text.book.dimensions
    )


def _overlap(text: Text, one: Said, other: Said) -> bool:
    """Whether two equal figures have words, roles, a rare value or their paragraph in common."""
    if not _may_count_the_same(text, one, other):
        return False
    value = one.mention.value
    words, others = _words_around(text, one), _words_around(text, other)
    common, least = len(words & others), min(len(words), len(others))
    shared = len(one.roles & other.roles) + (one.is_timed and other.is_timed and bool(one.times))
    if one.mention.kind is MentionKind.PERCENT:
        return common + shared > 0 and one.mention.decimals > 0
    near = one.kind == other.kind and one.mention.passage == other.mention.passage
    rare = value >= _LARGE and value % _SMALL != 0
    if value < _SMALL:
        return common + shared > 1 and 2 * common >= least
    return rare or near or shared > 0 or common > 1 or (common > 0 and (least <= _FEW or value >= _LARGE))


def _words_around(text: Text, said: Said) -> frozenset[str]:
    m = said.mention
    words = (*m.before, *m.after[:5]) or said.seen
    return frozenset(words) - text.prose.lexicon.stop


def _claim(text: Text, told: Sequence[Said], verdict: ClaimVerdict) -> Claim:
    mentions = in_order([each.mention for each in told])
    return restated(text.prose, mentions, verdict, "said-twice-differs", ("one", "other"))


def _windows(prose: Prose) -> Iterator[Claim]:
    """The window of the data, said twice."""
    by_window: dict[tuple[str, str], list[Window]] = defaultdict(list)
    for window in find_windows(prose):
        by_window[(window.start.isoformat(), window.end.isoformat())].append(window)
    for (start, end), group in by_window.items():
        if len(group) > 1:
            yield Claim(
                kind=ClaimKind.RESTATEMENT,
                verdict=ClaimVerdict.PASS,
                quote=group[1].quote,
                location=group[1].location,
                numbers={"values": (f"{start}..{end}",) * len(group)},
            )

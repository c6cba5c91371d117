"""Which earlier figure a later one tells again, if any: a learnt choice among those that share words with it.

A log-linear model (``rules/claims/same.yaml``) weighs what structure and words say of each pair; digits are
no part of it. A figure chooses one earlier figure or none, and of the figures of one paragraph or table only
one has the same earlier one. What is chosen clearly enough is compared. Where it does not agree, it is
an accusation only if, besides, one slip of the pen would make it agree, and neither value stands elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import number_of
from validator.claims.log_linear import CERTAIN, NONE, Weights, chances, odds, weights_of
from validator.claims.precision import is_same_value, restated
from validator.claims.same_evidence import GROUPS, Corpus, evidence_of, group_of
from validator.claims.slip import slips_of
from validator.claims.told import told_of
from validator.model.record import record
from validator.resources import load_words, rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.identity_word import IdentityWords
    from validator.claims.said import Said
    from validator.claims.same_evidence import View
    from validator.claims.structure import Text
    from validator.claims.told import Told
    from validator.text.grid import Grid
    from validator.text.mention import Mention

_MOST_LOOKED_AT = 800
_DIGITS = 3
RETOLD = frozenset({"sums_up", "back", "with", "late"})
SWAPPED, LOST, CHANGED = "swapped", "lost", "changed"
"""Two of three digits or more swapped almost never come about by chance, others lost or doubled hardly; one
other digit may."""


@record
class Choosing:
    """The weights, and the chances in thousandths from which on a choice counts.

    From ``likely`` on equal figures fit, from ``sure`` on they agree; of two that differ by swapped digits
    from ``swapped``, by other shifted digits from ``sure``, by one other digit from ``certain`` on it is said
    that they do not; others are undecided from ``telling`` on.
    """

    weights: Weights
    likely: int
    sure: int
    telling: int
    certain: int
    swapped: int


@record
class Choice:
    """A later figure, the earlier one that it tells again, and how likely that is in thousandths."""

    later: Told
    other: Told
    chance: int


@cache
def load_choosing() -> Choosing:
    """The weights that ``benchmarks/train_same.py`` has learnt."""
    data = load_words(rules_folder() / "claims" / "same.yaml")
    return choosing_of(data["weights"], data["chances"])


def choosing_of(weights: Mapping[str, int], least: Mapping[str, int]) -> Choosing:
    """Weights and the chances from which on something is said."""
    return Choosing(
        weights=weights_of(weights, GROUPS),
        likely=least["likely"],
        sure=least["sure"],
        telling=least["telling"],
        certain=least["certain"],
        swapped=least["swapped"],
    )


def corpus_of(text: Text, grids: Sequence[Grid], said: Iterable[Said], words: IdentityWords) -> Corpus:
    """The figures of a document that are compared."""
    plain = words.filler | words.plain | text.prose.lexicon.stop
    return Corpus(told_of(text, grids, said, words), plain, text.book)


def questions(corpus: Corpus) -> Iterator[tuple[View, list[View], list[list[str]]]]:
    """Each later figure with its candidates and what speaks for each of them."""
    views = corpus.views
    if len(views) > _MOST_LOOKED_AT:
        telling = [view for view in views if view.told.traits & _TELLING]
        views = sorted(telling, key=lambda view: view.at)[:_MOST_LOOKED_AT]
    for view in views:
        others = corpus.candidates(view)
        if others:
            yield view, others, evidence_of(view, others, corpus)


_TELLING = frozenset({"sums_up", "back", "with", "heading", "late"})
"""Of a very long document only figures that are likely to be told again are asked about."""


def choices(corpus: Corpus, weights: Weights) -> Iterator[Choice]:
    """Yield what each figure tells again most likely."""
    scored = [
        (
            view,
            others,
            [weights.score(group_of(view, other), names) for other, names in zip(others, found, strict=True)],
        )
        for view, others, found in questions(corpus)
    ]
    taken: dict[object, int] = defaultdict(int)
    for view, others, scores in scored:
        for other, score in zip(others, scores, strict=True):
            taken[_place(view.told), other.at] += odds(score)
    for view, others, scores in scored:
        shares = [
            min(chance, CERTAIN * odds(score) // (NONE + taken[_place(view.told), other.at]))
            for other, score, chance in zip(others, scores, chances(scores), strict=True)
        ]
        best = max(range(len(shares)), key=shares.__getitem__)
        yield Choice(later=view.told, other=others[best].told, chance=shares[best])


def _place(told: Told) -> tuple[str, int]:
    """Where a figure stands: in one table or paragraph no two figures are the same."""
    return ("table", told.cell[0]) if told.cell is not None else ("passage", told.mention.passage)


def find_chosen(
    text: Text, grids: Sequence[Grid], said: Sequence[Said], words: IdentityWords, known: Iterable[Claim]
) -> Iterator[Claim]:
    """Yield what is told again by choice, where nothing known compares the two figures."""
    choosing = load_choosing()
    corpus = corpus_of(text, grids, said, words)
    values = values_in(corpus)
    decided = {key for claim in known if claim.verdict.is_decided for key in _pairs(claim.used)}
    for choice in choices(corpus, choosing.weights):
        one, other = choice.later.mention, choice.other.mention
        verdict = verdict_of(choice, values, choosing)
        if verdict is not None and (other.key, one.key) not in decided:
            yield restated(text.prose, (one, other), verdict, "said-twice-differs", ("one", "other"))


def verdict_of(choice: Choice, values: Mapping[object, int], choosing: Choosing) -> ClaimVerdict | None:
    """What is said of a choice: an accusation only with a slip that would explain that the two differ."""
    one, other, chance = choice.later.mention, choice.other.mention, choice.chance
    if chance < choosing.swapped or not choice.later.said.is_when(choice.other.said):
        return None
    if is_same_value(one, other):
        agrees = ClaimVerdict.PASS if chance >= choosing.sure else ClaimVerdict.FITS
        return agrees if chance >= choosing.likely else None
    slip = slip_between(one, other)
    traits = choice.later.traits | choice.other.traits
    alone = values[one.kind, one.amount] == 1
    if alone and "hedged" not in traits and chance >= _least(choice, slip, choosing):
        return ClaimVerdict.FAIL
    return ClaimVerdict.UNDECIDED if chance >= (choosing.sure if slip else choosing.telling) else None


def _least(choice: Choice, slip: str, choosing: Choosing) -> int:
    """The chance from which on two figures that differ by a slip are said not to agree."""
    asides = [each.traits for each in (choice.later, choice.other) if "aside" in each.traits]
    if slip == SWAPPED and all("under" in traits for traits in asides):
        # What a fraction is of states no result by itself, but is no plan.
        return choosing.swapped if is_told_again(choice) and not asides else choosing.sure
    return CERTAIN if asides else {LOST: choosing.sure, CHANGED: choosing.certain}.get(slip, CERTAIN)


def is_told_again(choice: Choice) -> bool:
    """Whether a figure stands where others are told again, and not in the next of sections that are alike."""
    one, other = choice.later, choice.other
    if one.near == other.near and one.above - other.above and other.above - one.above:
        return False  # "1. Of land: 1,482 came in. 2. Of trade: 1,428 came in."
    return bool(one.traits & RETOLD) or (one.cell is None) is not (other.cell is None)


def slip_between(one: Mention, other: Mention) -> str:
    """How one figure may have become the other by a slip: digits swapped, lost or doubled, or one changed."""
    if one.decimals != other.decimals or one.scale != other.scale:
        return ""
    a, b = (str(int(each.value * 10**each.decimals)) for each in (one, other))
    if int(a) not in set(slips_of(number_of(other))) and int(b) not in set(slips_of(number_of(one))):
        return ""
    if len(a) == len(b):
        is_swapped = sorted(a) == sorted(b)
        return (SWAPPED if is_swapped else CHANGED) if len(a) >= _DIGITS else LOST if is_swapped else ""
    return LOST if min(len(a), len(b)) >= _DIGITS else CHANGED


def values_in(corpus: Corpus) -> Mapping[object, int]:
    """How often each value stands in the document: what stands elsewhere too may be told of that place."""
    found: dict[object, int] = defaultdict(int)
    for view in corpus.views:
        found[view.told.mention.kind, view.told.mention.amount] += 1
    return found


def _pairs(used: frozenset[MentionKey]) -> Iterator[tuple[MentionKey, MentionKey]]:
    ordered = sorted(used)
    return ((one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :])

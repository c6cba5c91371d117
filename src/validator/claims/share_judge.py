"""What is said of a percentage whose numerator and base were chosen: agreed, not matching, to be looked at.

Surely chosen figures are judged as any others. Of likely ones nobody is accused. An accusation needs more
than a sure choice: no other pair that may be meant gives the percentage, and the words leave no doubt that
results are compared.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.grown import Change, growth_claim, judge_growth, way_of
from validator.claims.judge import judge_share
from validator.claims.share import is_no_share
from validator.claims.share_before import takes_apart
from validator.claims.share_choice import Chooser
from validator.claims.share_claim import Pair, share_claim
from validator.claims.share_doubt import follows_another, is_elsewhere
from validator.claims.share_place import SHARED, places_in
from validator.claims.share_scope import is_out_of_scope
from validator.claims.structure import is_result
from validator.model.record import evolve
from validator.text.mention import MentionKind
from validator.text.qualifier import EARLIER, HEDGED, PLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.share_place import Guess, Place
    from validator.claims.share_told import Told
    from validator.claims.share_trait import Asked
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Stated
    from validator.text.mention import Mention
    from validator.text.token import Exact

SURE, LIKELY, RIVAL, PLAIN = 850, 450, 5, 900
"""Chances, in thousandths: from where on a pair is judged, is looked at, and clears another of blame; and
from where on it decides against a pair far from it that only agrees."""
_NO_RESULT = frozenset({HEDGED, PLANNED, EARLIER, "at:aim"})
_SELDOM_BASES = frozenset({SHARED, "sibling", "next"})
_NAMING = frozenset({"plan", "period_base"})
_MEANT = frozenset({"compared", "assigned", "other_period"})


def with_chosen(
    text: Text, told: Told, lists: Mapping[MentionKey, Listed], known: Sequence[Claim]
) -> list[Claim]:
    """The *known* claims, and one for each percentage that none of them decides and whose figures are chosen.

    What is known of a percentage gives way to what is surely chosen, but nobody is accused of what fits.
    """
    decided, others = _by_figure(known)
    chooser = Chooser(places_in(text), lists, told)
    found: list[Claim] = []
    gone: set[int] = set()
    for node in text.nodes.values():
        for stated in node.found.stated:
            m = stated.mention
            key = node.index, m.first
            if m.kind is not MentionKind.PERCENT or m.odd or key in decided or m.tags & _NO_RESULT:
                continue
            guesses = chooser.guesses(node, stated)
            claim = _chosen(text, chooser, node, stated, guesses)
            if claim is None or not _is_better(claim, guesses[0], others.get(key, ())):
                continue
            found.append(claim)
            gone |= {id(other) for other in others.get(key, ())}
    return [*[claim for claim in known if id(claim) not in gone], *found]


def _by_figure(known: Sequence[Claim]) -> tuple[set[MentionKey], dict[MentionKey, list[Claim]]]:
    """The figures of the shares that are decided, and the claims of those that are not."""
    shares = [claim for claim in known if claim.kind is ClaimKind.PERCENT]
    decided = {key for claim in shares if claim.verdict.is_decided for key in claim.used}
    others: dict[MentionKey, list[Claim]] = {}
    for claim in shares:
        for key in claim.used if not claim.verdict.is_decided else ():
            others.setdefault(key, []).append(claim)
    return decided, others


def _is_better(claim: Claim, guess: Guess, others: Sequence[Claim]) -> bool:
    """Whether a claim says more than those known of the same percentage."""
    if any(other.verdict is ClaimVerdict.FITS for other in others):
        return claim.holds or (claim.verdict is ClaimVerdict.FAIL and guess.chance >= PLAIN)
    return not others or claim.verdict.is_decided


def _chosen(
    text: Text, chooser: Chooser, node: Node, stated: Stated, guesses: Sequence[Guess]
) -> Claim | None:
    if not guesses or guesses[0].chance < LIKELY:
        return None
    return _judged(text, chooser, node, stated, guesses)


def _judged(
    text: Text, chooser: Chooser, node: Node, stated: Stated, guesses: Sequence[Guess]
) -> Claim | None:
    best, way = guesses[0], chooser.candidates(node, stated).asked.way
    verdict = _verdict(best, stated.mention, way)
    if verdict is ClaimVerdict.FAIL:
        for other in guesses[1:]:
            if other.chance >= RIVAL and _verdict(other, stated.mention, way) is ClaimVerdict.PASS:
                return _worded(text, other, stated, way, ClaimVerdict.FITS)
    if best.chance < SURE:
        if best.form:
            return None  # A rise or fall of which nothing is known that it was from.
        verdict = ClaimVerdict.FITS if verdict is ClaimVerdict.PASS else ClaimVerdict.UNDECIDED
    elif verdict is not ClaimVerdict.PASS and _is_doubtful(text, chooser, node, stated, best):
        verdict = ClaimVerdict.UNDECIDED
    return _worded(text, best, stated, way, verdict)


def _verdict(guess: Guess, stated: Mention, way: str) -> ClaimVerdict:
    return judged_pair(guess.form, guess.part.mention, guess.base.mention, stated, way)


def judged_pair(form: str, part: Mention, base: Mention, stated: Mention, way: str) -> ClaimVerdict:
    """What the arithmetic says of a pair."""
    if form:
        return judge_growth(Change(now=part, before=base, way=way, sure=True), stated)
    return judge_share(part, base, stated)


def numbers_of_pair(form: str, part: Mention, base: Mention) -> tuple[Exact, Exact]:
    """The numerator and the denominator that a claim of a pair has."""
    same = part.scale == base.scale
    one, other = (part.value, base.value) if same else (part.amount, base.amount)
    return (abs(Fraction(one) - Fraction(other)), other) if form else (one, other)


def _worded(text: Text, guess: Guess, stated: Stated, way: str, verdict: ClaimVerdict) -> Claim:
    part, base = guess.part, guess.base
    if guess.form:
        change = Change(now=part.mention, before=base.mention, way=way, sure=True)
        return growth_claim(text, change, stated.mention, verdict)
    pair = Pair(part=part.mention, whole=base.mention, addends=part.addends)
    claim = share_claim(text.prose, pair, stated.mention, verdict)
    return evolve(claim, used=claim.used | base.keys) if base.addends else claim


def _is_doubtful(text: Text, chooser: Chooser, node: Node, stated: Stated, guess: Guess) -> bool:
    """Whether words make something else than a result of the percentage, the numerator or the base."""
    m = stated.mention
    if guess.base.under and not guess.form:
        return True  # Of "a/b" it is known what the words beside it make of it (see share.py).
    if not guess.form and is_out_of_scope(text, node, stated, guess.part.item, guess.base.mention):
        return True
    if guess.base.where in _SELDOM_BASES:
        return True  # That figures of a sentence are all there is, or one line is of another, nothing says.
    reading = node.found.reading
    if reading is None or (not guess.form and is_no_share(text.prose, reading, m)):
        return True
    if is_elsewhere(text, node, stated) or _has_another(text, guess, m):
        return True
    if "aim" in stated.roles or text.prose.degraded:
        return True
    if not _is_meant(guess.part) or not _is_meant(guess.base):
        return True
    asked = chooser.candidates(node, stated).asked
    return _names_another(asked, guess) if guess.form else _is_of_another(text, asked, guess)


def _names_another(asked: Asked, guess: Guess) -> bool:
    """Whether a rise or fall is said of something else: ``… 820. Those by post rose by 5 %``."""
    part, stated = guess.part, asked.stated
    if part.node is not asked.node or part.mention.sentence != stated.mention.sentence:
        return True
    book = asked.text.book
    ways = {w for a, b, roles in book.find(stated.lead) if way_of(roles) for w in stated.lead[a:b]}
    return not asked.lead_words - ways <= set(part.item.words)


def _is_of_another(text: Text, asked: Asked, guess: Guess) -> bool:
    """Whether words ask for another base, or nothing says that one figure is of the other."""
    part, base = guess.part, guess.base
    if base.addends and asked.trail in _NAMING:
        return True  # "p % of the plan": no sum of what there is.
    if "change" in part.item.roles and not base.item.roles & _MEANT:
        return True  # "over the plan by C (p %)": of the plan, which is not there.
    named = asked.trail_roles & text.book.telling
    if named and not named & base.item.roles:
        return True
    beside = part.node is base.node and part.mention.sentence == base.mention.sentence
    if part.addends or base.addends or not beside or part.item.mention.first < base.mention.first:
        return False
    # "Revenue T, spending a, or p %": that one figure stands before another is not enough.
    return not takes_apart(text, base.item, part.item, asked.stated)


def _has_another(text: Text, guess: Guess, stated: Mention) -> bool:
    """Whether the numerator has another percentage already."""
    part = guess.part.mention
    here = part.passage == stated.passage and part.first < stated.first and not guess.part.addends
    return here and follows_another(text, part, stated)


def _is_meant(place: Place) -> bool:
    tags = place.mention.tags
    return (
        not place.mention.odd
        and (is_result(place.item) or bool(place.item.roles & _MEANT) or PLANNED in tags)
        and HEDGED not in tags
    )

"""Of what a percentage is said: all pairs of figures near it, weighed by what a learnt model makes of them.

The model looks at order, marks, words and roles, never at how large a figure is, so that the same pair
is looked at whatever the digits are. Scores are whole hundredths of log-odds; chances are in thousandths.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.claims.ranking import load_choosing
from validator.claims.share_place import Candidate, Guess
from validator.claims.share_scope import can_be_of
from validator.claims.share_trait import Asked, asked_of, traits_of_none, traits_of_part
from validator.claims.share_trait_base import traits_of_base, traits_of_kin, traits_of_pair
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import MentionKey
    from validator.claims.share_place import Place, Places
    from validator.claims.share_told import Told
    from validator.claims.structure import Node
    from validator.claims.sum_list import Listed
    from validator.text.item import Stated

SHARE, GROWN = "", "g"
"""How the names of the weights begin: of a share, and of a rise or fall from the base to the numerator."""
_MOST_PARTS, _MOST_BASES, _BEST_PARTS, _BEST_BASES = 14, 24, 3, 6
_NEAREST = 6
_WORTH, _HOPELESS, _PLAIN = 350, 250, 920
_STEP, _LEAST_SEEN = 10, 150
_ONE = 1_000_000
_KEPT = 200
"""So many percentages are kept in mind: those of one list ask for each other."""


@record
class Candidates:
    """The pairs that a percentage may be of, and the score for its being stated alone."""

    asked: Asked
    pairs: tuple[Candidate, ...]
    alone: int


class Chooser:
    """Chooses for the percentages of one document; each is looked at once."""

    def __init__(self, places: Places, lists: Mapping[MentionKey, Listed], told: Told) -> None:
        self._places, self._lists, self._told = places, lists, told
        self._weights = load_choosing()
        self._seen: dict[tuple[int, int], Candidates] = {}
        self._first: dict[tuple[int, int], Guess | None] = {}

    def guesses(self, node: Node, stated: Stated) -> list[Guess]:
        """The pairs that a percentage may be of, the likeliest first, one for the same two amounts."""
        found = self.candidates(node, stated)
        first = _ranked([(pair, pair.score) for pair in found.pairs], found.alone)
        if not first or first[0].chance < _HOPELESS or first[0].chance > _PLAIN:
            return first
        kin = self._kin(node, stated)
        scored = [(each, each.score + self._worth(traits_of_kin(each, kin))) for each in found.pairs]
        return _ranked(scored, found.alone)

    def candidates(self, node: Node, stated: Stated) -> Candidates:
        """All pairs that a percentage may be of, scored by what stands around it alone."""
        key = node.index, stated.mention.first
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > _KEPT:
                self._seen.clear()
            found = self._seen[key] = self._scored(node, stated)
        return found

    def _scored(self, node: Node, stated: Stated) -> Candidates:
        asked = asked_of(self._places.text, node, stated, self._lists)
        around = all_around(self._places, self._told, asked)
        parts, bases = parts_among(around), bases_among(around)
        alone = self._worth(traits_of_none(asked, parts))
        pairs: list[Candidate] = []
        for form in (SHARE, GROWN) if asked.way else (SHARE,):
            pairs += self._pairs(asked, parts, bases, form)
        return Candidates(asked=asked, pairs=tuple(pairs), alone=alone)

    def _pairs(
        self, asked: Asked, parts: Sequence[Place], bases: Sequence[Place], form: str
    ) -> Iterator[Candidate]:
        ones = _best([(self._worth(traits_of_part(asked, each), form), each) for each in parts], _BEST_PARTS)
        others = _best(
            [(self._worth(traits_of_base(asked, each), form), each) for each in bases], _BEST_BASES
        )
        start = self._weights.get("g:grown", 0) if form else 0
        for one, part in ones:
            for other, base in others:
                if may_be(part, base, form):
                    score = start + one + other + self._worth(traits_of_pair(asked, part, base), form)
                    yield Candidate(form=form, part=part, base=base, score=score)

    def _worth(self, traits: Iterator[str], form: str = SHARE) -> int:
        weights = self._weights
        if form:
            return sum([weights.get(form + name, 0) for name in traits])
        return sum([weights.get(name, 0) for name in traits])

    def _kin(self, node: Node, stated: Stated) -> list[Guess]:
        """What the other percentages of the passage, and of the lines of its list, are likely to be of."""
        found: list[Guess] = []
        for other, each in self._places.kin_of(node, stated):
            key = other.index, each.mention.first
            if key not in self._first:
                first = self.candidates(other, each)
                ranked = _ranked([(pair, pair.score) for pair in first.pairs], first.alone)
                self._first[key] = ranked[0] if ranked and ranked[0].chance >= _WORTH else None
            guess = self._first[key]
            if guess is not None:
                found.append(guess)
        return found


def all_around(places: Places, told: Told, asked: Asked) -> list[Place]:
    """The figures in the window of a percentage, and those elsewhere that its words name, each once."""
    near = places.around(asked.node, asked.stated)
    seen = {place.keys for place in near}
    far = {place.keys: place for place in reversed(told.around(asked)) if place.keys not in seen}
    return [*near[:_NEAREST], *far.values(), *near[_NEAREST:]]


def parts_among(around: Sequence[Place]) -> list[Place]:
    """The figures that may be numerators."""
    return [place for place in around if not place.under][:_MOST_PARTS]


def bases_among(around: Sequence[Place]) -> Sequence[Place]:
    """The figures that may be bases."""
    return around[:_MOST_BASES]


def may_be(part: Place, base: Place, form: str) -> bool:
    """Whether two figures can be numerator and base at all."""
    if part is base or part.mention.kind is not base.mention.kind or base.mention.amount == 0:
        return False
    if form and (part.addends or base.addends):
        return False
    if not form and not can_be_of(part.mention, base.mention):
        return False
    return not part.keys & base.keys or part.keys < base.keys


def _best(scored: list[tuple[int, Place]], most: int) -> list[tuple[int, Place]]:
    return sorted(scored, key=lambda each: -each[0])[:most]


@cache
def _falling() -> tuple[int, ...]:
    """How much less likely a score is that is lower by so many steps: e to the power of a tenth each."""
    found = [_ONE]
    for _ in range(_LEAST_SEEN):
        found.append(found[-1] * 904_837 // _ONE)
    return tuple(found)


def _ranked(scored: Sequence[tuple[Candidate, int]], alone: int) -> list[Guess]:
    """The chances of pairs, those of equal amounts together; that it is stated alone takes the rest."""
    if not scored:
        return []
    top = max(alone, *[score for _, score in scored])
    falling = _falling()
    total = falling[min(_LEAST_SEEN, (top - alone) // _STEP)]
    shares: dict[object, int] = {}
    best: dict[object, tuple[int, Candidate]] = {}
    for pair, score in scored:
        weight = falling[min(_LEAST_SEEN, (top - score) // _STEP)]
        total += weight
        key = pair.form, pair.part.mention.amount, pair.base.mention.amount
        shares[key] = shares.get(key, 0) + weight
        if key not in best or score > best[key][0]:
            best[key] = score, pair
    found = [
        Guess(form=pair.form, part=pair.part, base=pair.base, chance=1000 * shares[key] // total)
        for key, (_, pair) in best.items()
    ]
    return sorted(found, key=lambda guess: -guess.chance)

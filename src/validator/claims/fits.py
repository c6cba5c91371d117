"""What only fits: relations found by search and ranked by evidence, of figures that nothing else explains.

Here the arithmetic is known before a relation is looked at, so that agreeing proves little: all that is
found is told as "fits" and is never counted as checked, and what does not add up is never found here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.evidence_share import evidence_of_share, share_surroundings
from validator.claims.evidence_sum import evidence_of_sum, surroundings_of
from validator.claims.figure import figures_of
from validator.claims.judge import number_of
from validator.claims.match_share import share_matches
from validator.claims.match_sum import sum_matches
from validator.claims.prose import make_claim
from validator.claims.ranking import load_ranking
from validator.claims.share_claim import Pair, share_claim
from validator.model.record import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.figure import Figure
    from validator.claims.match_share import ShareMatch
    from validator.claims.match_sum import Match
    from validator.claims.structure import Text
    from validator.model.location import Location
    from validator.text.grid import Grid

SUMS, SHARES = "sums", "shares"
_EQUAL = 30
"""Two bases whose scores differ by less fit equally."""
_WHOLE = "100"


def find_fits(text: Text, grids: Sequence[Grid], known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield sums and shares that fit, beyond the *known* claims."""
    figures = figures_of(text, grids)
    said = {_says(claim) for claim in known if claim.verdict.is_decided}
    found = [*_sums(text, sums_with_evidence(text, figures, known))]
    found += _shares(text, shares_with_evidence(text, figures, known))
    yield from (claim for claim in found if _says(claim) not in said)


def _says(claim: Claim) -> object:
    """What a claim says, wherever its figures stand."""
    numbers = claim.numbers.items()
    return claim.kind, frozenset([(n, tuple(sorted(v)) if isinstance(v, tuple) else v) for n, v in numbers])


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def sums_with_evidence(
    text: Text, figures: Sequence[Figure], known: Sequence[Claim]
) -> list[tuple[Match, list[str]]]:
    """The matches that no known claim explains, with what speaks for each."""
    matches = sum_matches(text, figures)
    around = surroundings_of(text, figures, matches)
    explained = _Explained(text, known)
    return [(match, evidence_of_sum(match, around)) for match in matches if not explained.holds(match)]


class _Explained:
    """The sums that are known, by their totals and their figures."""

    def __init__(self, text: Text, known: Sequence[Claim]) -> None:
        self._text = text
        self._by_total: dict[Location, list[frozenset[MentionKey]]] = {}
        self._by_figure: dict[MentionKey, list[frozenset[MentionKey]]] = {}
        for claim in known:
            if claim.kind is ClaimKind.SUM and claim.verdict.is_decided:
                if claim.holds:
                    self._by_total.setdefault(claim.figures[0], []).append(claim.used)
                for key in claim.used:
                    self._by_figure.setdefault(key, []).append(claim.used)

    def holds(self, match: Match) -> bool:
        """Whether a total is known to be made up by some of these parts, or all figures stand in one sum."""
        keys = frozenset([figure.key for figure in match.figures])
        if any(keys <= used for used in self._by_figure.get(match.parts[0].key, ())):
            return True
        if match.total is None or not self._by_total:
            return False
        same = self._by_total.get(self._text.prose.place(match.total.mention), ())
        return any(len(keys & used) > 1 for used in same)


def chosen_sums(ranked: Sequence[tuple[int, Match]]) -> list[Match]:
    """The matches to tell, the best first: none takes parts of a better one of its total."""
    taken: list[Match] = []
    told: set[object] = set()
    by_total: dict[MentionKey | None, list[frozenset[MentionKey]]] = {}
    for _, match in sorted(ranked, key=_best_first):
        parts = frozenset([part.key for part in match.parts])
        same = by_total.setdefault(match.total.key if match.total else None, [])
        amounts = sorted([figure.mention.amount for figure in match.figures])
        says = (match.total is None, *amounts)
        if says not in told and not any(parts & other for other in same):
            same.append(parts)
            told.add(says)
            taken.append(match)
    return taken


def _best_first(scored: tuple[int, Match]) -> tuple[int, int, tuple[int, ...]]:
    score, match = scored
    return -score, len(match.parts), tuple([figure.at for figure in match.figures])


def _sums(text: Text, found: Sequence[tuple[Match, list[str]]]) -> Iterator[Claim]:
    ranking = load_ranking(SUMS)
    scored = [(ranking.score(evidence), match) for match, evidence in found]
    for match in chosen_sums([each for each in scored if each[0] >= ranking.least]):
        yield claim_of_sum(text, match)


def claim_of_sum(text: Text, match: Match) -> Claim:
    """Word a match as a claim."""
    parts = [part.mention for part in match.parts]
    if match.total is not None:
        return sum_claim(text.prose, match.total.mention, parts, ClaimVerdict.FITS, "")
    numbers: dict[str, str | tuple[str, ...]] = {
        "total": _WHOLE,
        "parts": tuple([number_of(p) for p in parts]),
    }
    return make_claim(text.prose, ClaimKind.SUM, ClaimVerdict.FITS, parts, numbers)


# ── shares ───────────────────────────────────────────────────────────────────────────────────────


def shares_with_evidence(
    text: Text, figures: Sequence[Figure], known: Sequence[Claim]
) -> list[tuple[ShareMatch, list[str]]]:
    """The matches of the percentages that no known claim decides, with what speaks for each."""
    decided = [claim.used for claim in known if claim.kind is ClaimKind.PERCENT and claim.verdict.is_decided]
    matches = share_matches(figures, frozenset(key for used in decided for key in used))
    around = share_surroundings(text, matches)
    return [(match, evidence_of_share(match, around)) for match in matches]


def chosen_shares(ranked: Sequence[tuple[int, ShareMatch]]) -> list[tuple[ShareMatch, bool]]:
    """The best match of each percentage, and whether another base fits as well."""
    by_stated: dict[MentionKey, list[tuple[int, ShareMatch]]] = {}
    for score, match in ranked:
        by_stated.setdefault(match.stated.key, []).append((score, match))
    found: list[tuple[ShareMatch, bool]] = []
    for group in by_stated.values():
        best, match = max(group, key=lambda each: (each[0], -each[1].tried))
        amount = match.base.mention.amount
        rivals = [other for score, other in group if best - score < _EQUAL]
        found.append((match, any(other.base.mention.amount != amount for other in rivals)))
    return found


def _shares(text: Text, found: Sequence[tuple[ShareMatch, list[str]]]) -> Iterator[Claim]:
    ranking = load_ranking(SHARES)
    scored = [(ranking.score(evidence), match) for match, evidence in found]
    for match, several in chosen_shares([each for each in scored if each[0] >= ranking.least]):
        yield claim_of_share(text, match, several=several)


def claim_of_share(text: Text, match: ShareMatch, *, several: bool = False) -> Claim:
    """Word a match as a claim; undecided where *several* bases fit."""
    verdict = ClaimVerdict.UNDECIDED if several else ClaimVerdict.FITS
    pair = Pair(part=match.part.mention, whole=match.base.mention)
    doubt = "share-fits-several" if several else ""
    claim = share_claim(text.prose, pair, match.stated.mention, verdict, doubt)
    return evolve(claim, used=claim.used | {figure.key for figure in match.added})

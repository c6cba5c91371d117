"""Which figures are the parts of a total: chosen among all lists that stand where parts stand.

The choice is by learnt weights, which see structure and words only (``part_evidence``): what is looked at is
the same whatever the digits are. A total has the list that scores best, if it beats every other that shares
a part with it, and none at all, by a margin. Above one margin the list is as sure as an announced one, and
its arithmetic is judged; between two margins it is undecided where it does not add up; below, nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.judge import adds_up
from validator.claims.list_part import is_general
from validator.claims.log_linear import Weights, weights_of
from validator.claims.part_evidence import GROUPS, evidence_of
from validator.claims.part_list import (
    ABOVE,
    AFTER,
    BEFORE,
    BELOW,
    INSIDE,
    SUBTOTALS,
    PartList,
    PartLists,
    key_of,
    may_total,
)
from validator.claims.partition import is_uneven
from validator.claims.slip import unless_no_slip
from validator.claims.structure import is_kind_of
from validator.claims.sum_doubt import is_doubtful
from validator.claims.sum_list import BRACKET, CLOSED, Listed
from validator.model.record import record
from validator.resources import load_words, rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.structure import Text

Scored = tuple[int, PartList, frozenset[str]]
_MOST_ITEMS, _MOST_WEIGHED = 60, 30_000
"""A passage with more figures than a paragraph has is no prose, and of a whole library no more is weighed."""
_GOES_ON = frozenset({"ends_comma_like", "ends_semi_like", "ends_and_like", "ends_no_like"})
_NEVER = frozenset(
    {
        "no_result",
        "overlap_first",
        "holes_1",
        "holes_2",
        "holes_3",
        "open",
        "clash",
        "announced_inside",
        "caused",
        "names_mixed",
        "degraded",
    }
)
_CAME = frozenset({"received", "new"})
_ANNOUNCED = frozenset({"division", "announced_all", "announced_some", "announced_colon"})
_SELDOM = 150
"""So much more is asked of two parts that nothing says are all, and of figures behind words for a guess."""
_BARE = frozenset({"units_nowhere", "labels_none"})
"""Numbers in a row that no word stands by: a table that lost its form."""
_KNOWN = frozenset({"whole", "opposites", "rest_last"})


@record
class Margins:
    """The weights of each group of shapes, and the two margins: from which on a list is sure, and is told.

    ``despite`` has the margins from which on a list is sure in spite of one doubt; other doubts rule it out.
    """

    weights: Weights
    sure: int
    least: int
    despite: Mapping[str, int]


def margins_of(data: Mapping[str, int], sure: int, least: int, despite: Mapping[str, int]) -> Margins:
    """The weights by name and by ``group:name`` with the margins they were learnt for."""
    weights = weights_of(data, set(GROUPS.values()))
    return Margins(weights=weights, sure=sure, least=least, despite=despite)


@cache
def load_margins() -> Margins:
    """The weights that ``benchmarks/train_parts.py`` has learnt, and their margins."""
    data = load_words(rules_folder() / "claims" / "parts.yaml")
    return margins_of(data["weights"], data["sure"], data["least"], data["despite"])


def find_chosen(text: Text, lists: Sequence[Listed], known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the totals with the parts chosen for them, where no decided claim has them already."""
    decided = [c.used for c in known if c.kind is ClaimKind.SUM and c.verdict.is_decided]
    margins = load_margins()
    beside: dict[MentionKey, list[frozenset[MentionKey]]] = {}
    owner: dict[frozenset[MentionKey], MentionKey] = {}
    for listed in lists:
        if listed.sure:
            parts = frozenset(map(key_of, listed.parts))
            owner.setdefault(parts, key_of(listed.total))
            _note(beside, parts)
    for margin, each, evidence in chosen(PartLists(text), margins, beside):
        total = key_of(each.total)
        if owner.get(frozenset(map(key_of, each.parts)), total) != total or not _are_kinds(text, each):
            continue
        keys = frozenset([key_of(each.total), *map(key_of, each.parts)])
        if not any(keys <= used or _is_known(each, used, keys) for used in decided):
            yield _judged(
                text, each, is_sure=is_sure(margins, margin, evidence, doubts(text, each, evidence))
            )


def _are_kinds(text: Text, each: PartList) -> bool:
    """Whether the parts are counted as kinds of what the total counts: no communes of districts."""
    general = is_general(text, each.total, each.parts)
    return all(is_kind_of(part, each.total, general) for part in each.parts)


def with_chosen_sums(
    text: Text, lists: Sequence[Listed], told: Sequence[Claim], others: Sequence[Claim]
) -> list[Claim]:
    """The sums *told* of known lists with those of chosen ones, which decide what was undecided."""
    found = list(find_chosen(text, lists, [*told, *others]))
    decided = {claim.used for claim in found if claim.verdict is not ClaimVerdict.UNDECIDED}
    open_ones = ClaimVerdict.UNDECIDED
    return [*(c for c in told if c.verdict is not open_ones or c.used not in decided), *found]


def _is_known(each: PartList, used: frozenset[MentionKey], keys: frozenset[MentionKey]) -> bool:
    """Whether a decided sum holds a total and some of its parts."""
    return key_of(each.total) in used and len(keys & used) > 1


def chosen(
    lists: PartLists, margins: Margins, beside: dict[MentionKey, list[frozenset[MentionKey]]]
) -> Iterator[Scored]:
    """The lists chosen for all totals, those with the greatest margins first: none against a better one.

    ``beside`` holds the parts of lists that are known: a part of a list is no total of others of it. Where
    the same parts may be of two totals, the margin is that over the other one.
    """
    found: list[Scored] = []
    weighed = 0
    for node in lists.outline.nodes:
        if len(node.items) > _MOST_ITEMS or weighed > _MOST_WEIGHED:
            continue
        for item in node.items:
            if may_total(item):
                candidates = lists.of(node, item)
                weighed += len(candidates)
                found += _of_total(candidates, lists, margins)
    found.sort(key=_best_first)
    by_parts: dict[frozenset[MentionKey], list[int]] = {}
    for margin, each, _ in found:
        by_parts.setdefault(frozenset(map(key_of, each.parts)), []).append(margin)
    taken: set[frozenset[MentionKey]] = set()
    for margin, each, evidence in found:
        parts, total = frozenset(map(key_of, each.parts)), key_of(each.total)
        if parts in taken or any(parts & other for other in beside.get(total, ())):
            continue
        taken.add(parts)
        _note(beside, parts)
        rivals = by_parts[parts]
        yield margin - rivals[1] if len(rivals) > 1 else margin, each, evidence


def _note(beside: dict[MentionKey, list[frozenset[MentionKey]]], parts: frozenset[MentionKey]) -> None:
    for key in parts:
        beside.setdefault(key, []).append(parts)


def _best_first(scored: Scored) -> tuple[int, MentionKey]:
    return -scored[0], key_of(scored[1].total)


def _of_total(lists: Sequence[PartList], book: PartLists, margins: Margins) -> list[Scored]:
    """The lists of one total that beat all others that share a part with them, and none."""
    scored: list[tuple[int, PartList, frozenset[str], frozenset[MentionKey]]] = []
    for each in lists:
        evidence = evidence_of(each, book)
        score = margins.weights.score(GROUPS[each.shape], evidence)
        scored.append((score, each, frozenset(evidence), frozenset(map(key_of, each.parts))))
    scored.sort(key=lambda each: -each[0])
    found: list[Scored] = []
    held: set[MentionKey] = set()
    for at, (score, each, seen, keys) in enumerate(scored):
        if score < margins.least or keys & held:
            continue
        held |= keys
        rival = next((other for other, _, _, others in scored[at + 1 :] if others & keys), 0)
        margin = score - max(0, rival)
        if margin >= margins.least:
            found.append((margin, each, seen))
    return found


def is_sure(margins: Margins, margin: int, evidence: frozenset[str], doubted: frozenset[str]) -> bool:
    """Whether a list is as sure as an announced one, in spite of what speaks against it."""
    is_short = "two" in evidence and not evidence & _KNOWN and "announced_all" not in evidence
    if margin < margins.sure + _SELDOM * (is_short or "no_results" in evidence):
        return False
    if not doubted:
        return True
    least = margins.despite.get(min(doubted)) if len(doubted) == 1 else None
    return least is not None and margin >= least


def doubts(text: Text, each: PartList, evidence: frozenset[str]) -> frozenset[str]:
    """What says that the list may go on, name a few only, or be of something else."""
    found = set(evidence & (_GOES_ON | _NEVER))
    if evidence & _KNOWN:
        found.discard("names_mixed")
    if evidence >= _BARE:
        found.add("bare")
    if "no_results" in evidence and "colon_each" not in evidence:
        found.add("guessed")  # "more than 440": a guess, unless the words are the label of a line
    if not evidence & _KNOWN and is_uneven([part.roles for part in each.parts], text.book):
        found.add("uneven")
    if _names_some(evidence, is_short=not is_beyond(each)):
        found.add("some")
    if _is_of_another(each, evidence):
        found.add("another")
    if is_doubtful(text, _listed(each)):
        found.add("structure")
    return frozenset(found)


def is_beyond(each: PartList) -> bool:
    """Whether the parts are more than the total: one more that goes unnamed would not mend it."""
    return sum(part.mention.amount for part in each.parts) > each.total.mention.amount


def _names_some(evidence: frozenset[str], *, is_short: bool) -> bool:
    """Whether parts are announced or told apart so that one more may go unnamed."""
    if "announced_all" in evidence:
        return False
    is_open = is_short and "whole_open" in evidence
    return is_open or ("announced_some" in evidence and not evidence & _KNOWN)


def _is_of_another(each: PartList, evidence: frozenset[str]) -> bool:
    """Whether a list may be of something else than the total, or of more than what came in."""
    roles = each.total.roles
    if roles & _CAME and "gross" not in roles and any("pending" in part.roles for part in each.parts):
        return True  # What is left may have been there before.
    if "compared" in roles and each.shape in {AFTER, BELOW, INSIDE}:
        return True
    if "opposites" in evidence and each.shape == AFTER and "away_0" not in evidence:
        return True  # "T schools. Of primary ones a are ready, b are not."
    if each.shape == INSIDE:
        return "skipped_0" not in evidence or not evidence & _ANNOUNCED
    return "nearer_alike" in evidence and not evidence & {"announced_not", "announced_colon"}


def _listed(each: PartList) -> Listed:
    first = each.parts[0]
    closes = each.shape in {BEFORE, ABOVE, SUBTOTALS}
    announced = CLOSED if closes else first.announced or BRACKET
    return Listed(total=each.total, parts=each.parts, sure=True, disjoint=True, announced=announced)


def _judged(text: Text, each: PartList, *, is_sure: bool) -> Claim:
    total, parts = each.total.mention, [part.mention for part in each.parts]
    if adds_up(total, parts):
        verdict = ClaimVerdict.PASS if is_sure else ClaimVerdict.FITS
        return sum_claim(text.prose, total, parts, verdict, "")
    if is_sure:
        return unless_no_slip(sum_claim(text.prose, total, parts, ClaimVerdict.FAIL))
    return sum_claim(text.prose, total, parts, ClaimVerdict.UNDECIDED, "")

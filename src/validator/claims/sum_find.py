"""All sums of a document: candidates by structure, then judged exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.addition import sum_claim
from validator.claims.claim import ClaimVerdict
from validator.claims.judge import adds_up
from validator.claims.slip import unless_no_slip
from validator.claims.sum_block import find_blocks
from validator.claims.sum_bullets import find_bullets
from validator.claims.sum_division import find_divisions
from validator.claims.sum_doubt import is_doubtful
from validator.claims.sum_family import find_families
from validator.claims.sum_level import find_levels
from validator.claims.sum_list import BRACKET, Listed, find_lists
from validator.claims.sum_made import find_made
from validator.claims.sum_opposite import find_opposites
from validator.claims.sum_rest import find_rests
from validator.claims.sum_row import ROWS, find_rows
from validator.claims.sum_within import find_named_wholes
from validator.text.item import ALL

_LEAST, _MOST = 2, 12

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.structure import Text
    from validator.text.mention import Mention


def candidates(text: Text) -> Iterator[Listed]:
    """Yield each total with parts that the structure gives, once: as sure as one place makes it."""
    found: dict[object, Listed] = {}
    for listed in (
        *find_lists(text),
        *find_rests(text),
        *find_opposites(text),
        *find_named_wholes(text),
        *find_bullets(text),
        *find_divisions(text),
        *find_families(text),
        *find_made(text),
        *find_levels(text),
        *find_rows(text),
        *find_blocks(text),
    ):
        key = _key(listed)
        if key not in found or (listed.sure and not found[key].sure and not found[key].open):
            found[key] = listed
    yield from found.values()


def judge_sums(text: Text, lists: Iterable[Listed]) -> Iterator[Claim]:
    """Judge the totals and parts that the structure gives, whether or not they add up."""
    for listed in lists:
        yield judged(text, listed)


def parts_of(lists: Iterable[Listed]) -> dict[MentionKey, Listed]:
    """The list that each figure is a part of, the first one found."""
    found: dict[MentionKey, Listed] = {}
    for listed in lists:
        for part in listed.parts:
            found.setdefault(part.mention.key, listed)
    return found


def _key(listed: Listed) -> object:
    parts = frozenset(part.mention.key for part in listed.parts)
    return listed.total.mention.key, parts


def _subset(total: Mention, parts: Sequence[Mention]) -> list[Mention] | None:
    """All parts but one, if they make up the total: the one is then a remark, as of bad debts among loans."""
    if len(parts) <= _LEAST or len(parts) > _MOST:
        return None
    for left_out in range(len(parts)):
        rest = [*parts[:left_out], *parts[left_out + 1 :]]
        if adds_up(total, rest):
            return rest
    return None


def judged(text: Text, listed: Listed) -> Claim:
    """Judge a total and its parts."""
    total, parts = listed.total.mention, [part.mention for part in listed.parts]
    if adds_up(total, parts):
        return sum_claim(text.prose, total, parts)
    subset = None if listed.sure else _subset(total, parts)
    if subset is not None:
        return sum_claim(text.prose, total, subset)
    if is_doubtful(text, listed):
        return sum_claim(text.prose, total, parts, ClaimVerdict.UNDECIDED, "")
    beyond = sum(part.amount for part in parts) > total.amount
    if (listed.sure and (beyond or not listed.open)) or (listed.disjoint and beyond):
        claim = sum_claim(text.prose, total, parts, ClaimVerdict.FAIL)
        # A bracket may name what was done with some: "318 rooms (17 built, 42 mended)".
        bare = listed.announced == BRACKET and not beyond and not any(part.lead for part in listed.parts)
        is_said = (listed.announced == ALL or bare) and total.sentence == parts[0].sentence
        return claim if is_said or listed.announced == ROWS else unless_no_slip(claim)
    return sum_claim(text.prose, total, parts, ClaimVerdict.UNDECIDED, "" if beyond else "list-may-be-open")

"""Shares: ``a/b … reaches p %``, and percentages whose base is stated elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import judge_share, number_of, share_of
from validator.claims.prose import Prose, make_claim, same_kind
from validator.claims.share_claim import Pair, share_claim
from validator.claims.share_scope import can_be_of
from validator.text.mention import Cue, Mention, MentionKind, Reading
from validator.text.qualifier import CHANGED, HEDGED, PLANNED
from validator.text.token import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_BACK, _AHEAD = 7, 3
_NEAR = 24
_LARGE = 30
_REACH = 60
_CLOSE_TOKENS = 16
_LABEL_GAP = 22
_WHOLE = 100
_LISTED = 2
_UNPLANNED = frozenset({"unit:place", "unit:person", "unit:household", "unit:case"})
"""Of these a/b counts what there is: a percentage of the plan is of another base."""


def words_claim(prose: Prose, reading: Reading, stated: Mention) -> Claim | None:
    """The claim of a percentage whose numerator and base its own construction names, or None."""
    position = bisect_left(reading.mention_places, stated.first)
    explicit = _explicit_pair(prose, reading, position)
    if explicit is not None:
        return _judged(prose, explicit, stated)
    firm = _stated_base(reading, position)
    if firm is not None and firm.firm and HEDGED not in stated.tags:
        return _judged(prose, firm, stated)
    return None


def find_unreadable(prose: Prose) -> Iterator[Claim]:
    """Yield the numbers that cannot be read, where a share of a stated base should be."""
    for reading in prose.readings.values():
        for position, mention in enumerate(reading.mentions):
            if mention.is_garbled and "at:share" in mention.tags:
                yield from _unreadable(prose, reading, position)


def is_no_share(prose: Prose, reading: Reading, stated: Mention) -> bool:
    """Whether the percentage is a change, an aim, a bound or a guess."""
    if any(tag in stated.tags for tag in ("after:vague_after", "at:growth", "at:aim", "at:name_before")):
        return True
    if prose.foreign:
        words = {token.text.casefold() for token in reading.tokens[max(0, stated.first - 6) : stated.first]}
        return bool(words & prose.vocabulary.foreign.change)
    position = bisect_left(reading.mention_places, stated.first)
    before = reading.mentions[position - 1] if position else None
    if before is not None and CHANGED in before.tags and before.depth < stated.depth:
        return True
    near = reading.cues_between(max(0, stated.first - 4), stated.first)
    if any("growth" in cue.tags and "share" not in cue.tags for cue in near):
        return True
    after = reading.cues_between(stated.last, stated.last + 3)
    return any("period_base" in cue.tags for cue in after)


def _unreadable(prose: Prose, reading: Reading, position: int) -> Iterator[Claim]:
    """A number that cannot be read, where the share of a stated base should be."""
    garbled = reading.mentions[position]
    before = [m for m in reading.mentions[max(0, position - 2) : position] if m.is_quantity]
    after = [m for m in reading.mentions[position + 1 : position + 2] if m.is_quantity]
    if before and after and same_kind(before[-1], after[0]) and after[0].tags & {"base", "neutral"}:
        part, whole = before[-1], after[0]
        numbers: dict[str, str | tuple[str, ...]] = {
            "numerator": number_of(part),
            "denominator": number_of(whole),
            "stated": reading.quote(garbled.start, garbled.end),
        }
        help_args = {"stated": garbled.text, "right": share_of(part, whole, 2).replace(".", ",")}
        mentions = (part, garbled, whole)
        reason = "unreadable-share"
        yield make_claim(
            prose, ClaimKind.PERCENT, ClaimVerdict.FAIL, mentions, numbers, reason=reason, cure=help_args
        )


def _explicit_pair(prose: Prose, reading: Reading, position: int) -> Pair | None:
    """The ``a/b`` that the percentage belongs to: right before it, or in brackets right after."""
    mentions = reading.mentions
    stated = mentions[position]
    if position >= 2 and mentions[position - 1].role == "under":
        over, under = mentions[position - 2], mentions[position - 1]
        gap = stated.first - under.last
        if (
            under.sentence == stated.sentence
            and gap <= _CLOSE_TOKENS
            and under.bracket in {0, stated.bracket}
        ):
            return Pair(
                part=over,
                whole=under,
                firm=_ties(reading, under, stated)
                and (_is_bare(reading, stated, under) or _names_whole(prose, reading, stated, under))
                and not _is_of_money(reading, under, stated),
            )
    if position + 2 < len(mentions) and mentions[position + 1].role == "over":
        over, under = mentions[position + 1], mentions[position + 2]
        opened = (
            over.first > 0 and reading.tokens[over.first - 1].key == "(" and over.sentence == stated.sentence
        )
        before = mentions[position - 1] if position else stated
        listed = before.kind is MentionKind.PERCENT and 0 < stated.first - before.last <= _LISTED
        if opened and over.depth == stated.depth + 1 and over.first - stated.last <= _CLOSE_TOKENS:
            return Pair(
                part=over, whole=under, firm=not listed and _alone_inside(reading, stated, over, under)
            )
    return None


def _alone_inside(reading: Reading, stated: Mention, over: Mention, under: Mention) -> bool:
    """Whether ``p % of … (a/b)`` has but words before its bracket, and nothing but ``a/b`` in it."""
    between = reading.tokens[stated.last : over.first - 1]
    closed = reading.tokens[under.last : under.last + 1]
    bare = all(token.kind is TokenKind.WORD for token in between)
    return bare and (not between or any(token.key == ")" for token in closed))


def _ties(reading: Reading, under: Mention, stated: Mention) -> bool:
    """Whether nothing between a base and a percentage brings in another subject.

    After the last comma only words for shares may stand; a rate that has a name ("the rate of
    satisfaction") is another subject wherever it stands.
    """
    between = reading.tokens[under.last : stated.first]
    if any(token.key in {";", "."} for token in between) or sum(token.key == "," for token in between) > 1:
        return False
    cues = reading.cues_between(under.last, stated.first)
    linked = {
        index for cue in cues if cue.tags & {"link", "vague", "share"} for index in range(cue.first, cue.last)
    }
    named_rate = any(
        "rate" in cue.tags and cue.last < stated.first and cue.last not in linked
        for cue in cues
        if reading.tokens[min(cue.last, stated.first - 1)].kind is TokenKind.WORD
    )
    commas = [under.last + shift for shift, token in enumerate(between) if token.key == ","]
    if named_rate or not commas:
        return not named_rate and _ends_in_share(cues, between, stated)
    return all(
        reading.tokens[index].kind is TokenKind.MARK or index in linked
        for index in range(commas[-1], stated.first)
    )


def _ends_in_share(cues: tuple[Cue, ...], between: tuple[Token, ...], stated: Mention) -> bool:
    """Whether a mark or a word for shares stands right before the percentage."""
    if not between or between[-1].kind is TokenKind.MARK:
        return True
    return bool(cues) and cues[-1].last == stated.first and bool(cues[-1].tags & {"share", "link", "vague"})


def _is_bare(reading: Reading, stated: Mention, whole: Mention) -> bool:
    """Whether no noun after the percentage names another base."""
    if stated.last >= len(reading.tokens) or reading.tokens[stated.last].kind is not TokenKind.WORD:
        return True
    following = reading.cues_between(stated.last, stated.last + 1)
    if not following:
        return False
    tags = following[0].tags
    if "plan" in tags and whole.group in _UNPLANNED:
        return False
    return "neutral" in tags or f"is:{whole.unit}" in tags


def _names_whole(prose: Prose, reading: Reading, stated: Mention, whole: Mention) -> bool:
    """Whether a percentage is of the number of what its base counts: ``6/14 wards (p % of the wards)``.

    ``120/150 paid cases, p % of the cases`` and ``p % of all cases`` are of others too.
    """
    unit = [prose.lexicon.fold(word) for word in whole.unit.split()]
    words = _words_from(reading, stated.last)
    ahead = words[: len(words) - len(unit)]
    if not unit or words[len(ahead) :] != unit or _words_from(reading, whole.last) != unit:
        return False
    cues = reading.cues_between(stated.last, stated.last + len(ahead))
    return prose.lexicon.stop.issuperset(ahead) and not any("total" in cue.tags for cue in cues)


def _words_from(reading: Reading, first: int) -> list[str]:
    """The words from a token up to the next mark or number."""
    return [
        token.key for token in takewhile(lambda each: each.kind is TokenKind.WORD, reading.tokens[first:])
    ]


def _is_of_money(reading: Reading, whole: Mention, stated: Mention) -> bool:
    """Whether the percentage of things counted is said of money or of work done with them."""
    if whole.kind is MentionKind.MONEY or whole.unit in {"", "ha"}:
        return False
    cues = reading.cues_between(whole.last, stated.last + 3)
    return any("money_word" in cue.tags for cue in cues)


def _stated_base(reading: Reading, position: int) -> Pair | None:
    """The base that the sentence itself names: "x out of y in all", "of y in all, x make up p %"."""
    stated = reading.mentions[position]
    before = [
        mention
        for mention in reading.mentions[max(0, position - _NEAR) : position]
        if mention.sentence == stated.sentence and mention.is_quantity
    ]
    # What stood in a bracket that is closed by then only takes apart what stands before it.
    before = [mention for mention in before if mention.depth <= before[-1].depth]
    if len(before) < 2:
        return None
    one, other = before[-2], before[-1]
    if not same_kind(one, other) or not one.unit or one.odd or other.odd or not can_be_of(one, other):
        return None
    close = stated.first - other.last <= _LABEL_GAP and stated.depth >= other.depth
    tied = close and _ties(reading, other, stated) and _is_bare(reading, stated, other)
    if "at:explicit_base" in other.tags and one.amount <= other.amount:
        return Pair(part=one, whole=other, firm=tied and len(before) == 2)
    done = "assigned" in one.tags and bool(other.tags & {"stage_resolved", "after:stage_resolved"})
    named = bool(one.tags & {"explicit_base", "at:explicit_base"})
    named = named or (done and one.unit == other.unit and one.unit_is_near and other.unit_is_near)
    at_share = any("part_share" in cue.tags for cue in reading.cues_between(other.last, stated.first))
    breakdown = any(
        cue.tags & {"parts_some", "parts_all"} for cue in reading.cues_between(one.last, other.first)
    )
    if other.amount <= one.amount and (named or (breakdown and at_share and one.unit == other.unit)):
        alone = len(before) == 2 and _no_other_base(reading, position, one, other)
        return Pair(part=other, whole=one, firm=tied and alone)
    return None


def _no_other_base(reading: Reading, position: int, whole: Mention, part: Mention) -> bool:
    """Whether the paragraph holds no third number that may be the base."""
    return not any(
        mention.is_quantity
        and mention.key not in {whole.key, part.key}
        and same_kind(mention, part)
        and mention.amount > part.amount
        for mention in reading.mentions[max(0, position - _NEAR) : position + _NEAR]
    )


def _judged(prose: Prose, pair: Pair, stated: Mention) -> Claim | None:
    """Judge a pair that the words name; what is not firm is never an accusation."""
    if pair.whole.amount == 0:
        return None
    verdict = judge_share(pair.part, pair.whole, stated)
    doubt = pair.part.odd or pair.whole.odd or ("." in stated.text and not prose.lexicon.point)
    hedged = any(mention.tags & {HEDGED, PLANNED} for mention in (pair.part, pair.whole, stated))
    qualified = hedged or "aim" in stated.tags
    if (
        verdict in (ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED)
        and qualified
        and not _is_of_aim(prose, pair, stated)
    ):
        return share_claim(prose, pair, stated, ClaimVerdict.UNDECIDED, "share-hedged")
    if verdict is ClaimVerdict.FAIL and (not pair.firm or doubt):
        verdict = ClaimVerdict.UNDECIDED
    return share_claim(prose, pair, stated, verdict)


def _is_of_aim(prose: Prose, pair: Pair, stated: Mention) -> bool:
    """Whether the percentage repeats an aim in brackets: ``we aim at 23/25 tasks (92 %)``."""
    if any(HEDGED in mention.tags for mention in (pair.part, pair.whole, stated)):
        return False
    tokens = prose.reading_of(stated.passage).tokens
    return (
        pair.whole.role == "under" and stated.first > pair.whole.last and tokens[stated.first - 1].key == "("
    )

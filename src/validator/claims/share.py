"""Shares: ``a/b … reaches p %``, and percentages whose base is stated elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import judge_share, number_of, share_of
from validator.claims.mention import Cue, Mention, MentionKind, Reading
from validator.claims.prose import Prose, make_claim, same_kind
from validator.claims.qualifier import CHANGED, HEDGED, PLANNED
from validator.claims.share_claim import Pair, share_claim
from validator.claims.token import Token, TokenKind

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


def find_shares(prose: Prose) -> Iterator[Claim]:
    """Yield a claim for every percentage of which a numerator and a base can be read."""
    for reading in prose.readings.values():
        for position, mention in enumerate(reading.mentions):
            if mention.kind is MentionKind.PERCENT and not _is_no_share(prose, reading, mention):
                claim = _claim_of(prose, reading, position)
                if claim is not None:
                    yield claim
            elif mention.is_garbled and "at:share" in mention.tags:
                yield from _unreadable(prose, reading, position)


def _is_no_share(prose: Prose, reading: Reading, stated: Mention) -> bool:
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


def _claim_of(prose: Prose, reading: Reading, position: int) -> Claim | None:
    stated = reading.mentions[position]
    explicit = _explicit_pair(reading, position)
    if explicit is not None:
        return _judged(prose, explicit, stated)
    hedged = HEDGED in stated.tags
    firm = _stated_base(reading, position)
    if firm is not None and firm.firm and not hedged:
        return _judged(prose, firm, stated)
    found = _fitting(prose, reading, position)
    if found is not None or hedged or firm is None:
        return found
    return _judged(prose, firm, stated)


def _fitting(prose: Prose, reading: Reading, position: int) -> Claim | None:
    """The claim of the pair that gives the percentage, undecided where several equally near ones do."""
    stated = reading.mentions[position]
    hedged = HEDGED in stated.tags
    cut_off: Pair | None = None
    fitting: list[Pair] = []
    for pair in _candidates(prose, reading, position):
        if fitting and not _rivals(pair, fitting[0], stated):
            continue
        verdict = judge_share(pair.part, pair.whole, stated)
        if verdict is ClaimVerdict.PASS and not (hedged and pair.part.passage != pair.whole.passage):
            fitting.append(pair)
        near = pair.whole.passage == reading.index and abs(pair.whole.first - stated.first) < _LABEL_GAP * 2
        if verdict is ClaimVerdict.TRUNCATED and cut_off is None and near and not hedged:
            cut_off = pair
    if fitting:
        several = len({pair.whole.amount for pair in fitting}) > 1
        if several:
            return share_claim(prose, fitting[0], stated, ClaimVerdict.UNDECIDED, "share-fits-several")
        return share_claim(prose, fitting[0], stated, ClaimVerdict.PASS)
    return share_claim(prose, cut_off, stated, ClaimVerdict.TRUNCATED) if cut_off is not None else None


def _rivals(pair: Pair, found: Pair, stated: Mention) -> bool:
    """Whether another base of the same part stands no farther off, and no words name the one found."""
    same = pair.part is found.part and not found.firm
    return same and _farness(pair, stated) <= _farness(found, stated)


def _farness(pair: Pair, stated: Mention) -> int:
    """How far the base is from the percentage: in its passage, near it, elsewhere in the document."""
    steps = abs(pair.whole.passage - stated.passage)
    return 0 if not steps else 1 if steps <= _BACK else 2


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


def _explicit_pair(reading: Reading, position: int) -> Pair | None:
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
                and _is_bare(reading, stated, under)
                and not _is_of_money(reading, under, stated),
            )
    if position + 2 < len(mentions) and mentions[position + 1].role == "over":
        over, under = mentions[position + 1], mentions[position + 2]
        opened = reading.tokens[stated.last].key == "(" if stated.last < len(reading.tokens) else False
        before = mentions[position - 1] if position else stated
        listed = before.kind is MentionKind.PERCENT and 0 < stated.first - before.last <= _LISTED
        if opened and over.first - stated.last <= 8:
            return Pair(part=over, whole=under, firm=over.first - stated.last == 1 and not listed)
    return None


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


def _is_of_money(reading: Reading, whole: Mention, stated: Mention) -> bool:
    """Whether the percentage of things counted is said of money or of work done with them."""
    if whole.kind is MentionKind.MONEY or whole.unit in {"", "ha"}:
        return False
    cues = reading.cues_between(whole.last, stated.last + 3)
    return any("money_word" in cue.tags for cue in cues)


def _candidates(prose: Prose, reading: Reading, position: int) -> Iterator[Pair]:
    """Pairs that may be meant, the likeliest first."""
    stated = reading.mentions[position]
    parts = list(_numerators(reading, position))
    for part in parts:
        outer = _outer_total(reading, part)
        if outer is not None and _fits(part, outer, stated):
            yield Pair(part=part, whole=outer, firm=True)
        for whole in _bases(prose, reading, stated):
            if _fits(part, whole, stated):
                yield Pair(part=part, whole=whole)
    if stated.decimals and not prose.foreign:
        for part in parts[:2]:
            for whole in _far_bases(prose, part, stated):
                if _fits(part, whole, stated):
                    yield Pair(part=part, whole=whole)


def _numerators(reading: Reading, position: int) -> Iterator[Mention]:
    mentions = reading.mentions
    stated = mentions[position]
    follower = mentions[position + 1] if position + 1 < len(mentions) else None
    bracketed = (
        follower is not None
        and follower.is_quantity
        and follower.first - stated.last <= 8
        and reading.tokens[stated.last].key in {"(", ","}
    )
    if bracketed and follower is not None and reading.tokens[stated.last].key == "(":
        yield follower
    found = 0
    for mention in reversed(mentions[max(0, position - 8) : position]):
        if mention.sentence != stated.sentence or found == 3:
            break
        is_nearest_change = mention is mentions[position - 1] and CHANGED in mention.tags
        if (mention.is_quantity or is_nearest_change) and mention.role != "under":
            found += 1
            yield mention
    if bracketed and follower is not None and reading.tokens[stated.last].key == ",":
        yield follower


def _bases(prose: Prose, reading: Reading, stated: Mention) -> Iterator[Mention]:
    """Numbers that may be the base: of the sentence backwards, the passage, the list, the section."""
    position = bisect_left(reading.mention_places, stated.first)
    nearby = reading.mentions[max(0, position - _NEAR) : position + _NEAR]
    own = [mention for mention in nearby if mention.is_quantity]
    same = [mention for mention in own if mention.sentence == stated.sentence]
    yield from sorted(same, key=lambda mention: abs(mention.first - stated.first))
    if prose.foreign:
        return
    yield from sorted(
        (mention for mention in own if mention.sentence != stated.sentence),
        key=lambda mention: abs(mention.first - stated.first),
    )
    for other in prose.around(reading.index, back=_BACK, ahead=_AHEAD):
        if other.index != reading.index:
            yield from (mention for mention in other.mentions[:_NEAR] if mention.is_quantity)


def _outer_total(reading: Reading, part: Mention) -> Mention | None:
    """The number before the "of which" that *part* stands after."""
    for cue in reversed(reading.cues_between(max(0, part.first - _REACH), part.first)):
        if not cue.tags & {"parts_some", "parts_all"} or reading.depths[cue.first] > part.depth:
            continue
        position = bisect_left(reading.mention_places, cue.first)
        for mention in reversed(reading.mentions[max(0, position - 4) : position]):
            if mention.is_quantity and mention.role != "over":
                return mention
    return None


def _far_bases(prose: Prose, part: Mention, stated: Mention) -> Iterator[Mention]:
    """Large numbers anywhere in the document of which *part* is the stated percentage."""
    half = stated.step / 2
    if stated.value <= half or part.amount < _LARGE:
        return
    low = _WHOLE * part.amount / (stated.value + half)
    high = _WHOLE * part.amount / (stated.value - half)
    yield from prose.between(low, high)


def _fits(part: Mention, whole: Mention, stated: Mention) -> bool:
    if (part.passage, part.first) == (whole.passage, whole.first) or not same_kind(part, whole):
        return False
    if whole.amount <= 0 or (whole.amount < part.amount and stated.value <= _WHOLE):
        return False
    return stated.value != _WHOLE or (whole.passage == part.passage and whole.sentence == part.sentence)


def _stated_base(reading: Reading, position: int) -> Pair | None:
    """The base that the sentence itself names: "x out of y in all", "of y in all, x make up p %"."""
    stated = reading.mentions[position]
    before = [
        mention
        for mention in reading.mentions[max(0, position - _NEAR) : position]
        if mention.sentence == stated.sentence and mention.is_quantity
    ]
    if len(before) < 2:
        return None
    one, other = before[-2], before[-1]
    if not same_kind(one, other) or not one.unit or one.odd or other.odd:
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
        and (mention.passage, mention.first) not in {(whole.passage, whole.first), (part.passage, part.first)}
        and same_kind(mention, part)
        and mention.amount > part.amount
        for mention in reading.mentions[max(0, position - _NEAR) : position + _NEAR]
    )


def _judged(prose: Prose, pair: Pair, stated: Mention) -> Claim | None:
    """Judge a pair that the words name; what is not firm is never an accusation."""
    if pair.whole.amount == 0:
        return None
    verdict = judge_share(pair.part, pair.whole, stated)
    doubt = pair.part.odd or pair.whole.odd or stated.text.count(".") > 0
    qualified = any(mention.tags & {HEDGED, PLANNED} for mention in (pair.part, pair.whole, stated))
    if verdict in {ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED} and (qualified or "aim" in stated.tags):
        return share_claim(prose, pair, stated, ClaimVerdict.UNDECIDED, "share-hedged")
    if verdict is ClaimVerdict.FAIL and (not pair.firm or doubt):
        verdict = ClaimVerdict.UNDECIDED
    return share_claim(prose, pair, stated, verdict)

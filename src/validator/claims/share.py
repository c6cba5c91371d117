"""Shares: ``a/b … reaches p %``, and percentages whose base is stated elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import judge_share, number_of, parts_giving, share_of, written
from validator.claims.mention import Cue, Mention, MentionKind, Reading
from validator.claims.prose import Prose, make_claim, same_kind
from validator.claims.token import Token, TokenKind
from validator.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

_BACK, _AHEAD = 7, 3
_NEAR = 24
_LARGE = 30
_REACH = 60
_CLOSE_TOKENS = 16
_LABEL_GAP = 22
_WHOLE = 100


@record
class _Pair:
    """A numerator and a base; ``firm`` if the words leave no doubt that the percentage is of them."""

    part: Mention
    whole: Mention
    firm: bool = False


def find_shares(prose: Prose) -> Iterator[Claim]:
    """Yield a claim for every percentage of which a numerator and a base can be read."""
    for reading in prose.readings.values():
        for position, mention in enumerate(reading.mentions):
            if mention.kind is MentionKind.PERCENT and not _is_no_share(reading, mention):
                claim = _claim_of(prose, reading, position)
                if claim is not None:
                    yield claim
            elif mention.is_garbled and "at:share" in mention.tags:
                yield from _unreadable(prose, reading, position)


def _is_no_share(reading: Reading, stated: Mention) -> bool:
    """Whether the percentage is a change, an aim, a bound or a guess."""
    if any(tag in stated.tags for tag in ("after:vague_after", "at:growth", "at:aim", "at:name_before")):
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
    vague = "at:vague" in stated.tags
    firm = _stated_base(reading, position)
    if firm is not None and firm.firm and not vague:
        return _judged(prose, firm, stated)
    best: Claim | None = None
    for pair in _candidates(prose, reading, position):
        verdict = judge_share(pair.part, pair.whole, stated)
        if verdict is ClaimVerdict.PASS and not (vague and pair.part.passage != pair.whole.passage):
            return _made(prose, pair, stated, verdict)
        near = pair.whole.passage == reading.index and abs(pair.whole.first - stated.first) < _LABEL_GAP * 2
        if verdict is ClaimVerdict.TRUNCATED and best is None and near:
            best = _made(prose, pair, stated, verdict)
    if best is not None or vague or firm is None:
        return best
    return _judged(prose, firm, stated)


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


def _explicit_pair(reading: Reading, position: int) -> _Pair | None:
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
            return _Pair(
                part=over,
                whole=under,
                firm=_ties(reading, under, stated)
                and _is_bare(reading, stated, under)
                and not _is_of_money(reading, under, stated),
            )
    if position + 2 < len(mentions) and mentions[position + 1].role == "over":
        over, under = mentions[position + 1], mentions[position + 2]
        opened = reading.tokens[stated.last].key == "(" if stated.last < len(reading.tokens) else False
        if opened and over.first - stated.last <= 8:
            return _Pair(part=over, whole=under, firm=over.first - stated.last == 1)
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
    return "neutral" in tags or f"is:{whole.unit}" in tags


def _is_of_money(reading: Reading, whole: Mention, stated: Mention) -> bool:
    """Whether the percentage of things counted is said of money or of work done with them."""
    if whole.kind is MentionKind.MONEY or whole.unit in {"", "ha"}:
        return False
    cues = reading.cues_between(whole.last, stated.last + 3)
    return any("money_word" in cue.tags for cue in cues)


def _candidates(prose: Prose, reading: Reading, position: int) -> Iterator[_Pair]:
    """Pairs that may be meant, the likeliest first."""
    stated = reading.mentions[position]
    parts = list(_numerators(reading, position))
    for part in parts:
        outer = _outer_total(reading, part)
        if outer is not None and _fits(part, outer, stated):
            yield _Pair(part=part, whole=outer)
        for whole in _bases(prose, reading, stated):
            if _fits(part, whole, stated):
                yield _Pair(part=part, whole=whole)
    if stated.decimals:
        for part in parts[:2]:
            for whole in _far_bases(prose, part, stated):
                if _fits(part, whole, stated):
                    yield _Pair(part=part, whole=whole)


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
        if mention.is_quantity and mention.role != "under":
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


def _stated_base(reading: Reading, position: int) -> _Pair | None:
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
        return _Pair(part=one, whole=other, firm=tied and len(before) == 2)
    done = "assigned" in one.tags and bool(other.tags & {"stage_resolved", "after:stage_resolved"})
    named = bool(one.tags & {"explicit_base", "at:explicit_base"})
    named = named or (done and one.unit == other.unit and one.unit_is_near and other.unit_is_near)
    at_share = any("part_share" in cue.tags for cue in reading.cues_between(other.last, stated.first))
    breakdown = any(
        cue.tags & {"parts_some", "parts_all"} for cue in reading.cues_between(one.last, other.first)
    )
    if other.amount <= one.amount and (named or (breakdown and at_share and one.unit == other.unit)):
        alone = len(before) == 2 and _no_other_base(reading, position, one, other)
        return _Pair(part=other, whole=one, firm=tied and alone)
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


def _judged(prose: Prose, pair: _Pair, stated: Mention) -> Claim | None:
    """Judge a pair that the words name; what is not firm is never an accusation."""
    if pair.whole.amount == 0:
        return None
    verdict = judge_share(pair.part, pair.whole, stated)
    doubt = pair.part.odd or pair.whole.odd or stated.text.count(".") > 0
    if verdict is ClaimVerdict.FAIL and (not pair.firm or doubt):
        verdict = ClaimVerdict.UNDECIDED
    return _made(prose, pair, stated, verdict)


def _made(prose: Prose, pair: _Pair, stated: Mention, verdict: ClaimVerdict) -> Claim:
    part, whole = pair.part, pair.whole
    differs = verdict in {ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED}
    reason = "share-differs" if verdict is ClaimVerdict.FAIL else "share-cut-off"
    same_scale = part.scale == whole.scale
    numbers: dict[str, str | tuple[str, ...]] = {
        "numerator": number_of(part) if same_scale else str(part.amount),
        "denominator": number_of(whole) if same_scale else str(whole.amount),
        "stated": number_of(stated),
    }
    return make_claim(
        prose,
        ClaimKind.PERCENT,
        verdict,
        (part, whole, stated),
        numbers,
        reason=reason if differs else "",
        cure=_cure(part, whole, stated) if differs else {},
    )


def _cure(part: Mention, whole: Mention, stated: Mention) -> dict[str, str]:
    """The right percentage, and which numerators of the base would give the stated one."""
    return {
        "numerator": part.text,
        "denominator": whole.text,
        "stated": stated.text,
        "right": share_of(part, whole, max(stated.decimals, 2)).replace(".", ","),
        "inverse": _inverse(part, whole, stated),
    }


def _inverse(part: Mention, whole: Mention, stated: Mention) -> str:
    """Numerators that give the stated percentage, as finely written; empty if there is none."""
    found = parts_giving(part, whole, stated)
    if found is None:
        return ""
    least, most = (_like(part, value) for value in found)
    return least if least == most else f"{least}–{most}"


def _like(part: Mention, value: Fraction) -> str:
    """Write a value as the text writes *part*: thousands apart if they are there."""
    whole, point, decimals = written(value, part.decimals).partition(".")
    if "." in part.text:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{decimals}" if point else whole

"""All percentages of a document as shares: bases by structure, then judged exactly."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import judge_share
from validator.claims.share import is_no_share, words_claim
from validator.claims.share_base import Share, share_of_item
from validator.claims.share_before import Base
from validator.claims.share_claim import Pair, share_claim
from validator.claims.share_doubt import is_elsewhere
from validator.claims.share_label import labels_of, share_of_label
from validator.claims.share_part import roles_in
from validator.claims.share_scope import is_out_of_scope
from validator.claims.structure import same_unit
from validator.text.mention import MentionKind
from validator.text.qualifier import CHANGED, EARLIER, HEDGED, PLANNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.share_part import Part
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Stated
    from validator.text.mention import Mention

_LEAST_ALIKE = 2
_AFAR = frozenset({"any", "far"})
_SAID = frozenset({"named", "within", "list"})
"""How a base is known that no other base fitting as well puts in doubt."""


def find_shares(text: Text, lists: Mapping[MentionKey, Listed]) -> Iterator[Claim]:
    """Yield a claim for each percentage whose numerator and base the words and the structure give."""
    left: list[Share] = []
    labels = labels_of(text, {id(listed): listed for listed in lists.values()}.values())
    for node in text.nodes.values():
        for stated in node.found.stated:
            if stated.mention.kind is not MentionKind.PERCENT or node.found.reading is None:
                continue
            if is_no_share(text.prose, node.found.reading, stated.mention):
                continue
            claim = words_claim(text.prose, node.found.reading, stated.mention)
            if claim is not None and is_elsewhere(text, node, stated):
                claim = None
            if claim is not None:
                yield claim
                continue
            if stated.mention.depth and (
                EARLIER in stated.mention.tags or _is_level_before(text, node, stated)
            ):
                continue  # "18/20 (85 % in 2023)": another time's share.
            share = share_of_item(text, node, stated, lists)
            labelled = share_of_label(text, node, stated, labels) if share is None else None
            if share is not None and share.bases:
                left.append(share)
            elif labelled is not None:
                yield labelled
    verdicts = [_verdicts(share) for share in left]
    proven = _proven(left, verdicts)
    for share, found in zip(left, verdicts, strict=True):
        yield _judged(text, share, found, proven)


def _is_level_before(text: Text, node: Node, stated: Stated) -> bool:
    """``down by 0.7 points on last year (p %)``: what stands in brackets after a comparison is of then."""
    reading = node.found.reading
    if reading is None:
        return False
    before = reading.mentions_between(max(0, stated.mention.first - _FAR), stated.mention.first)
    last = next((m for m in reversed(before) if m.kind is not MentionKind.NAME), None)
    if last is None or last.depth >= stated.mention.depth or last.sentence != stated.mention.sentence:
        return False
    is_change = last.kind is MentionKind.POINTS or last.tags & {CHANGED, "growth"}
    words = [token.key for token in reading.tokens[last.last : stated.mention.first]]
    return bool(is_change and roles_in(text, words) & {"compared", "other_period"})


_FAR = 24


def _verdicts(share: Share) -> tuple[ClaimVerdict, ...]:
    """What the arithmetic says of each base."""
    part, stated = share.part.item.mention, share.stated.mention
    return tuple([judge_share(part, base.mention, stated) for base in share.bases])


Proven = dict[tuple[object, ...], list[tuple[Share, Base]]]
"""Of which shares of one list or paragraph a base holds."""


def _proven(shares: Sequence[Share], verdicts: Sequence[Sequence[ClaimVerdict]]) -> Proven:
    """What holds for the other shares of a list is this one's base too."""
    proven: Proven = defaultdict(list)
    for share, found in zip(shares, verdicts, strict=True):
        for base, verdict in zip(share.bases, found, strict=True):
            if verdict is ClaimVerdict.PASS:
                proven[_key_of(share, base)].append((share, base))
                if base.strong:
                    proven[(_kin(share.node),)].append((share, base))
    return proven


def _key_of(share: Share, base: Base) -> tuple[object, ...]:
    return _kin(share.node), base.mention.passage, base.mention.first


def _kin(node: Node) -> object:
    return node.parent if node.parent is not None else ("", node.index)


def _is_alike(share: Share, base: Base, proven: Proven) -> bool:
    """Whether a base holds for two others of the list, or for the share right beside in the same words."""
    others = [other for other, _ in proven.get(_key_of(share, base), ()) if other is not share]
    if any(strong.mention.amount != base.mention.amount for _, strong in proven.get((_kin(share.node),), ())):
        return False  # Words or roles give a share of the list another base, and it holds.
    telling = [other for other in others if 0 < other.part.item.mention.amount < base.mention.amount]
    # One alone of few digits may fit a figure of another paragraph by accident.
    telling = [other for other in telling if base.why not in _AFAR or _is_precise(other.stated.mention)]
    return len(others) >= _LEAST_ALIKE or any(_is_beside(share, other, base) for other in telling)


def _is_precise(stated: Mention) -> bool:
    return stated.value >= _DIGITS * stated.step


_DIGITS = 100
"""A percentage of three digits is one of so many at least."""


def _is_beside(one: Share, other: Share, base: Base) -> bool:
    """Whether two shares are worded alike and nothing is counted between them."""
    a, b = sorted((one.part.item, other.part.item), key=lambda item: item.mention.first)
    if one.node is not other.node or one.part.addends or other.part.addends or b.order != a.order + 1:
        return False
    first, last = one.stated.mention, other.stated.mention
    same_place = first.depth == last.depth and a.mention.depth == b.mention.depth == base.mention.depth
    return same_place and one.stated.lead == other.stated.lead and not b.announced and same_unit(a, b)


def _judged(text: Text, share: Share, verdicts: Sequence[ClaimVerdict], proven: Proven) -> Claim:
    made = partial(_made, text, share)
    held = list(zip(share.bases, verdicts, strict=True))
    doubtful = share.other is not None or _is_doubtful(text, share)
    sure = [b for b in share.bases if b.strong or _is_alike(share, b, proven)]
    fitting = [base for base, verdict in held if verdict is ClaimVerdict.PASS]
    if fitting:
        certain = () if doubtful else sure
        return _of_fitting(_said_base(text, share, certain, proven), fitting, certain, made)
    if share.other is not None and (claim := _of_other(text, share, share.other)) is not None:
        return claim
    if doubtful or not sure or _is_out_of_scope(text, share, sure[0]):
        return made(share.bases[0], ClaimVerdict.UNDECIDED)
    cut = (base for base, verdict in held if verdict is ClaimVerdict.TRUNCATED and base.strong)
    if (base := next(cut, None)) is not None:
        return made(base, ClaimVerdict.TRUNCATED)
    return made(sure[0], ClaimVerdict.FAIL)


def _said_base(text: Text, share: Share, sure: Sequence[Base], proven: Proven) -> Base | None:
    """The base that words give, if it holds for others."""
    said = next((base for base in sure if base.why in _SAID and base.strong), None)
    if said is None or share.other or not proven.get(_key_of(share, said)):
        return None
    return None if _is_out_of_scope(text, share, said) else said


def _of_fitting(
    said: Base | None, fitting: list[Base], sure: Sequence[Base], made: Callable[..., Claim]
) -> Claim:
    """The claim of a percentage that some base gives."""
    first = fitting[0]
    rivals = {base.mention.amount for base in fitting if base.mention.passage == first.mention.passage}
    if said is not None and first.why not in _SAID:
        return made(said, ClaimVerdict.FAIL)
    if first.why not in _SAID and len(rivals) > 1:
        return made(first, ClaimVerdict.UNDECIDED, "share-fits-several")
    return made(first, ClaimVerdict.PASS if first in sure else ClaimVerdict.FITS)


def _is_out_of_scope(text: Text, share: Share, base: Base) -> bool:
    """Whether a base other than that of a fraction is but near at hand; words judge it, not its strength."""
    part = share.part.item
    return base.mention is not part.base and is_out_of_scope(
        text, share.node, share.stated, part, base.mention
    )


def _made(text: Text, share: Share, base: Base, verdict: ClaimVerdict, doubt: str = "") -> Claim:
    part = share.part
    pair = Pair(part=part.item.mention, whole=base.mention, addends=part.addends)
    return share_claim(text.prose, pair, share.stated.mention, verdict, doubt)


def _of_other(text: Text, share: Share, other: Part) -> Claim | None:
    """The claim of a percentage that may be said of another figure, if it is that one's share."""
    total = other.item.mention
    for base in share.bases:
        if base.mention is total or base.mention in other.addends or base.mention.amount == 0:
            continue
        verdict = judge_share(total, base.mention, share.stated.mention)
        if verdict is not ClaimVerdict.PASS and base.why == "named":
            verdict = ClaimVerdict.UNDECIDED
        if verdict in (ClaimVerdict.PASS, ClaimVerdict.UNDECIDED):
            pair = Pair(part=total, whole=base.mention, addends=other.addends)
            return share_claim(text.prose, pair, share.stated.mention, verdict)
    return None


def _is_doubtful(text: Text, share: Share) -> bool:
    """Whether words after the percentage may name another base, or make it a guess."""
    stated = share.stated
    if stated.mention.tags & {HEDGED, PLANNED, "at:aim"} or "aim" in stated.roles:
        return True
    if is_elsewhere(text, share.node, stated):
        return True
    if not share.part.sure:
        return True
    fold, vocabulary = text.prose.lexicon.fold, text.prose.vocabulary
    lead = stated.lead if len(stated.lead) > 1 else ()
    # "p % of the budget (T)", "p % of cases (a), out of T": the base names itself.
    why = share.bases[0].why
    follows = why == "named" or (share.part.item.mention.first > stated.mention.first and why in _SAID)
    left = frozenset((*(() if follows else stated.trail[:5]), *lead)) - text.prose.lexicon.stop
    left -= vocabulary.neutral_words(degraded=text.prose.degraded)
    left -= vocabulary.share_words(degraded=text.prose.degraded)
    left -= {word for phrase in text.book.lists["filler"] for word in phrase}
    left -= _said_words(text, share)
    if not left:
        return False
    known = set(share.part.item.words)
    for base in share.bases:
        known |= set(base.mention.before) | set(base.mention.after)
        known |= {fold(word) for word in base.mention.unit.split()}
    known |= {fold(word) for word in share.part.item.mention.unit.split()}
    return not left <= known


def _said_words(text: Text, share: Share) -> frozenset[str]:
    """The words by which the numerator and the base were found, where they were found by their roles."""
    if not (share.part.addends or share.said.part <= share.part.item.roles):
        return frozenset()
    wanted = share.said.part | share.said.base
    return frozenset(
        word
        for words in (share.stated.lead, share.stated.trail)
        for first, end, roles in text.book.find(words)
        if roles & wanted
        for word in words[first:end]
    )

"""All percentages of a document as shares: bases by structure, then judged exactly."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import judge_share
from validator.claims.share import is_no_share, words_claim
from validator.claims.share_base import Share, share_of_item
from validator.claims.share_claim import Pair, share_claim
from validator.text.mention import MentionKind
from validator.text.qualifier import EARLIER, HEDGED, PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims.claim import Claim, MentionKey
    from validator.claims.share_base import Base
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item
    from validator.text.mention import Mention

_LEAST_ALIKE = 2
_SAID = frozenset({"named", "within", "list"})
"""How a base is known that no other base fitting as well puts in doubt."""


def find_shares(text: Text, lists: Mapping[MentionKey, Listed]) -> Iterator[Claim]:
    """Yield a claim for each percentage whose numerator and base the words and the structure give."""
    left: list[Share] = []
    for node in text.nodes.values():
        for stated in node.found.stated:
            if stated.mention.kind is not MentionKind.PERCENT or node.found.reading is None:
                continue
            if is_no_share(text.prose, node.found.reading, stated.mention):
                continue
            claim = words_claim(text.prose, node.found.reading, stated.mention)
            if claim is not None:
                yield claim
                continue
            if EARLIER in stated.mention.tags and stated.mention.depth:
                continue  # "18/20 (85 % in 2023)": another time's share.
            share = share_of_item(text, node, stated, lists)
            if share is not None and share.bases:
                left.append(share)
    verdicts = [_verdicts(share) for share in left]
    proven = _proven(left, verdicts)
    for share, found in zip(left, verdicts, strict=True):
        yield _judged(text, share, found, proven)


def _verdicts(share: Share) -> tuple[ClaimVerdict, ...]:
    """What the arithmetic says of each base."""
    part, stated = share.part.mention, share.stated.mention
    return tuple([judge_share(part, base.mention, stated) for base in share.bases])


def _proven(
    shares: Sequence[Share], verdicts: Sequence[Sequence[ClaimVerdict]]
) -> Counter[tuple[object, ...]]:
    """How many shares of one list hold with one base: what holds for the others is this one's base too."""
    proven: Counter[tuple[object, ...]] = Counter()
    for share, found in zip(shares, verdicts, strict=True):
        for base, verdict in zip(share.bases, found, strict=True):
            if verdict is ClaimVerdict.PASS:
                proven[_key_of(share, base)] += 1
    return proven


def _key_of(share: Share, base: Base) -> tuple[object, ...]:
    return _kin(share.node), base.mention.passage, base.mention.first


def _kin(node: Node) -> object:
    return node.parent if node.parent is not None else ("", node.index)


def _judged(
    text: Text, share: Share, verdicts: Sequence[ClaimVerdict], proven: Counter[tuple[object, ...]]
) -> Claim:
    part, stated = share.part.mention, share.stated.mention
    made = partial(_made, text, part, stated)
    fitting = [b for b, verdict in zip(share.bases, verdicts, strict=True) if verdict is ClaimVerdict.PASS]
    if fitting:
        first = fitting[0]
        rivals = {base.mention.amount for base in fitting if base.mention.passage == first.mention.passage}
        said = next((base for base in share.bases if base.why in _SAID and base.strong), None)
        if said is not None and first.why not in _SAID and proven[_key_of(share, said)] and not share.other:
            return made(said, ClaimVerdict.FAIL)
        if first.why not in _SAID and len(rivals) > 1:
            return made(first, ClaimVerdict.UNDECIDED, "share-fits-several")
        return made(first, ClaimVerdict.PASS)
    if share.other is not None and (claim := _of_list(text, share, share.other)) is not None:
        return claim
    doubtful = share.other is not None or _is_doubtful(text, share)
    cut = (
        base
        for base, verdict in zip(share.bases, verdicts, strict=True)
        if verdict is ClaimVerdict.TRUNCATED and base.strong
    )
    if not doubtful and (base := next(cut, None)) is not None:
        return made(base, ClaimVerdict.TRUNCATED)
    for base in share.bases:
        alike = proven[_key_of(share, base)] >= _LEAST_ALIKE
        if (base.strong or alike) and not doubtful:
            return made(base, ClaimVerdict.FAIL)
    return made(share.bases[0], ClaimVerdict.UNDECIDED)


def _made(
    text: Text, part: Mention, stated: Mention, base: Base, verdict: ClaimVerdict, doubt: str = ""
) -> Claim:
    return share_claim(text.prose, Pair(part=part, whole=base.mention), stated, verdict, doubt)


def _of_list(text: Text, share: Share, total: Item) -> Claim | None:
    """The claim of a percentage after a list, if it is the total's share."""
    for base in share.bases:
        if base.mention is total.mention or base.mention.amount == 0:
            continue
        verdict = judge_share(total.mention, base.mention, share.stated.mention)
        if verdict is not ClaimVerdict.PASS and base.why == "named":
            verdict = ClaimVerdict.UNDECIDED
        if verdict in {ClaimVerdict.PASS, ClaimVerdict.UNDECIDED}:
            return _made(text, total.mention, share.stated.mention, base, verdict)
    return None


def _is_doubtful(text: Text, share: Share) -> bool:
    """Whether words after the percentage may name another base, or make it a guess."""
    stated = share.stated
    if stated.mention.tags & {HEDGED, PLANNED, "at:aim"} or "aim" in stated.roles:
        return True
    if share.part.mention.passage != stated.mention.passage:
        return True
    fold, vocabulary = text.prose.lexicon.fold, text.prose.vocabulary
    lead = stated.lead if len(stated.lead) > 1 else ()
    left = frozenset((*stated.trail[:5], *lead)) - text.prose.lexicon.stop
    left -= vocabulary.neutral_words(degraded=text.prose.degraded)
    left -= vocabulary.share_words(degraded=text.prose.degraded)
    left -= {word for phrase in text.book.lists["filler"] for word in phrase}
    if not left:
        return False
    known = set(share.part.words)
    for base in share.bases:
        known |= set(base.mention.before) | set(base.mention.after)
        known |= {fold(word) for word in base.mention.unit.split()}
    known |= {fold(word) for word in share.part.mention.unit.split()}
    return not left <= known

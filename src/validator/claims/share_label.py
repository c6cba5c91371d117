"""Shares of a part that its label names again: ``T, made up of wards a, clinics b. … Wards are p % of T``."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims.claim import ClaimVerdict
from validator.claims.judge import judge_share
from validator.claims.share_claim import Pair, share_claim
from validator.claims.share_doubt import is_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.claims.claim import Claim
    from validator.claims.structure import Node, Text
    from validator.claims.sum_list import Listed
    from validator.text.item import Item, Stated

    Labels = Mapping[frozenset[str], Sequence[tuple[Item, Listed]]]


def labels_of(text: Text, lists: Iterable[Listed]) -> Labels:
    """The parts of surely known lists by the telling words of their labels."""
    found: dict[frozenset[str], list[tuple[Item, Listed]]] = defaultdict(list)
    for listed in lists:
        for part in listed.parts if listed.sure else ():
            words = telling_words(text, part.lead)
            if words:
                found[words].append((part, listed))
    return found


def share_of_label(text: Text, node: Node, stated: Stated, labels: Labels) -> Claim | None:
    """The claim of a percentage said of a part by its label, if the label and its total are plain."""
    label = _label(text, node, stated)
    if not label or stated.owner is not None or is_elsewhere(text, node, stated):
        return None
    named = telling_words(text, stated.trail)
    found = [
        (part, listed.total)
        for part, listed in labels.get(label, ())
        if part.mention.passage <= node.index and _is_of(text, listed.total, named)
    ]
    if len({(part.mention.amount, total.mention.amount) for part, total in found}) != 1:
        return None
    part, total = found[0]
    pair = Pair(part=part.mention, whole=total.mention)
    verdict = judge_share(part.mention, total.mention, stated.mention)
    return share_claim(text.prose, pair, stated.mention, verdict if named else _unless_wrong(verdict))


def _unless_wrong(verdict: ClaimVerdict) -> ClaimVerdict:
    """Where nothing says of what the share is, nobody is accused."""
    return verdict if verdict is ClaimVerdict.PASS else ClaimVerdict.UNDECIDED


def _label(text: Text, node: Node, stated: Stated) -> frozenset[str]:
    """The telling words before a percentage, or before the one right before it in its sentence."""
    own = telling_words(text, stated.lead)
    if own:
        return own
    at = bisect_left(node.found.stated, stated.mention.first, key=lambda each: each.mention.first)
    last = node.found.stated[at - 1] if at else None
    if last is None or last.owner is not None or last.mention.sentence != stated.mention.sentence:
        return frozenset()
    return telling_words(text, last.lead)


def telling_words(text: Text, words: Sequence[str]) -> frozenset[str]:
    """The words that tell something: not those about percentages, nor those of no weight."""
    vocabulary, degraded = text.prose.vocabulary, text.prose.degraded
    light = text.prose.lexicon.stop | vocabulary.share_words(degraded=degraded)
    light |= {word for phrase in text.book.lists["filler"] for word in phrase}
    return frozenset(word for word in words if word not in light)


def _is_of(text: Text, total: Item, named: frozenset[str]) -> bool:
    """Whether the words after a percentage name a total: its unit, its label, or nothing at all."""
    if not named:
        return True
    unit = {text.prose.lexicon.fold(word) for word in total.mention.unit.split()}
    label = telling_words(text, total.lead)
    return named <= {*unit, *total.words} or (bool(label) and label <= named)

"""Whether two figures are one value, written with more or fewer digits, and the claim that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import ClaimKind, ClaimVerdict
from validator.claims.judge import number_of, written
from validator.claims.prose import make_claim
from validator.text.mention import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims.claim import Claim
    from validator.claims.prose import Prose


def is_same_value(one: Mention, other: Mention) -> bool:
    """Whether two figures agree: equal, or the coarser one is the finer one rounded or cut off."""
    if one.amount == other.amount:
        return True
    coarse, fine = (one, other) if one.step > other.step else (other, one)
    if coarse.step == fine.step or not _may_be_rounded(coarse):
        return False
    away = fine.amount - coarse.amount
    return -coarse.step <= 2 * away < 2 * coarse.step


def _may_be_rounded(mention: Mention) -> bool:
    """Whether a figure may stand for a finer one: a percentage, an amount, or one with a scale word."""
    return mention.kind is not MentionKind.COUNT or bool(mention.scale or mention.decimals)


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    """Figures in the order in which they stand."""
    return sorted(mentions, key=lambda mention: mention.key)


def values_of(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Figures as written, in base units where their scales differ."""
    if len({mention.scale for mention in mentions}) == 1:
        return tuple(map(number_of, mentions))
    return tuple([written(mention.amount, max(0, mention.decimals - mention.scale)) for mention in mentions])


def restated(
    prose: Prose, told: Sequence[Mention], verdict: ClaimVerdict, reason: str, names: tuple[str, str]
) -> Claim:
    """Make the claim that figures say one thing.

    Where they may not, *reason* says why, and the first two are put into its message by *names*.
    """
    differs = verdict in (ClaimVerdict.FAIL, ClaimVerdict.UNDECIDED)
    return make_claim(
        prose,
        ClaimKind.RESTATEMENT,
        verdict,
        told,
        {"values": values_of(in_order(told))},
        reason=reason if differs else "",
        cure=dict(zip(names, [each.text for each in told[:2]], strict=True)) if differs else {},
    )

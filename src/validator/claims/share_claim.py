"""A numerator, a base and the percentage stated of them, worded as a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import amount_of, number_of, parts_giving, share_gap, share_of, shown, written
from validator.claims.prose import Prose, make_claim
from validator.model.record import record

if TYPE_CHECKING:
    from fractions import Fraction

    from validator.text.mention import Mention


@record
class Pair:
    """A numerator and a base; ``firm`` if the words leave no doubt that the percentage is of them.

    ``addends`` are the figures of the document that make the numerator up, if they are several.
    """

    part: Mention
    whole: Mention
    firm: bool = False
    addends: tuple[Mention, ...] = ()


_REASONS = {ClaimVerdict.FAIL: "share-differs", ClaimVerdict.TRUNCATED: "share-cut-off"}


def share_claim(prose: Prose, pair: Pair, stated: Mention, verdict: ClaimVerdict, doubt: str = "") -> Claim:
    """Word the claim; *doubt* is the reason why one that is not judged by arithmetic alone is undecided."""
    part, whole = pair.part, pair.whole
    reason = doubt or _REASONS.get(verdict, "")
    same_scale = part.scale == whole.scale
    numbers: dict[str, str | tuple[str, ...]] = {
        "numerator": number_of(part) if same_scale else amount_of(part),
        "denominator": number_of(whole) if same_scale else amount_of(whole),
        "stated": number_of(stated),
    }
    return make_claim(
        prose,
        ClaimKind.PERCENT,
        verdict,
        (*(pair.addends or (part,)), whole, stated),
        numbers,
        reason=reason,
        cure=_cure(part, whole, stated) if reason else {},
    )


def _cure(part: Mention, whole: Mention, stated: Mention) -> dict[str, str]:
    """The right percentage, and which numerators of the base would give the stated one."""
    points, least = share_gap(part, whole, stated)
    return {
        "numerator": part.text,
        "denominator": whole.text,
        "stated": stated.text,
        "right": share_of(part, whole, max(stated.decimals, 2)).replace(".", ","),
        "inverse": _inverse(part, whole, stated),
        "difference": shown(points, 2),
        "least": shown(least, 2),
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

"""A total and its parts: which of the numbers belong together, and what may be said of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.judge import amount_of, number_of, shown, sum_gap, written
from validator.claims.prose import Prose, make_claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.text.mention import Mention
    from validator.text.token import Exact


def sum_claim(
    prose: Prose,
    total: Mention,
    parts: Sequence[Mention],
    verdict: ClaimVerdict = ClaimVerdict.PASS,
    reason: str = "parts-differ-from-total",
) -> Claim:
    """Word a total and its parts as a claim."""
    same_scale = len({mention.scale for mention in (total, *parts)}) == 1
    told = number_of if same_scale else amount_of
    numbers: dict[str, str | tuple[str, ...]] = {
        "total": told(total),
        "parts": tuple(told(part) for part in parts),
    }
    help_args: dict[str, str] = {}
    if verdict is not ClaimVerdict.PASS and reason:
        made: Exact = sum(part.amount for part in parts)
        scale = total.scale if same_scale else 0
        decimals = max(mention.decimals for mention in (total, *parts)) if same_scale else 0
        help_args = {
            "total": total.text,
            "parts": " + ".join(part.text for part in parts),
            "sum": written(Fraction(made, 10**scale), decimals).replace(".", ","),
            "difference": written(abs(Fraction(made - total.amount, 10**scale)), decimals).replace(".", ","),
            "least": shown(Fraction(sum_gap(total, parts)[1], 10**scale), decimals + 1),
        }
    return make_claim(
        prose,
        ClaimKind.SUM,
        verdict,
        (total, *parts),
        numbers,
        reason=reason if help_args else "",
        cure=help_args,
    )

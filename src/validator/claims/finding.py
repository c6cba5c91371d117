"""Failing claims as problems, for whoever reports them beside the findings of rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.model.problem import FIGURES, Problem
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_GRAVE = frozenset({ClaimKind.SUM, ClaimKind.PERCENT, ClaimKind.LEQ, ClaimKind.DATE})


_REASONS = {
    ClaimKind.SUM: ("parts-differ-from-total", "balance-differs", "average-differs"),
    ClaimKind.PERCENT: ("share-differs", "share-cut-off", "unreadable-share"),
    ClaimKind.LEQ: ("part-exceeds-whole", "window-ends-before-it-begins", "dated-before-data-end"),
}


def codes_of(claim: Claim) -> tuple[str, ...]:
    """The code that a claim has, or of one that holds those that it could have had; empty if any."""
    reasons = (claim.reason,) if claim.reason else _REASONS.get(claim.kind, ())
    return tuple(f"claims/{reason}" for reason in reasons)


def claim_problems(claims: Iterable[Claim]) -> tuple[Problem, ...]:
    """The problem of each claim that fails or is cut off, in the order given.

    The code is ``claims/…``; the arguments are those of its message, with the words quoted.
    """
    return tuple(
        reason
        for claim in claims
        if claim.verdict in {ClaimVerdict.FAIL, ClaimVerdict.TRUNCATED}
        and (reason := claim_reason(claim)) is not None
    )


def claim_reason(claim: Claim) -> Problem | None:
    """Why a claim fails, is cut off or cannot be decided; None where nothing is said of it."""
    if not claim.reason:
        return None
    return Problem(
        code=f"claims/{claim.reason}",
        location=claim.location,
        severity=_severity(claim),
        args={**_told(claim), "quote": claim.quote, FIGURES: _figures(claim)},
    )


def _figures(claim: Claim) -> tuple[str, ...]:
    """The exact numbers of a claim: no message says them, and by them it is known again."""
    every = ((each,) if isinstance(each, str) else each for each in claim.numbers.values())
    return tuple(chain.from_iterable(every))


def _told(claim: Claim) -> dict[str, str]:
    """What the message puts in; that there is no numerator is a word of the catalogue."""
    return {name: value or "@no-count" for name, value in claim.help.items()}


def _severity(claim: Claim) -> Severity:
    """Arithmetic that fails must be mended; what is cut off or misquoted may be explained."""
    if claim.verdict is ClaimVerdict.UNDECIDED:
        return Severity.INFO
    grave = claim.verdict is ClaimVerdict.FAIL and claim.kind in _GRAVE
    return Severity.ERROR if grave else Severity.WARNING

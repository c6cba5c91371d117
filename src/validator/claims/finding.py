"""Failing claims as problems, for whoever reports them beside the findings of rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.mending import mending_words
from validator.model.problem import FIGURES, GROUNDS, Problem
from validator.model.verdict import Severity
from validator.model.words import Words, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import Label

_GRAVE = frozenset({ClaimKind.SUM, ClaimKind.PERCENT, ClaimKind.LEQ, ClaimKind.DATE})
_MOST_NAMED = 12
_MAIN = frozenset({"total", "share"})
"""The figure that is looked at first: what was worked out from the others."""


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
    labels = tuple(sorted(claim.labels, key=lambda label: label.role not in _MAIN))
    return Problem(
        code=f"claims/{claim.reason}",
        location=labels[0].location if labels else claim.location,
        severity=_severity(claim),
        args={
            **_told(claim),
            **_shown(claim),
            "quote": claim.quote,
            FIGURES: _figures(claim),
            GROUNDS: tuple(name for name in claim.help if name not in _explaining(claim)),
        },
        labels=labels,
    )


def _figures(claim: Claim) -> tuple[str, ...]:
    """The exact numbers of a claim: no message says them, and by them it is known again."""
    every = ((each,) if isinstance(each, str) else each for each in claim.numbers.values())
    return tuple(chain.from_iterable(every))


def _told(claim: Claim) -> dict[str, str]:
    """What the message puts in; that there is no numerator is a word of the catalogue."""
    return {name: value or "@no-count" for name, value in claim.help.items()}


def _shown(claim: Claim) -> dict[str, str]:
    """The figures with their words, by their roles, by how much they differ, and what would mend it."""
    by_role: dict[str, list[str]] = {}
    is_short = len(claim.labels) <= _MOST_NAMED
    for label in claim.labels:
        by_role.setdefault(label.role, []).append(_named(label) if is_short else label.raw)
    shown = {f"{role}-named": " + ".join(each) for role, each in by_role.items()}
    shown |= {f"{label.role}-raw": label.raw for label in claim.labels}
    return shown | {"gap": _gap(claim), "mending": mending_words(claim)}


def _explaining(claim: Claim) -> tuple[str, ...]:
    """What follows from the figures, so that no explanation of them rests on it."""
    return ("least", "difference") if claim.kind is ClaimKind.PERCENT else ("least",)


def _named(label: Label) -> str:
    """A figure after its words; what only says its role names nothing."""
    return label.raw if isinstance(label.label, Words) else f"{label.label} {label.raw}"


def _gap(claim: Claim) -> str:
    """By how much the figures differ and, where digits were rounded, at the least."""
    difference, least = claim.help.get("difference", ""), claim.help.get("least", "")
    if not difference:
        return ""
    if claim.kind is ClaimKind.PERCENT:
        difference, least = (say("explain/points", {"points": each}) for each in (difference, least))
    if not least or least == difference:
        return difference
    return say("explain/least-difference", {"difference": difference, "least": least})


def _severity(claim: Claim) -> Severity:
    """Arithmetic that fails must be mended; what is cut off or misquoted may be explained."""
    if claim.verdict is ClaimVerdict.UNDECIDED:
        return Severity.INFO
    grave = claim.verdict is ClaimVerdict.FAIL and claim.kind in _GRAVE
    return Severity.ERROR if grave else Severity.WARNING

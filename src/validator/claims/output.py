"""Claims as plain data: the JSON of ``validator claims`` and the findings of ``validator check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.claims.claim import Claim


def claim_json(claim: Claim) -> dict[str, Any]:
    """One claim as JSON data."""
    return {
        "kind": claim.kind.value,
        "verdict": claim.verdict.value,
        "quote": claim.quote,
        "location": {"line": claim.location.line},
        **{name: list(value) if isinstance(value, tuple) else value for name, value in claim.numbers.items()},
    }

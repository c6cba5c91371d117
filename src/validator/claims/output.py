"""Claims as plain data, in the form of ``validator claims --format json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.record import record_fields

if TYPE_CHECKING:
    from validator.claims.claim import Claim
    from validator.claims.find import ClaimsResult
    from validator.claims.reach import Unchecked
    from validator.model.location import Location


def claims_json(result: ClaimsResult, *, unchecked: bool = False) -> dict[str, Any]:
    """Return the claims, the reach and, where asked for, the numbers that were not checked."""
    reach = result.reach
    data: dict[str, Any] = {
        "claims": [_claim(claim) for claim in result.claims],
        "reach": {
            "numbers": reach.numbers,
            "checked": reach.checked,
            "claims": reach.claims,
            "unchecked": reach.unchecked,
        },
    }
    if unchecked:
        data["unchecked"] = [_number(number) for number in result.unchecked]
    return data


def _claim(claim: Claim) -> dict[str, Any]:
    numbers = {
        name: list(value) if isinstance(value, tuple) else value for name, value in claim.numbers.items()
    }
    return {
        "kind": claim.kind.value,
        "verdict": claim.verdict.value,
        **numbers,
        "quote": claim.quote,
        "location": _location(claim.location),
        "reason": f"claims/{claim.reason}" if claim.reason else None,
        "help": dict(claim.help),
    }


def _number(number: Unchecked) -> dict[str, Any]:
    return {"text": number.text, "quote": number.quote, "location": _location(number.location)}


def _location(location: Location) -> dict[str, Any]:
    parts = {name: getattr(location, name) for name in record_fields(location)}
    return {name: value for name, value in parts.items() if value not in (None, "")}

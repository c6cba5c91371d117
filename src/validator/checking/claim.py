"""What a document's prose says that no rule has said already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.claims import ClaimsResult
    from validator.claims.claim import Claim
    from validator.model.diagnostic import Diagnostic

_NUMBER = re.compile(r"\d[\d.,]*")


def claim_findings(found: ClaimsResult, told: tuple[Diagnostic, ...], lang: str) -> tuple[Diagnostic, ...]:
    """Return the failing claims of a document, without those whose figures a finding already names."""
    from validator.claims import claim_problems

    known = [_figures(each) for each in told if each.verdict is Verdict.FAIL]
    fresh = tuple(claim for claim in found.claims if not _is_told(claim, known))
    return tuple(explain_problem(problem, lang) for problem in claim_problems(fresh))


def _is_told(claim: Claim, known: Iterable[frozenset[str]]) -> bool:
    figures = frozenset(_digits(text) for text in _texts(claim))
    return any(figures <= each for each in known)


def _texts(claim: Claim) -> Iterable[str]:
    for value in claim.numbers.values():
        if isinstance(value, str):
            yield value
        else:
            yield from value


def _figures(diagnostic: Diagnostic) -> frozenset[str]:
    """Return the figures of a finding as bare digits: its values, and what its words name."""
    texts = [label.raw for label in diagnostic.fields]
    texts += [diagnostic.title, diagnostic.explanation]
    return frozenset(_digits(text) for each in texts for text in (each, *_NUMBER.findall(each)))


def _digits(text: str) -> str:
    """Return a figure without separators and padding zeros, which two notations write differently."""
    digits = re.sub(r"\D", "", text)
    return digits.lstrip("0") or digits[:1]

"""Document → claims: the arithmetic, dates and citations that running text states by itself."""

from validator.claims.claim import Claim, ClaimKind, ClaimVerdict
from validator.claims.find import ClaimsResult, find_claims
from validator.claims.finding import claim_problems, codes_of
from validator.claims.output import claims_json
from validator.claims.reach import Reach, Unchecked
from validator.text.vocabulary import Vocabulary, load_vocabulary

__all__ = [
    "Claim",
    "ClaimKind",
    "ClaimVerdict",
    "ClaimsResult",
    "Reach",
    "Unchecked",
    "Vocabulary",
    "claim_problems",
    "claims_json",
    "codes_of",
    "find_claims",
    "load_vocabulary",
]

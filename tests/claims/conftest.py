"""Documents made of text, and claims written on one line."""

import pytest

from validator.claims import Claim, ClaimsResult, find_claims, load_vocabulary
from validator.model.document import Document
from validator.readers.assembly import assemble
from validator.readers.compartment import Compartments
from validator.readers.text import text_items


def document_of(text: str) -> Document:
    apart = Compartments("text")
    blocks = assemble("text", text_items(text, apart), apart)
    return Document(file="text", media_type="text/plain", blocks=blocks)


def claims_of(text: str) -> ClaimsResult:
    return find_claims(document_of(text), load_vocabulary())


def line_of(claim: Claim) -> str:
    numbers = claim.numbers
    match claim.kind.value:
        case "sum":
            shown = f"{numbers['total']} = {' + '.join(numbers['parts'])}"
        case "percent":
            shown = f"{numbers['numerator']}/{numbers['denominator']} = {numbers['stated']}"
        case "leq":
            shown = f"{numbers['smaller']} <= {numbers['larger']}"
        case "restatement":
            shown = " = ".join(numbers["values"])
        case "date":
            shown = numbers["text"]
        case _:
            shown = numbers["symbol"]
    return f"{claim.kind.value} {claim.verdict.value}: {shown}"


@pytest.fixture(scope="session")
def find():
    return claims_of


@pytest.fixture(scope="session")
def line():
    return line_of

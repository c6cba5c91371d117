"""Sentences that are right: nobody is accused, and nothing that they do not state is said to agree."""

from pathlib import Path

import pytest
import yaml

KINDS = yaml.safe_load((Path(__file__).parent / "true_sentences.yaml").read_text(encoding="utf-8"))
ROWS = [row if isinstance(row, dict) else {"text": row} for kind in KINDS for row in kind["texts"]]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:48].replace("\n", " ") for row in ROWS])
def test_nobody_is_accused(row, find, line):
    claims = find(row["text"]).claims
    assert [line(claim) for claim in claims if claim.verdict.value in {"fail", "truncated"}] == []
    assert {line(claim) for claim in claims} & set(row.get("no", [])) == set()

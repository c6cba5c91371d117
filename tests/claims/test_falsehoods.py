"""Pairs of texts, one right and one false: the false one is accused, the right one is not."""

from pathlib import Path

import pytest
import yaml

KINDS = yaml.safe_load((Path(__file__).parent / "falsehoods.yaml").read_text(encoding="utf-8"))
PAIRS = [pair for kind in KINDS for pair in kind["pairs"]]


@pytest.mark.parametrize(
    ("right", "false"), PAIRS, ids=[false[-60:].replace("\n", " ") for _, false in PAIRS]
)
def test_the_false_one_is_accused(right, false, find, line):
    accused = [line(claim) for claim in find(right).claims if claim.verdict.value in {"fail", "truncated"}]
    assert accused == []
    assert "fail" in {claim.verdict.value for claim in find(false).claims}

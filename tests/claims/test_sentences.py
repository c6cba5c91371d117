from pathlib import Path

import pytest
import yaml

CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:48].replace("\n", " ") for case in CASES])
def test_sentence_makes_the_claims_it_makes_and_no_others(case, find, line):
    claims = find(case["text"]).claims
    lines = [line(claim) for claim in claims]
    stated = case.get("claims", [])
    assert [claim for claim in stated if claim not in lines] == []
    accusing = [found for found in lines if " fail:" in found or " truncated:" in found]
    assert [found for found in accusing if found not in stated] == []
    assert [found for found in lines if found.split()[0] in case.get("none", [])] == []


def test_there_are_enough_sentences_of_every_kind():
    kinds = {claim.split()[0] for case in CASES for claim in case.get("claims", [])}
    assert len(CASES) >= 150
    assert kinds == {"sum", "percent", "leq", "restatement", "date", "citation"}

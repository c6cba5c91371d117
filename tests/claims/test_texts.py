"""Whole texts of several genres: what they state is found, and nobody is accused beyond it."""

from pathlib import Path

import pytest
import yaml

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.yaml"))


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_text_makes_the_claims_it_makes_and_accuses_of_nothing_else(path, find, line):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = [line(claim) for claim in find(case["text"]).claims]
    stated = case["claims"]
    assert [claim for claim in stated if claim not in lines] == []
    accusing = [found for found in lines if " fail:" in found or " truncated:" in found]
    assert [found for found in accusing if found not in stated] == []
    assert [found for found in lines if found in case.get("never", [])] == []

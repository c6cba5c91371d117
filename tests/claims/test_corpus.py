"""Real reports with relations read by hand, where they are at hand: the scores may not fall."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from validator.claims import claims_json, find_claims, load_vocabulary
from validator.readers.document import read_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus is not at hand")


@pytest.fixture(scope="module")
def scores():
    if not (Path(sys.executable).parent / "validator").exists():
        pytest.skip("the command is not installed")
    command = f"{Path(sys.executable).parent / 'validator'} claims --format json"
    script = [sys.executable, SHARED / "score_claims.py", SHARED / "relations.yaml", SHARED / "seeds"]
    run = subprocess.run([*script, "--command", command], capture_output=True, text=True, check=True)
    rows = re.findall(r"^(\w+) +(\d+) +(\d+) +\S+ +(\d+) +(\d+) +(\d+)$", run.stdout, re.MULTILINE)
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


def test_eight_in_nine_sums_and_shares_are_found(scores):
    read = scores["sum"][0] + scores["percent"][0]
    assert (scores["sum"][1] + scores["percent"][1]) * 9 >= 8 * read


@pytest.mark.parametrize("kind", ["leq", "restatement"])
def test_six_in_ten_bounds_and_restatements_are_found(scores, kind):
    assert scores[kind][1] * 10 >= 6 * scores[kind][0]


def test_nine_in_ten_falsehoods_are_caught_and_nobody_else_is_accused(scores):
    read, _, false, caught, accusations = scores["all"]
    assert read
    assert caught * 10 >= 9 * false
    assert accusations == 0


@pytest.mark.parametrize("path", sorted((SHARED / "office").glob("*.docx")), ids=lambda path: path.name)
def test_an_office_document_makes_claims_that_can_be_written_as_json(path):
    document = read_document(path).document
    result = find_claims(document, load_vocabulary())
    assert result.claims
    assert json.loads(json.dumps(claims_json(result, unchecked=True)))["reach"]["numbers"]

"""Heads of documents: the unit and the period that the report itself is of."""

from pathlib import Path

import pytest
import yaml

from validator.binding.head import read_head
from validator.binding.recognition import load_recognition
from validator.model.document import Document
from validator.readers.assembly import assemble
from validator.readers.compartment import Compartments
from validator.readers.notation import load_notation
from validator.readers.text import text_items
from validator.text.fold import words

ROWS = yaml.safe_load((Path(__file__).parent / "heads.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row['unit']}" for n, row in enumerate(ROWS)])
def test_a_head_says_whose_report_it_is_and_of_when(row):
    apart = Compartments("text")
    blocks = assemble("text", text_items(row["text"], apart), apart)
    document = Document(file="text", media_type="text/plain", blocks=blocks)
    head = read_head(document, load_recognition(), load_notation())
    period = head.period
    said = " ".join(str(each) for each in (period.kind, period.start, period.end) if each is not None)
    assert (head.unit.name or "", head.unit.level or "", said) == (row["unit"], row["level"], row["period"])


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "\u02bc", "\u2032"])
def test_a_name_is_one_name_whatever_apostrophe_is_typed(mark):
    assert words(f"Ea M{mark}Lan") == words("EA M'LAN") == ("ea", "m", "lan")

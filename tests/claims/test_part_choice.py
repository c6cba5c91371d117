"""Which figures are chosen as the parts of a total: the same whatever the digits are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from validator.claims import find_claims, load_vocabulary
from validator.claims.claim import ClaimKind
from validator.claims.find import read_text
from validator.claims.part_evidence import evidence_of
from validator.claims.part_list import PartLists, may_total
from validator.readers.document import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.document import Document

TEXTS = {
    "lines without marks": "Số hộ vay vốn: 120 hộ\nHộ nghèo: 41 hộ\nHộ cận nghèo: 52 hộ\nHộ khác: 27 hộ",
    "bare list": "Chi hội có 35 hội viên: tổ 1: 12; tổ 2: 11; tổ 3: 7; tổ 4: 5.",
    "sentences": "Trạm tiêm 260 mũi. Mũi một có 120 mũi. Mũi hai có 95 mũi. Mũi nhắc lại có 45 mũi.",
    "bullets": "Sửa chữa 63 phòng học:\n* Tiểu học: 31\n* Trung học cơ sở: 20\n* Mầm non: 12",
}


def read(path: Path, text: str) -> Document:
    """A document with that text."""
    file = path / "text.txt"
    file.write_text(text + "\n", encoding="utf-8")
    document = read_document(file).document
    assert document is not None
    return document


def seen(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """What is seen of every list of a document."""
    text, _ = read_text(document, load_vocabulary())
    lists = PartLists(text)
    return [
        (each.shape, tuple(evidence_of(each, lists)))
        for node in lists.outline.nodes
        for item in node.items
        if may_total(item)
        for each in lists.of(node, item)
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_digits_change_nothing_that_is_seen(name: str, tmp_path: Path) -> None:
    other = re.sub(r"\b\d\d\d?\b", lambda found: "9" * len(found[0]), TEXTS[name])
    assert seen(read(tmp_path, other)) == seen(read(tmp_path, TEXTS[name]))


@pytest.mark.parametrize("name", ["bare list", "sentences", "bullets"])
def test_a_list_that_nothing_announces_is_found(name: str, tmp_path: Path) -> None:
    document = read(tmp_path, TEXTS[name])
    claims = find_claims(document, load_vocabulary()).claims
    assert [claim.kind for claim in claims if claim.verdict.is_decided] == [ClaimKind.SUM]

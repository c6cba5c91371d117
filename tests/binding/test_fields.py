"""Fields in wordings that no form has, and the shapes in which figures stand: to the right field or none."""

import re
from pathlib import Path

import pytest
import yaml

HEADS = {
    "commune": "UBND XÃ AN LẠC\n\nAn Lạc, ngày 12 tháng 12 năm 2024",
    "district": "UBND HUYỆN SƠN HÀ\n\nSơn Hà, ngày 12 tháng 12 năm 2024",
}
TITLES = {
    "cchc": "Công tác cải cách hành chính năm 2024",
    "kstt": "Tình hình, kết quả công tác kiểm soát thủ tục hành chính quý IV năm 2024",
}
GROUPS = yaml.safe_load(Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8"))
FIELDS = [
    (group, field, sentences) for group in GROUPS for field, sentences in group.get("fields", {}).items()
]
SHAPES = [(group, name, text) for group in GROUPS for name, text in group.get("shapes", {}).items()]
MARKED = re.compile("«(.*?)»")
LEAST_FOUND = 90


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Read our own texts in this process: some hundred processes take minutes."""
    monkeypatch.setattr("validator.submissions.worker.is_inside", lambda: True)


def stated(group, text, read_text):
    """Read a text under a heading and return its figures with their fields."""
    head = f"{HEADS[group['level']]}\n\n# BÁO CÁO\n\n{TITLES[group['form']]}\n\n## {group['under']}\n\n"
    cells = read_text(head + text + "\n").report.cells
    return {(name, cell.raw) for name, each in cells.items() for cell in each if name != "document.date"}


def fields_of(group, sentence, read_text):
    """Return the fields that the marked figure of a sentence is bound to."""
    (raw,) = MARKED.findall(sentence)
    found = stated(group, MARKED.sub(r"\1", sentence), read_text)
    return {name for name, each in found if each == raw}


@pytest.mark.parametrize(
    ("group", "field", "sentences"), FIELDS, ids=[f"{g['form']} {f}" for g, f, _ in FIELDS]
)
def test_a_field_is_found_in_other_words_and_never_taken_for_another(group, field, sentences, read_text):
    found = {sentence: fields_of(group, sentence, read_text) for sentence in sentences}
    missed = [sentence for sentence, fields in found.items() if not fields]
    assert set(map(frozenset, found.values())) <= {frozenset({field}), frozenset()}
    assert missed == [each for each in group.get("not_bound", []) if each in sentences]


def test_most_wordings_are_understood():
    wordings = sum(len(sentences) for _, _, sentences in FIELDS)
    missed = sum(len(group.get("not_bound", [])) for group in GROUPS)
    assert (wordings - missed) * 100 >= LEAST_FOUND * wordings


@pytest.mark.parametrize(("group", "name", "text"), SHAPES, ids=[name for _, name, _ in SHAPES])
def test_figures_are_understood_in_every_shape(group, name, text, read_text):
    marked = {tuple(each.split(" ", 1)) for each in MARKED.findall(text)}
    assert stated(group, MARKED.sub(lambda found: found[1].split(" ", 1)[1], text), read_text) == marked

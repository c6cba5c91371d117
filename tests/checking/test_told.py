"""How a finding of the prose is told to a clerk, and that the same is told once."""

from pathlib import Path

import pytest
import yaml

from validator import check, in_language
from validator.render.place import place

CASES = yaml.safe_load((Path(__file__).parent / "told.yaml").read_text(encoding="utf-8"))


def told(folder, text):
    path = folder / "bao-cao.txt"
    path.write_text(text + "\n", encoding="utf-8")
    run = in_language(check([path]), "vi")
    return [each for each in run.files[0].diagnostics if each.id.startswith("claims/")]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_finding_has_its_figures_with_their_words(tmp_path, case):
    (found,) = told(tmp_path, case["text"])
    assert found.title == case.get("title", found.title)
    assert found.explanation == case.get("equation", "")
    assert found.difference == case.get("difference", "")
    assert case.get("help", "") in found.help
    assert case.get("quote", "") in place(found.location, "vi")
    # A quote stands in the text just so: it is what an office program finds.
    assert found.location.quote in case["text"]


def test_every_figure_has_its_role_its_exact_value_and_its_place(tmp_path):
    (found,) = told(tmp_path, CASES[0]["text"])
    facts = [(each.role, each.value, each.location.start) for each in found.fields]
    assert facts == [("total", "200", 14), ("part", "112", 31), ("part", "57", 55), ("part", "32", 78)]


def test_the_same_said_twice_is_told_once_with_both_places(tmp_path):
    sentence = "Trường có 40 lớp, gồm 21 lớp sáng và 17 lớp chiều."
    (found,) = told(tmp_path, f"{sentence}\n\nTình hình chung ổn định.\n\n{sentence}")
    assert [each.location.line for each in found.fields] == [1, 1, 1, 5, 5, 5]


def test_a_result_and_its_aim_are_called_what_they_are(tmp_path):
    (found,) = told(tmp_path, "Chỉ tiêu được giao là 90%. Đến nay phường đạt 86,6%, vượt chỉ tiêu.")
    assert [(each.role, each.raw) for each in found.fields] == [("now", "86,6%"), ("then", "90%")]

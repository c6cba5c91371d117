"""What very many units break alike is first asked of the rule, and explained by one command."""

from __future__ import annotations

import shlex

import pytest

from validator import review
from validator.cli.main import main

from .conftest import BAD, report

SOFT = "budget: {investment: {plan: '10 triệu đồng', actual: '12 triệu đồng'}}\n"
HARD = BAD
FINE = "budget: {investment: {plan: '10 triệu đồng', actual: '9 triệu đồng'}}\n"


def fill(desk, count, body, first=0):
    for number in range(first, first + count):
        desk.put(f"{number:02}.yaml", report(f"xa-{number}", body, name=f"Xã số {number}"))


def shared(found):
    return [each for each in found.notes if each.id.startswith("review/shared-")]


def test_so_many_units_that_break_one_rule_are_told_with_the_command_that_explains_it(desk, capsys):
    fill(desk, 10, SOFT)
    fill(desk, 2, FINE, first=10)
    found = review(desk.folder)
    (note,) = shared(found)
    assert note.id == "review/shared-soft"
    assert note.title.startswith("10/12 đơn vị cùng không khớp điều này")
    assert "Xem lại điều kiểm tra" in note.title
    assert "cchc" not in note.title
    command = shlex.split(note.help.partition(": ")[2])
    assert main([*command[1:-1], "Vốn năm trước chuyển sang"]) == 0
    capsys.readouterr()
    assert shared(review(desk.folder)) == []


@pytest.mark.parametrize(("broken", "fine"), [(9, 0), (10, 11)])
def test_few_units_or_a_small_part_of_them_are_no_noise(desk, broken, fine):
    fill(desk, broken, SOFT)
    fill(desk, fine, FINE, first=broken)
    assert shared(review(desk.folder)) == []


def test_what_must_be_corrected_has_no_explanation_but_the_rule(desk, capsys):
    fill(desk, 10, HARD)
    notes = [each for each in shared(review(desk.folder, lang="en")) if each.id == "review/shared-hard"]
    assert notes
    assert "explain-finding" not in notes[0].help
    assert "validator explain " in notes[0].help
    assert main(["review", str(desk.folder), "--format", "plain"]) == 1
    assert "10/10 đơn vị cùng không khớp điều này" in capsys.readouterr().out

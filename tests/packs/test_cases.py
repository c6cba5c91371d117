"""Faults of packs: each folder of ``cases/`` holds a pack and the faults expected of it, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from validator.diagnostics.problem import explain_problem
from validator.model.verdict import Severity
from validator.packs.load import load_pack_folder
from validator.packs.rule_test import read_rule_tests
from validator.wording.in_language import in_language

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/expect.yaml"))


def told(problem):
    """What is expected of a fault: its code, file:line:column, and the text that is marked."""
    place = problem.location
    line = {"fault": problem.code, "at": f"{Path(place.file).name}:{place.line}:{place.column}"}
    if problem.severity is not Severity.ERROR:
        line["severity"] = problem.severity.value
    source = Path(place.file).read_text(encoding="utf-8").splitlines()
    if place.end_column is not None:
        line["marks"] = source[place.line - 1][place.column - 1 : place.end_column - 1]
    return line


def all_problems(folder):
    loaded = load_pack_folder(folder)
    tests = read_rule_tests(loaded.pack).problems if loaded.pack else ()
    return (*loaded.problems, *tests)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_all_faults_of_a_pack_are_told_at_once(case):
    expected = yaml.safe_load((case / "expect.yaml").read_text(encoding="utf-8"))
    assert [told(problem) for problem in all_problems(case / "pack")] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_value_of_a_message_is_left_out(case, lang):
    for problem in all_problems(case / "pack"):
        told = in_language(explain_problem(problem), lang)
        assert told.title != problem.code
        names = "{" + "},{".join(problem.args) + "}"
        assert not any(name in told.title + told.help for name in names.split(","))


def test_a_folder_without_a_pack_file_is_no_pack(tmp_path):
    loaded = load_pack_folder(tmp_path)
    assert loaded.pack is None
    assert [problem.code for problem in loaded.problems] == ["pack/no-pack-file"]

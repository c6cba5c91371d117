"""What each lint finds: a folder a lint holds a pack (or several) and what is expected of it, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from validator.diagnostics.problem import explain_problem
from validator.engine.lint.run import LINTS, lint_packs
from validator.packs.lint.registry import lint_reference
from validator.packs.lint.subject import read_explanations
from validator.wording.in_language import in_language

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/expect.yaml"))


def found(case):
    folders = sorted(path.parent for path in case.glob("*/pack.yaml"))
    explanations, _ = read_explanations([case / "reports"])
    wanted = f"lint/{case.name}"
    problems = lint_packs(folders, explanations).problems
    # A small pack that shows one doubt may well raise another.
    return [problem for problem in problems if problem.code == wanted or problem.severity.value == "error"]


def told(problem):
    """What is expected of a finding: its code, file:line and the text that is marked."""
    place = problem.location
    source = Path(place.file).read_text(encoding="utf-8").splitlines()
    line = {"fault": problem.code, "at": f"{Path(place.file).name}:{place.line}"}
    if place.end_column is not None:
        line["marks"] = source[place.line - 1][place.column - 1 : place.end_column - 1]
    return line


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_lint_finds_what_it_is_for_and_nothing_else(case):
    expected = yaml.safe_load((case / "expect.yaml").read_text(encoding="utf-8"))
    assert [told(problem) for problem in found(case)] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_value_of_a_message_is_left_out(case, lang):
    for problem in found(case):
        words = in_language(explain_problem(problem), lang)
        assert words.title != problem.code
        assert not any("{" + name + "}" in words.title + words.help for name in problem.args)
        assert "@" not in words.title


def test_every_lint_has_a_case():
    assert {f"lint/{case.name}" for case in CASES} == {lint.id for lint in LINTS}


def test_the_page_of_lints_is_the_registrys():
    page = HERE.parents[1] / "docs" / "reference" / "lints.md"
    assert page.read_text(encoding="utf-8") == lint_reference(LINTS)

"""The real reports: what must be found in each, what must not, and the output of it byte for byte.

``UPDATE_GOLDEN=1 python -m pytest tests/end_to_end/test_examples.py`` writes the expected outputs.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from .conftest import PROJECT

GOLDEN = PROJECT / "tests" / "golden" / "check"
REPORTS = sorted(path.stem for path in (PROJECT / "examples").glob("*.yaml"))
SHAPES = {
    "table-80.txt": (("--format", "table"), {"COLUMNS": "80"}),
    "plain.txt": (("--format", "plain"), {}),
    "json": (("--format", "json"), {}),
}
GOLDENS = [(name, "plain.txt") for name in REPORTS] + [("demo-report", shape) for shape in SHAPES]
"""What is found is the same in every shape; how each looks is seen in the smallest report."""
EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "shape"), sorted(set(GOLDENS)))
def test_the_whole_output(run, name, shape):
    options, variables = SHAPES[shape]
    told = run("check", f"examples/{name}.yaml", *options, cwd=PROJECT, **variables)
    golden = GOLDEN / f"{name}.{shape}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(told.out.encode())
    assert told.err == ""
    assert told.out.encode() == golden.read_bytes()


def test_no_golden_output_is_left_over():
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(
        f"{name}.{shape}" for name, shape in set(GOLDENS)
    )


@pytest.fixture(scope="module")
def findings(run):
    """The failed rules and the problems of a report."""

    @cache
    def found(name):
        told = run("check", f"examples/{name}.yaml", "--format", "json", cwd=PROJECT)
        (file,) = json.loads(told.out)["files"]
        return tuple(each for each in file["diagnostics"] if each["verdict"] in ("fail", "error"))

    return found


def numbers(finding):
    """The texts of the figures of a finding, and the words about it."""
    return [label["raw"] for label in finding["fields"]], finding["explanation"] + " " + finding["title"]


FOUND = [(name, each) for name, case in EXPECTED.items() for each in case.get("found", ())]
NOT_FOUND = [(name, each) for name, case in EXPECTED.items() for each in case.get("not_found", ())]


@pytest.mark.parametrize(("name", "case"), FOUND, ids=[f"{name}: {case['says']}" for name, case in FOUND])
def test_what_must_be_found(findings, name, case):
    told = [each for each in findings(name) if case["says"] in numbers(each)[1]]
    assert len(told) == 1
    assert told[0]["severity"] == case["severity"]
    assert (told[0]["reason"] or "") == case.get("reason", told[0]["reason"] or "")
    assert told[0]["fields"][0]["location"]["line"] >= 1


@pytest.mark.parametrize(("name", "figures"), NOT_FOUND, ids=[f"{n}: {' '.join(f)}" for n, f in NOT_FOUND])
def test_what_must_not_be_found(findings, name, figures):
    """No finding rests on exactly these figures."""
    wanted = sorted(map(plain, figures))
    for finding in findings(name):
        assert sorted(map(plain, numbers(finding)[0])) != wanted, finding["explanation"]


@pytest.mark.parametrize(("name", "figures"), NOT_FOUND, ids=[f"{n}: {' '.join(f)}" for n, f in NOT_FOUND])
def test_what_must_not_be_found_is_in_the_report(name, figures):
    text = (PROJECT / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    known = {plain(found) for found in re.findall(r"\d[\d.,]*", text)}
    assert [figure for figure in figures if plain(figure) not in known] == []


def plain(figure):
    """A figure without its unit, leading zeros and the points between its thousands."""
    digits = re.match(r"[\d.,]*", figure)[0].rstrip(".,")
    whole, comma, parts = digits.partition(",")
    return re.sub(r"\.(?=\d{3}(\D|$))", "", whole).lstrip("0") + comma + parts


@pytest.mark.parametrize("name", REPORTS)
def test_findings_say_do_not_agree_and_never_wrong(run, name):
    told = run("check", f"examples/{name}.yaml", "--verbose", cwd=PROJECT)
    assert not re.search(r"\bsai\b", told.out, re.IGNORECASE)

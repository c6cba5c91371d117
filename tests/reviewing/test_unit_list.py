"""``units.yaml``: what is read, and every fault at its place."""

from __future__ import annotations

from collections import Counter

import pytest

from validator.model.verdict import Severity
from validator.readers.unit_list import read_units

GOOD = """\
units:
  - {id: tan-son, name: Huyện Tân Sơn, level: huyện}
  - {id: an-lac, name: Xã An Lạc, level: xã, parent: tan-son, synonyms: [UBND xã An Lạc]}
"""


@pytest.fixture
def units(tmp_path):
    def read(text):
        path = tmp_path / "units.yaml"
        path.write_text(text, encoding="utf-8")
        return read_units(path)

    return read


def test_units_are_read_in_order_with_the_levels_that_rules_know(units):
    found = units(GOOD)
    assert found.problems == ()
    assert [each.id for each in found.units.units] == ["tan-son", "an-lac"]
    assert [each.unit.level for each in found.units.units] == ["district", "commune"]
    assert [each.id for each in found.units.below("tan-son")] == ["an-lac"]
    assert found.units.get("an-lac").synonyms == ("UBND xã An Lạc",)


@pytest.mark.parametrize(
    ("entries", "code", "line"),
    [
        ("- {id: a, name: A}\n  - {id: a, name: B}", "units/duplicate-id", 3),
        ("- {name: A}", "units/unit-without-id", 2),
        ("- {id: a}", "units/unit-without-name", 2),
        ("- {id: a, name: A, parent: b}", "units/unknown-parent", 2),
        ("- {id: a, name: A, parent: a}", "units/own-ancestor", 2),
        ("- {id: a, name: A, parent: b}\n  - {id: b, name: B, parent: a}", "units/own-ancestor", 2),
        ("- tên", "units/not-a-unit", 2),
        ("- {id: [a], name: A}", "units/not-a-text", 2),
    ],
)
def test_a_fault_stands_at_its_place_and_the_file_is_not_used(units, entries, code, line):
    found = units(f"units:\n  {entries}\n")
    assert found.units is None
    assert (code, line) in [(each.code, each.location.line) for each in found.problems]


def test_a_ring_is_told_once_and_those_below_it_are_not_accused(units):
    found = units(
        "units:\n  - {id: a, name: A, parent: b}\n  - {id: b, name: B, parent: a}\n"
        "  - {id: c, name: C, parent: b}\n"
    )
    assert [each.code for each in found.problems] == ["units/own-ancestor"]
    assert "a → b → a" in found.problems[0].args["units"]


def test_two_units_of_one_name_are_told_and_used(units):
    found = units("units:\n  - {id: a, name: Xã Tân Lập}\n  - {id: b, name: Xã Tân Lập}\n")
    assert [each.code for each in found.problems] == ["units/same-name"]
    assert len(found.units.units) == 2


@pytest.mark.parametrize("text", ["", "units: []\n", "[1]", "units: {a: 1}\n", "a: [", "\x00"])
def test_what_is_no_list_of_units_is_refused(units, text):
    found = units(text)
    assert found.units is None
    assert found.problems


def test_a_long_chain_takes_no_long_time(units):
    lines = [f"  - {{id: u{n}, name: U{n}, parent: u{n + 1}}}" for n in range(5000)]
    assert len(units("units:\n" + "\n".join([*lines, "  - {id: u5000, name: top}"])).units.units) == 5001


def test_faults_of_a_kind_are_told_up_to_a_number_and_then_counted(units):
    lines = [f"  - {{id: u{n}, name: U{n}, parent: lost{n}, colour: red}}" for n in range(60)]
    found = units("units:\n" + "\n".join(lines) + "\n  - {name: X}\n").problems
    assert Counter(each.code for each in found) == {
        "units/unknown-parent": 50,
        "units/unknown-key": 50,
        "units/unit-without-id": 1,
        "units/more": 2,
    }
    rest = {each.args["code"]: each for each in found if each.code == "units/more"}
    assert rest["units/unknown-parent"].args["count"] == 10
    assert rest["units/unknown-parent"].severity is Severity.ERROR
    assert rest["units/unknown-key"].severity is Severity.WARNING
    assert rest["units/unknown-parent"].location.line == 52


def test_the_nearest_id_is_looked_for_a_few_times_only(units, monkeypatch):
    asked = []
    monkeypatch.setattr("validator.readers.unit_list.nearest", lambda name, _: asked.append(name) or "")
    units("units:\n" + "\n".join(f"  - {{id: u{n}, name: U{n}, parent: lost}}" for n in range(500)))
    assert len(asked) < 20


def test_a_long_ring_is_told_in_short(units):
    lines = "\n".join(f"  - {{id: u{n}, name: U{n}, parent: u{(n + 1) % 5000}}}" for n in range(5000))
    (found,) = units(f"units:\n{lines}\n").problems
    assert found.args["units"].startswith("u0 → u1 → ")
    assert found.args["units"].endswith(" → … → u0")
    assert len(found.args["units"]) < 200

"""A message of a comparison that fails shows a difference: its two sides never look alike."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import check_report_object
from validator.model.location import Location
from validator.model.report import Cell, Report
from validator.packs.library import load_folder

PACK = """\
pack: sides
version: "1"
form: sides
fields:
  a: {type: number, label: {vi: a}}
  b: {type: number, label: {vi: b}}
  c: {type: number, label: {vi: c}}
  n: {type: count, label: {vi: n}}
  m: {type: count, label: {vi: m}}
  p: {type: percent, label: {vi: p}}
  x: {type: money, unit: triệu đồng, label: {vi: x}}
  y: {type: money, unit: triệu đồng, label: {vi: y}}
"""
ASSERTIONS = (
    "a = b * c / 3",
    "n = m * 1.0001",
    "p = n / m",
    "x = y / 3 + y / 7",
    "a = b",
    "x ≤ y * 0.999999",
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sides")
    rules = [f'  - {{id: r{n}, title: {{vi: t}}, assert: "{text}"}}\n' for n, text in enumerate(ASSERTIONS)]
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "r.yaml").write_text("rules:\n" + "".join(rules), encoding="utf-8")
    return load_folder(folder).pack


def findings(pack, lang, **values):
    cells = {
        path: (Cell(path=path, value=value, raw=str(value).replace(".", ","), location=Location()),)
        for path, value in values.items()
    }
    return [
        each
        for each in check_report_object(Report(form="sides", cells=cells), packs=[pack], lang=lang)
        if each.verdict.value == "fail"
    ]


def value(text):
    """The last number of one side of a formula."""
    digits = re.findall(r"-?[0-9.]+(?:,[0-9]+)?", text)[-1].replace(".", "").replace(",", ".")
    return Decimal(digits)


def shows_a_difference(found):
    left, right = re.split(r" [≠><] ", found.explanation, maxsplit=1)
    assert value(left.split(" (")[0]) != value(right.split(" (")[0]), found.explanation
    assert re.search("[1-9]", found.difference), found


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_eighty_thousand_is_never_unequal_to_eighty_thousand(pack, lang):
    found = findings(pack, lang, a=Decimal(80000), b=Decimal("239999.9999"), c=Decimal(1))[0]
    assert found.explanation == "80000 ≠ 239999,9999 × 1 / 3 ≈ 79999,99997"
    assert found.difference == "0,00003"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_difference_beyond_rounding_is_told(pack, lang):
    (found,) = findings(pack, lang, n=333335, m=1000000, p=Decimal("33.33"))
    shows_a_difference(found)


@pytest.mark.parametrize(("lang", "words"), [("vi", "không do làm tròn"), ("en", "no rounding explains")])
def test_of_rounded_figures_the_least_difference_is_told_as_well(pack, lang, words):
    (found,) = [each for each in findings(pack, lang, n=1, m=2, p=Decimal("50.2")) if each.id.endswith("r2")]
    assert found.difference.startswith("0,2 ")
    assert "0,15" in found.difference
    assert words in found.difference


small = st.decimals(Decimal("0.001"), Decimal(100000), places=4)
counts = st.integers(1, 10**7)


numbers = st.fixed_dictionaries({"a": small, "b": small, "c": small})
shares = st.fixed_dictionaries({"n": counts, "m": counts, "p": st.decimals(0, 200, places=2)})


@settings(max_examples=60)
@given(numbers=numbers, shares=shares, lang=st.sampled_from(["vi", "en"]))
def test_the_sides_of_what_fails_never_look_alike(pack, numbers, shares, lang):
    near = Decimal(round(Fraction(numbers["b"]) * Fraction(numbers["c"]) / 3))
    for values in (numbers, {**numbers, "a": near}, shares, {**shares, "m": shares["n"]}):
        for found in findings(pack, lang, **values):
            shows_a_difference(found)

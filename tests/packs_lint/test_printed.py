"""Equations as forms print them."""

from __future__ import annotations

import pytest

from validator.packs.printed import parse_printed

SINGLE = {
    "(3)=(4)+(5)+(6)": ("3", "+4 +5 +6"),
    "1=2+3+…+7": ("1", "+2 +3 +4 +5 +6 +7"),
    "1 = 2 + ... + 5": ("1", "+2 +3 +4 +5"),
    "10=2+4+…+8": ("10", "+2 +4 +6 +8"),
    "(9) = (3) − (4)": ("9", "+3 -4"),
    "9=3–4": ("9", "+3 -4"),
    "4+5=3": ("3", "+4 +5"),
    "(3)=\n(4a)+(4B)": ("3", "+4a +4b"),
    "(1) = (2)": ("1", "+2"),
}


@pytest.mark.parametrize("text", SINGLE)
def test_an_equation_is_a_total_and_its_parts(text):
    (found,) = parse_printed(text)
    signs = " ".join(("+" if sign > 0 else "-") + code for sign, code in found.parts)
    assert (found.total, signs) == SINGLE[text]


def test_a_chain_holds_an_equation_for_each_further_side():
    found = parse_printed("9=11+12+13 =14+15+16+17")
    assert [(each.total, [code for _, code in each.parts]) for each in found] == [
        ("9", ["11", "12", "13"]),
        ("9", ["14", "15", "16", "17"]),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "3", "(3)", "=", "3=", "=4", "3=4+", "3=+", "3==4", "3=4 5", "1+2=3+4", "3=4/5", "1=…+7", "1=2+…",
     "1=7+…+2", "1=2+4+…+7", "1=2+…+999999999", "a=b", "(3=4+5"],
)  # fmt: skip
def test_anything_else_is_no_equation(text):
    assert parse_printed(text) is None

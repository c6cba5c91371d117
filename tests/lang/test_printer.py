"""The canonical spelling of expressions: one text for one tree, and the tree read back is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Token, Tree

from validator.lang.parse import parse
from validator.lang.printer import canonical_text
from validator.lang.source import Source
from validator.packs.library import pack_folders
from validator.packs.load import load_pack_folder

SPELLINGS = {
    "a==b+ (c*d)": "a = b + c * d",
    "a>=1 and b!=2 or c<=3": "a ≥ 1 and b ≠ 2 or c ≤ 3",
    "a and (b or c)": "a and (b or c)",
    "(a and b) or c": "a and b or c",
    "a − b × c ÷ d": "a - b * c / d",
    "a-(b+c)=d": "a - (b + c) = d",
    "(a+b)+c = 1": "(a + b) + c = 1",
    "a = b +-2": "a = b ± 2",
    "a = +(-b)": "a = +(-b)",
    "not (a = b)": "not a = b",
    "not (a and b)": "not (a and b)",
    "(a implies b) implies c": "(a implies b) implies c",
    "a implies (b implies c)": "a implies b implies c",
    "x not  in { 1,2 }": "x not in {1, 2}",
    "count( t )>0": "count(t) > 0",
    "sum((row.x) for row in t if row.y>1)=2": "sum(row.x for row in t if row.y > 1) = 2",
    "(all row in t: row.x = 1) and b": "(all row in t: row.x = 1) and b",
    "b and all row in t: row.x = 1": "b and (all row in t: row.x = 1)",
    "b implies (all row in t: row.x = 1)": "b implies all row in t: row.x = 1",
    "all row in t if (any x in t: x.a): (row.b)": "all row in t if (any x in t: x.a): row.b",
    "(if a then 1 else 2) = 3": "(if a then 1 else 2) = 3",
    "if a then b else (if c then d else b)": "if a then b else if c then d else b",
    "0 <= a < 95%": "0 ≤ a < 95%",
    'd = 2023-11-10 and unit.level = "a  b"': 'd = 2023-11-10 and unit.level = "a  b"',
}


def tree_of(text):
    tree = parse(Source(text=text))
    assert isinstance(tree, Tree), text
    return without_brackets(tree.children[0])


def without_brackets(node):
    """The tree without the brackets that were written and with one spelling of each operator."""
    if node is None or isinstance(node, Token):
        spelled = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "×": "*", "÷": "/", "−": "-"}
        return None if node is None else spelled.get(str(node), str(node))
    if node.data == "group":
        return without_brackets(node.children[0])
    return (str(node.data), *(without_brackets(child) for child in node.children))


@pytest.mark.parametrize("text", SPELLINGS)
def test_an_expression_is_written_one_way(text):
    assert canonical_text(text) == SPELLINGS[text]
    assert canonical_text(SPELLINGS[text]) == SPELLINGS[text]
    assert tree_of(text) == tree_of(SPELLINGS[text])


def test_what_cannot_be_read_has_no_canonical_text():
    assert canonical_text("a = = b") is None
    assert canonical_text("") is None


@pytest.mark.parametrize("folder", pack_folders(), ids=lambda path: path.name)
def test_the_shipped_rules_are_written_so(folder):
    rules = load_pack_folder(folder).pack.rules
    texts = [text for rule in rules for text in (rule.assert_text, rule.guard_text) if text]
    assert [canonical_text(text) for text in texts] == texts


NAMES = st.sampled_from(["a", "b", "row.x", "hồ_sơ.đã_nhận", "prior.a"])
ATOMS = st.one_of(NAMES, st.sampled_from(["1", "2.50", "95%", "2023-11-10", '"x  y"', "true"]))


def composed(inner):
    """Expressions around others, with brackets wherever the grammar may need them."""
    one = inner.map("({})".format)
    operators = st.sampled_from(["+", "-", "−", "*", "×", "/", "÷"])
    compares = st.sampled_from(["=", "==", "!=", "<=", "≥", "<"])
    words = st.sampled_from(["and", "or", "implies"])
    return st.one_of(
        one,
        st.builds("{} {} {}".format, one, operators, one),
        st.builds("{}{}{} + {}".format, one, operators, one, one),
        st.builds("{} {} {} {} {}".format, one, compares, one, compares, one),
        st.builds("{} = {} ± {}".format, one, one, one),
        st.builds("{} {} {}".format, one, words, one),
        st.builds("{} and {} or {}".format, one, one, one),
        st.builds("not {}".format, one),
        st.builds("-{}".format, one),
        st.builds("{} in {{{}, {}}}".format, one, one, one),
        st.builds("{} not in {{{}}}".format, one, one),
        st.builds("if {} then {} else {}".format, inner, inner, inner),
        st.builds("all row in t: {}".format, inner),
        st.builds("any row in t if ({}): {}".format, inner, inner),
        st.builds("sum(({}) for row in t if {})".format, inner, inner),
        st.builds("min({}, {})".format, inner, inner),
        st.builds("count(t)".format),
    )


@given(st.recursive(ATOMS, composed, max_leaves=8))
def test_a_tree_survives_being_printed_and_read(text):
    if not isinstance(parse(Source(text=text)), Tree):
        return  # too deep
    printed = canonical_text(text)
    assert tree_of(printed) == tree_of(text)
    assert canonical_text(printed) == printed

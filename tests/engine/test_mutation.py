"""Which slips of an author are tried on a rule, and which of them are no change at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from validator.api import load_pack
from validator.engine.equivalence import is_equivalent, shape
from validator.engine.mutation import _last_place, mutants, with_children
from validator.lang.ir import children, walk
from validator.packs.library import pack_folders

PACK = """\
pack: small
version: 1
form: small
fields:
  a: {type: count}
  b: {type: count}
  c: {type: count}
  p: {type: percent}
  q: {type: percent}
  day: {type: date}
  ok: {type: boolean}
tables:
  t: {columns: {x: {type: count}, y: {type: count}}}
"""


@pytest.fixture
def rule_of(tmp_path):
    """Compile one rule given as its expression, and further keys."""

    def compiled(assertion, **keys):
        folder = tmp_path / f"p{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        more = "".join(f"    {key}: '{value}'\n" for key, value in keys.items() if key != "missing")
        more += f"    missing: {keys['missing']}\n" if "missing" in keys else ""
        text = f"rules:\n  - id: r\n    assert: '{assertion}'\n{more}"
        (folder / "r.yaml").write_text(text, encoding="utf-8")
        (rule,) = load_pack(folder).rules
        return rule

    return compiled


def found(rule):
    return [(each.part, each.kind, each.source, each.before, each.after) for each in mutants(rule)]


@pytest.mark.parametrize(
    ("assertion", "expected"),
    [
        ("a = b", [("operator", "=", "≤"), ("operator", "=", "≥")]),
        ("a ≤ b", [("operator", "≤", "<"), ("operator", "≤", "≥")]),
        ("a ≠ b", [("operator", "≠", "=")]),
        ("a = b ± 2", [("slack", "±", ""), ("constant", "2", "2+1"), ("constant", "2", "2-1")]),
        ("not ok", [("logic", "not", "")]),
        ("ok implies ok", [("logic", "implies", "")]),
        ("all r in t: r.x = 0", [("quantifier", "all", "any")]),
        ("all r in t if r.x > 0: ok", [("quantifier", "all", "any"), ("condition", "if", "")]),
        ("a in {1, 2}", [("option", "1", ""), ("option", "2", "")]),
        ("present(a)", [("function", "present", "missing")]),
    ],
)
def test_slips_of_a_rule(rule_of, assertion, expected):
    kinds = [(kind, before, after) for _, kind, _, before, after in found(rule_of(assertion))]
    assert kinds[: len(expected)] == expected


@pytest.mark.parametrize(
    ("assertion", "kinds"),
    [
        ("a = b + c", ["term", "sign", "term"]),
        ("p = a / b", ["fraction"]),
        ("a = b * 2", ["factor", "constant", "constant"]),
        ("a = first(b, c)", ["argument"]),
        ("a = abs(b)", ["function"]),
        ("a = (if ok then b else c)", ["branch"]),
        ("a = sum(r.x for r in t if r.y > 1)", ["condition", "operator", "operator", "constant", "constant"]),
    ],
)
def test_slips_within_a_comparison(rule_of, assertion, kinds):
    assert [kind for _, kind, *_ in found(rule_of(assertion))][2:] == kinds


def test_the_guard_is_changed_and_dropped(rule_of):
    parts = [(part, kind, source) for part, kind, source, *_ in found(rule_of("a = b", when="c > 0"))]
    assert ("when", "operator", "c > 0") in parts
    assert parts[-1] == ("when", "guard", "c > 0")


def test_a_blank_that_counts_as_zero_is_tried_as_unknown(rule_of):
    kinds = [(kind, source) for _, kind, source, *_ in found(rule_of("a = b", missing="{b: zero}"))]
    assert ("missing", "b") in kinds


@pytest.mark.parametrize(
    ("raw", "step"),
    [("2", Fraction(1)), ("0.01", Fraction(1, 100)), ("95%", Fraction(1, 100)), ("1.5%", Fraction(1, 1000))],
)
def test_a_bound_moves_by_one_in_its_last_digit(raw, step):
    assert _last_place(raw) == step


@pytest.mark.parametrize("folder", pack_folders(), ids=lambda path: path.name)
def test_every_mutant_differs_in_one_thing_and_keeps_the_rest(folder):
    for rule in load_pack(folder).rules:
        assert with_children(rule.assertion, children(rule.assertion)) == rule.assertion
        for mutant in mutants(rule):
            changed = (mutant.rule.guard, mutant.rule.assertion)
            assert changed != (rule.guard, rule.assertion)
            assert len(walk(mutant.rule.assertion)) <= len(walk(rule.assertion))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a < 3", "a ≤ 2"),
        ("a = b", "b = a"),
        ("a = b + c", "a - c = b"),
        ("a ≥ b and a ≤ b", "a = b"),
        ("a = 0", "a ≤ 0"),
        ("first(a, 0) = 0", "first(a, 0) ≤ 0"),
        ("p ≤ 100%", "p < 100%"),
        ("p ≤ q and p ≥ q", "p = q"),
        ("not (ok and a > b)", "not ok or a ≤ b"),
        ("if ok then a > b else a > b", "a > b"),
        ("a > b or a ≤ b", "ok or not ok"),
    ],
)
def test_what_is_proved_alike(rule_of, one, other):
    assert is_equivalent(rule_of(one), rule_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a < 3", "a ≤ 3"),
        ("a = b", "a ≤ b"),
        ("p < q", "p ≤ q"),
        ("p ≤ 99.5%", "p < 99.5%"),
        ("a - b = 0", "a - b ≤ 0"),
        ("p = a / b", "p = b / a"),
        ("all r in t: r.x = 0", "any r in t: r.x = 0"),
        ("ok", "not ok"),
        ("a = 2 or a = 3", "a = 2"),
    ],
)
def test_what_is_not(rule_of, one, other):
    assert not is_equivalent(rule_of(one), rule_of(other))


def test_a_guard_may_make_a_change_none(rule_of):
    assert is_equivalent(rule_of("a = b", when="a ≤ b"), rule_of("a ≥ b", when="a ≤ b"))
    assert not is_equivalent(rule_of("a = b", when="a ≤ b"), rule_of("a = b"))


def test_the_shape_of_an_expression_leaves_out_where_it_stands(rule_of):
    one, other = rule_of("a = b"), rule_of("  a   =  b")
    assert one.assertion != other.assertion
    assert shape(one.assertion) == shape(other.assertion)

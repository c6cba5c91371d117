"""Compiled packs as JSON: the same pack comes back, and nothing but data ever does."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from validator.model.field import Form
from validator.model.location import Location
from validator.model.problem import Problem
from validator.packs.files import pack_files
from validator.packs.library import pack_folders
from validator.packs.load import compile_pack
from validator.packs.pack import LoadResult, RulePack
from validator.packs.stored import from_text, to_text


def holding(**args):
    problem = Problem(code="x", location=Location(), args=args)
    return LoadResult(pack=None, problems=(problem,))


@pytest.mark.parametrize("folder", pack_folders(), ids=lambda folder: folder.name)
def test_a_shipped_pack_comes_back_as_it_was(folder):
    files, _ = pack_files(folder)
    result = compile_pack(files, str(folder))
    assert from_text(to_text(result)) == result


def test_values_keep_their_types():
    values = {
        "plain": {"a": [1, True, None, "ế"], "b": {"c": []}},
        "pairs": (("a", 1), ("b", ()), [("c",)]),
        "numbers": (1, True, Fraction(1, 3), Fraction(2), 2**70),
        "day": date(2024, 2, 29),
        "mixed": {"k": (1, 2)},
        "surrogate": "\udce9",
    }
    found = from_text(to_text(holding(**values)))
    assert found.problems[0].args == values
    assert repr(found.problems[0].args) == repr(values)


@pytest.mark.parametrize("value", [0.5, {1, 2}, b"x", print, Fraction])
def test_what_no_pack_holds_is_refused(value):
    with pytest.raises(TypeError):
        to_text(holding(value=value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[[],[]]",
        '[["echo"],[["os.system","\\u0001"]]]',
        '[["echo"],[["builtins.exec","\\u0001"]]]',
        '[["echo"],[["__import__","\\u0001"]]]',
        '[[1],[["LoadResult","\\u0001"]]]',
        '[[],[["tuple","\\u0005"]]]',
        '[[0],[["Fraction","\\u0001","\\u0001"]]]',
        '[["x"],[["date","\\u0001"]]]',
        '[["loud"],[["Severity","\\u0001"]]]',
        '[["x"],[["list",[1]]]]',
        "[" * 100_000,
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises((ValueError, TypeError, LookupError, ArithmeticError, RecursionError)):
        from_text(text)


def test_equal_things_are_written_once():
    many = holding(values=tuple((Fraction(1, 3), "word") for _ in range(1000)))
    assert len(to_text(many)) < 10_000
    plain, made = json.loads(to_text(many))
    assert plain.count("word") == 1
    assert sum(len(columns[0]) for kind, *columns in made if kind == "Fraction") == 1


def test_the_form_of_a_pack_is_shared_with_its_rules():
    pack = RulePack(
        name="p", version="1", title={}, form=Form(name="f", fields={}, tables={}), rules=(), folder=""
    )
    assert from_text(to_text(LoadResult(pack=pack))).pack == pack

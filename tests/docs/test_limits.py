"""The page of limits says what the program does: every bound of the readers, with the value that it has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from validator.engine.context import MOST_STEPS
from validator.model.limits import MEMORY_NAME, SECONDS_NAME, Limits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "validator"
BOUND = re.compile(r"[A-Z_]*(MOST|LARGEST|LONGEST|DEEPEST|MAX|LIMIT|SECONDS)(_[A-Z_]+)?")
ROW = re.compile(r"^\| .+ \| ([0-9][0-9,]*) .*?\| `([\w/]+\.py)` `(\w+)` \|", re.MULTILINE)
SMALL = 999
"""Bounds up to this shape what is told or tried; they are no limits of what is read."""


def number_of(node):
    """Return the number that an expression of numbers alone is, None for any other."""
    parts = (ast.Constant, ast.BinOp, ast.Mult, ast.Pow)
    if node is None or not all(isinstance(each, parts) for each in ast.walk(node)):
        return None
    found = eval(ast.unparse(node))  # noqa: S307 - numbers of our own, multiplied
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def in_code():
    """Return the bounds that the code has, by file and name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                name, value = getattr(target, "id", ""), number_of(node.value)
                if BOUND.fullmatch(name) and value is not None:
                    found[f"{path.relative_to(SOURCE)}", name] = value
    return found


def on_page():
    return {(file, name): int(value.replace(",", "")) for value, file, name in ROW.findall(PAGE)}


def test_what_the_page_says_is_so():
    code = in_code()
    assert on_page()
    assert {key: code.get(key) for key in on_page()} == on_page()


def test_no_bound_is_left_out():
    least = {True: 1, False: SMALL + 1}
    large = {key for key, value in in_code().items() if value >= least[key[1].endswith("SECONDS")]}
    assert large - set(on_page()) == set()


def test_what_can_be_set_is_told_with_its_default():
    usual = Limits()
    assert f"| `--limit-seconds` | `{SECONDS_NAME}` | {usual.seconds} seconds |" in PAGE
    assert f"| `--limit-memory` | `{MEMORY_NAME}` | {usual.memory} MB |" in PAGE


def test_what_is_in_proportion_to_it_is_told():
    usual = Limits()
    assert f"| 3 × the limit | {usual.conversion_seconds} seconds | `document/conversion-timeout` |" in PAGE
    assert f"| 45 × the limit | {usual.recognition_seconds} seconds | `document/ocr-timeout` |" in PAGE


def test_so_is_what_a_rule_may_take():
    assert f"| `VALIDATOR_MAX_STEPS` | {MOST_STEPS:,} |" in PAGE

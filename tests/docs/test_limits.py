"""The page of limits says what the program does: every bound of the readers, with the value that it has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from validator.model.limits import MEMORY_NAME, SECONDS_NAME, Limits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "validator"
BOUND = re.compile(r"_?MOST_[A-Z_]+|_?[A-Z_]*SECONDS")
ROW = re.compile(r"^\| .+ \| ([0-9][0-9,]*) .*\| `([\w/]+\.py)` `(\w+)` \|", re.MULTILINE)
FOLDERS = ("readers", "checking")
SMALL = 999
"""Bounds up to this shape what is told or tried; they are no limits of what is read."""


def in_code():
    """Return the bounds that the code has, by file and name."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((SOURCE / folder).glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    name = getattr(node.targets[0], "id", "")
                    if BOUND.fullmatch(name) and isinstance(node.value.value, int):
                        found[f"{path.relative_to(SOURCE)}", name] = node.value.value
    return found


def on_page():
    return {(file, name): int(value.replace(",", "")) for value, file, name in ROW.findall(PAGE)}


def test_what_the_page_says_is_so():
    code = in_code()
    assert on_page()
    assert {key: code.get(key) for key in on_page()} == on_page()


def test_no_bound_is_left_out():
    large = {key for key, value in in_code().items() if value > SMALL or key[1].endswith("SECONDS")}
    assert large - set(on_page()) == set()


def test_what_can_be_set_is_told_with_its_default():
    usual = Limits()
    assert f"| `--limit-seconds` | `{SECONDS_NAME}` | {usual.seconds} seconds |" in PAGE
    assert f"| `--limit-memory` | `{MEMORY_NAME}` | {usual.memory} MB |" in PAGE


def test_what_is_in_proportion_to_it_is_told():
    usual = Limits()
    assert f"| 3 × the limit | {usual.conversion_seconds} seconds | `document/conversion-timeout` |" in PAGE
    assert f"| 45 × the limit | {usual.recognition_seconds} seconds | `document/ocr-timeout` |" in PAGE

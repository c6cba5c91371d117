"""The canonical form of pack files: what is rewritten, and what is left as it is."""

from __future__ import annotations

import pytest

from validator.packs.format import format_text
from validator.resources import rules_folder

SHIPPED = sorted(rules_folder().glob("*/*.yaml"))

REWRITTEN = {
    "operators": ("rules:\n  - {id: r, assert: a>=b}\n", "rules:\n  - {id: r, assert: a ≥ b}\n"),
    "quotes stay": (
        "rules:\n  - {id: r, assert: 'a!=b', when: \"c==1\"}\n",
        "rules:\n  - {id: r, assert: 'a ≠ b', when: \"c = 1\"}\n",
    ),
    "comments stay": (
        "# one\nrules:   # two\n  # three\n  - id: r  # four\n    assert: (a = b)  # five\n",
        "# one\nrules:   # two\n  # three\n  - id: r  # four\n    assert: a = b  # five\n",
    ),
    "definitions": ("define: {both: a+b}\nrules: []\n", "define: {both: a + b}\nrules: []\n"),
    "a plain text that needs quotes now": (
        "rules:\n  - id: r\n    assert: all row in t:row.a>=1\n",
        "rules:\n  - id: r\n    assert: 'all row in t: row.a ≥ 1'\n",
    ),
    "the signs of a folded expression": (
        'rules:\n  - id: r\n    assert: >-\n      a>=b\n      and c != "d>="\n    when:\n      a − b == c\n',
        'rules:\n  - id: r\n    assert: >-\n      a≥b\n      and c ≠ "d>="\n    when:\n      a - b = c\n',
    ),
    "line ends": ("rules: []\r\n", "rules: []\n"),
    "blanks at the ends of lines": ("rules: [] \n\n\n", "rules: []\n"),
    "no last line end": ("rules: []", "rules: []\n"),
    "several on one line": (
        "rules:\n  - {id: r, when: c==1, assert: a==b and đ==2}\n",
        "rules:\n  - {id: r, when: c = 1, assert: a = b and đ = 2}\n",
    ),
}
LEFT = {
    "a broken expression": "rules:\n  - {id: r, assert: a = = b}\n",
    "a broken file": "rules: [\n",
    "an empty file": "",
    "other keys": 'rules:\n  - {id: r, assert: a = b, help: {vi: "a>=b"}}\n',
    "blanks that count": "rules:\n  - id: r\n    help: |\n      one  \n      two\n    assert: a = b\n",
    "escapes": 'rules:\n  - {id: r, assert: "a>=\\u0062"}\n',
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_file_is_written_in_its_canonical_form(name):
    before, after = REWRITTEN[name]
    assert format_text(before) == after
    assert format_text(after) == after


@pytest.mark.parametrize("name", LEFT)
def test_what_cannot_be_rewritten_safely_is_left(name):
    assert format_text(LEFT[name]) == LEFT[name]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_shipped_files_are_canonical(path):
    text = path.read_text(encoding="utf-8")
    assert format_text(text) == text

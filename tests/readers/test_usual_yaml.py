"""What is read without libyaml is read as libyaml reads it, and all else is left to libyaml."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from validator.readers.usual_yaml import parse_usual
from validator.readers.yaml_tree import parse_any, parse_yaml

ROOT = Path(__file__).parents[2]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*.yaml"))]
STRAY = " \n:#-,{}[]\"'?abé15.~|&*!<>%@`\\\t\r()/=+_\u00a0"
PIECES = [
    *(
        "a",
        "b1",
        '"q"',
        "'s'",
        "x y",
        "é: ",
        "12:30",
        "1,5",
        "~",
        ".5",
        "-5",
        "(",
        "x:y",
        "it's",
        "=",
        "http://x",
    ),
    *(
        ":",
        "::",
        ": ",
        "-",
        "- ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "#",
        " #",
        "?",
        "? ",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        ", ",
        "a: ",
        "b: ",
        "d:",
        "\ne: ",
        "\n  f: ",
        "\n    g: ",
        "key: {a: 1, b: [x, y]}",
    ),
    *(
        "- {a: b}",
        '"a": ',
        "\n-",
        '"x',
        '"\\u00A0"',
        '"\\t"',
        '"\\x"',
        "|",
        "&a",
        "*a",
        "!t",
        "%",
        "--- ",
        "<<: ",
    ),
]


def assert_alike(text):
    found = parse_usual(text, "x")
    assert found is None or found == parse_any(text, "x"), text
    return found is not None


@pytest.mark.parametrize("text", TEXTS)
def test_examples_are_read_without_libyaml(text):
    assert assert_alike(text)


def test_shipped_notation_is_read_without_libyaml():
    for path in (ROOT / "rules" / "notation").glob("*.yaml"):
        assert assert_alike(path.read_text(encoding="utf-8"))


def test_texts_put_together_at_random_are_read_alike_or_left():
    chance = random.Random(3)  # noqa: S311 - a seed, not a secret
    taken = sum(
        assert_alike("".join(chance.choice(PIECES) for _ in range(chance.randint(1, 12))))
        for _ in range(20_000)
    )
    assert taken > 300


def test_reports_with_slips_of_the_keyboard_are_read_alike_or_left():
    chance = random.Random(4)  # noqa: S311 - a seed, not a secret
    lines = [line for text in TEXTS for line in text.split("\n")]
    taken = 0
    for _ in range(4000):
        start = chance.randrange(len(lines))
        text = list("\n".join(lines[start : start + chance.randint(1, 12)]))
        for _ in range(chance.randint(0, 3)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randint(0, 1)] = chance.choice(("", chance.choice(STRAY)))
        taken += assert_alike("".join(text))
    assert taken > 300


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n b: 2\n",
        "a: [1,\n 2]\n",
        "a: |\n  text\n",
        "a: &x 1\nb: *x\n",
        "a: one\n  two\n",
        "a: 'it''s'\n",
        "a: !!str 1\n",
        "a:\t1\n",
        "a: 1\r\nb: 2\r\n",
        "- 1\n",
        "a: {b: 1,81}\n",
        "",
    ],
)
def test_what_is_not_usual_is_left_to_libyaml(text):
    assert parse_usual(text) is None
    assert parse_yaml(text) == parse_any(text)

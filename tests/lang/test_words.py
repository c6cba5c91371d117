"""Every fault that a rule author can make has words, whichever part of the program notes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.lang.syntax_error import error_examples
from validator.lang.types import Kind, Measure
from validator.wording.message import message, message_help

SOURCE = Path(__file__).parents[2] / "src" / "validator"
CODE = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')


def codes_in(*paths, call):
    """The codes given to *call*, or put into ``code`` before it."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    calls = re.findall(call + r'\(\s*"([a-z-]+)"', text)
    chosen = [
        code for line in re.findall(r"^ +code = (.+)$", text, re.MULTILINE) for code in CODE.findall(line)
    ]
    return {*calls, *chosen}


PACK = codes_in(*(SOURCE / "packs").glob("*.py"), call=r"\.note")
TYPE = codes_in(SOURCE / "lang" / "check_errors.py", call="_problem")
LABELS = {label for section in error_examples().values() for label in section}
ALL = sorted(
    {f"pack/{code}" for code in PACK} | {f"type/{code}" for code in TYPE} | {f"syntax/{x}" for x in LABELS}
)


def test_codes_are_found():
    assert {"pack/rule-without-id", "type/unknown-field-near", "syntax/decimal-comma"} < set(ALL)
    assert len(ALL) > 70


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_fault_says_what_is_wrong_and_what_to_write(lang, code):
    assert message(code, lang) != code
    assert message_help(code, lang)


@pytest.mark.parametrize(
    "kind", sorted({*(kind.value for kind in Kind), *(measure.value for measure in Measure)})
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_type_has_a_name(lang, kind):
    assert message(f"type/@{kind}", lang) != f"type/@{kind}"


def test_every_example_of_a_syntax_fault_is_a_fault():
    from validator.lang.parse import parse
    from validator.lang.source import Source

    for snippets in error_examples()["parsed"].values():
        for snippet in snippets:
            assert hasattr(parse(Source(text=snippet)), "code"), snippet


def test_every_example_is_told_by_its_label():
    from validator.lang.parse import parse
    from validator.lang.source import Source

    for label, snippets in error_examples()["parsed"].items():
        for snippet in snippets:
            found = parse(Source(text=snippet)).code.removeprefix("syntax/").removesuffix("-at-end")
            assert found == label, snippet

"""YAML and JSON become trees with places; what is not allowed is one problem at its line."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from validator.readers.json_tree import parse_json
from validator.readers.shape_check import plain
from validator.readers.tree import DEEPEST, MappingNode, ScalarNode
from validator.readers.yaml_tree import parse_yaml

YAML_FAULTS = [
    ("", "empty", 1),
    ("# only a comment\n", "empty", 1),
    ("~\n", "empty", 1),
    ("- 1\n- 2\n", "top-is-a-list", 1),
    ("report\n", "top-is-a-value", 1),
    ("a: 1\n\tb: 2\n", "tab", 2),
    ("a:\n\tb: 2\n", "tab", 2),
    ("a:\n  b: 1\n\t c: 2\n", "tab", 3),
    ("a: [1, 2\nb: 3\n", "yaml-open-bracket", 2),
    ("a: {b: 1\n", "yaml-open-bracket", 2),
    ("a: 'x\nb: 2\n", "yaml-open-quote", 3),
    ("a: b: c\n", "yaml-stray-colon", 1),
    ("a: 1\n b: 2\n", "yaml-stray-colon", 2),
    ("a:\n  - 1\n - 2\n", "yaml-indentation", 3),
    ('a: "\\q"\n', "yaml-backslash", 1),
    ("a: 1\nb: \x01\n", "control-character", 2),
    ("a: 1\nb 2\n", "yaml-missing-colon", 3),
    ("a: &x 1\nb: *x\n", "alias", 2),
    ("a: *unknown\n", "alias", 1),
    ("a: &x {q: 1}\nb:\n  <<: *x\n", "merge-key", 3),
    ("{a: " * 10_000, "too-deep", 1),
    ("[" * 10_000, "too-deep", 1),
    ("".join(f"{' ' * n}a:\n" for n in range(2000)), "too-deep", DEEPEST + 1),
    ("- " * 10_000 + "1", "too-deep", 1),
]


def shortened(value):
    return repr(value)[:40]


@pytest.mark.parametrize(("text", "code", "line"), YAML_FAULTS, ids=shortened)
def test_yaml_that_cannot_be_read_is_one_problem(text, code, line):
    result = parse_yaml(text, "a.yaml")
    (problem,) = result.problems
    assert result.root is None
    assert problem.code == f"read/{code}"
    assert (problem.location.file, problem.location.line) == ("a.yaml", line)


YAML_NOTES = [
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
    ("a: 1\n---\nb: 2\n", "several-documents", 2),
    ("a: !!python/object/apply:os.system ['ls']\n", "custom-tag", 1),
    ("a: !secret x\n", "custom-tag", 1),
    ("a: 1\n? [x]\n: 2\n", "key-not-text", 2),
    ("a: 1\n<<: {b: 2}\n", "merge-key", 2),
]


@pytest.mark.parametrize(("text", "code", "line"), YAML_NOTES)
def test_yaml_with_a_flaw_is_read_and_the_flaw_named(text, code, line):
    result = parse_yaml(text)
    (problem,) = result.problems
    assert result.root.get("a") is not None
    assert (problem.code, problem.location.line) == (f"read/{code}", line)


def test_the_first_of_two_equal_names_counts():
    result = parse_yaml("a: 1\nb: 2\na: 3\n")
    assert result.root.get("a").text == "1"
    assert result.problems[0].args == {"name": "a", "first_line": 1}


def test_names_that_differ_in_composition_are_equal():
    assert [p.code for p in parse_yaml("sơ: 1\nso\u031b: 2\n").problems] == ["read/duplicate-key"]


def test_an_alias_bomb_is_refused_at_once():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
    start = time.perf_counter()
    result = parse_yaml(bomb)
    assert [problem.code for problem in result.problems] == ["read/alias"]
    assert time.perf_counter() - start < 1


def test_thousands_of_faults_end_the_reading():
    result = parse_yaml("a: 1\n" * 5000)
    assert len(result.problems) == 201
    assert result.problems[-1].code == "read/too-many-faults"
    assert result.root is None


def test_anchors_alone_do_no_harm():
    assert parse_yaml("a: &x 1\n").root.get("a").text == "1"


@pytest.mark.parametrize(
    "written", ["no", "yes", "1.1.3", "0123", "12:30:45", "1_000", "2023-11-10", "=", "0o7"]
)
def test_yaml_guesses_no_types(written):
    node = parse_yaml(f"a: {written}\n").root.get("a")
    assert (node.text, node.quoted, node.is_null) == (written, False, False)


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_null_is_null_only_when_bare(written):
    assert parse_yaml(f"a: {written}\n").root.get("a").is_null
    assert not parse_yaml(f"a: '{written}'\n").root.get("a").is_null


def test_yaml_places_count_characters_from_one():
    text = 'hồ sơ: {nhận: "98,8%", trả: 12}\n'
    inner = parse_yaml(text).root.get("hồ sơ")
    quoted, bare = inner.get("nhận"), inner.get("trả")
    assert text[quoted.column - 1 : quoted.end_column - 1] == '"98,8%"'
    assert text[bare.column - 1 : bare.end_column - 1] == "12"
    assert quoted.quoted
    assert not bare.quoted


def test_windows_line_ends_and_block_text():
    root = parse_yaml("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 3\r\n").root
    assert root.get("b").text == "x\ny\n"
    assert root.get("b").quoted
    assert root.get("c").line == 5


JSON_FAULTS = [
    ("", "empty", 1, 1),
    (" \n ", "empty", 1, 1),
    ("null", "empty", 1, 1),
    ("[1]", "top-is-a-list", 1, 1),
    ('"x"', "top-is-a-value", 1, 1),
    ('{"a": 1,}', "json-trailing-comma", 1, 8),
    ('{"a": [1, 2,\n]}', "json-trailing-comma", 1, 12),
    ("{a: 1}", "json-key-without-quotes", 1, 2),
    ("{'a': 1}", "json-key-without-quotes", 1, 2),
    ('{"a" 1}', "json-missing-colon", 1, 6),
    ('{"a": 1 "b": 2}', "json-missing-comma", 1, 9),
    ('{"a": [1}', "json-missing-comma", 1, 9),
    ('{"a": 01}', "json-bad-value", 1, 7),
    ('{"a": 1.}', "json-bad-value", 1, 7),
    ('{"a": 81,25}', "json-decimal-comma", 1, 10),
    ('{"a": 98,8%}', "json-decimal-comma", 1, 10),
    ('{"a": no}', "json-bad-value", 1, 7),
    ('{"a": }', "json-bad-value", 1, 7),
    ('{"a": 1}}', "json-more-text", 1, 9),
    ('{"a": 1} // note', "json-more-text", 1, 10),
    ('{"a": 1', "json-open-bracket", 1, 8),
    ('{"a":', "json-open-bracket", 1, 6),
    ('{\n "a": "x\n}', "json-open-quote", 2, 7),
    ('{"a": "x', "json-open-quote", 1, 7),
    ('{"a": "\\q"}', "json-backslash", 1, 8),
    ('{"a": "\\u12"}', "json-backslash", 1, 9),
    ("[" * 10_000, "too-deep", 1, DEEPEST + 1),
    ('{"a":' * 10_000, "too-deep", 1, 5 * DEEPEST + 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), JSON_FAULTS, ids=shortened)
def test_json_that_cannot_be_read_is_one_problem(text, code, line, column):
    result = parse_json(text, "a.json")
    (problem,) = result.problems
    assert result.root is None
    assert problem.code == f"read/{code}"
    assert (problem.location.line, problem.location.column) == (line, column)


def test_json_duplicates_are_named():
    result = parse_json('{"a": 1,\n "a": 2}')
    assert [(p.code, p.location.line) for p in result.problems] == [("read/duplicate-key", 2)]
    assert result.root.get("a").text == "1"


def test_json_numbers_keep_their_source_text():
    digits = "9" * 5000
    root = parse_json(f'{{"a": 98.30, "b": -1.50E+3, "c": {digits}, "d": NaN}}').root
    assert [entry.value.text for entry in root.entries] == ["98.30", "-1.50E+3", digits, "NaN"]


def test_half_a_character_is_replaced_and_named():
    result = parse_json('{"a": "\\ud800"}')
    assert result.root.get("a").text == "\ufffd"
    assert [problem.code for problem in result.problems] == ["read/half-character"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_json_that_is_written_is_read_back(value):
    result = parse_json(json.dumps(value))
    if not any(problem.code == "read/duplicate-key" for problem in result.problems):
        assert plain(result.root) == json.loads(json.dumps(_composed(value)))


def _composed(value):
    import unicodedata

    match value:
        case dict():
            return {unicodedata.normalize("NFC", key): _composed(inner) for key, inner in value.items()}
        case list():
            return [_composed(inner) for inner in value]
    return value


@given(st.text())
def test_any_text_gives_a_tree_or_a_problem(text):
    for parse in (parse_yaml, parse_json):
        result = parse(text)
        assert isinstance(result.root, MappingNode) or result.problems


@given(st.dictionaries(st.text("abcơ ", min_size=1), st.text("abc12,.:%'\"-#\nơ"), max_size=5))
def test_yaml_that_is_written_is_read_back(value):
    result = parse_yaml(yaml.safe_dump(value, allow_unicode=True))
    if value:
        found = {e.name: e.value.text for e in result.root.entries if isinstance(e.value, ScalarNode)}
        assert found == value

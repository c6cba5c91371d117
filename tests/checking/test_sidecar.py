"""Adding an explanation to a file leaves every byte that was there, or does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.checking.sidecar import with_explanations
from validator.model.explanation import Explanation
from validator.model.location import Location
from validator.model.record import evolve
from validator.readers.explanation import read_section
from validator.readers.yaml_file import yaml_tree

NEW = Explanation(rule="p/new", reason="vì", fingerprint="0123456789abcdef", location=Location())
ENTRY = '- rule: p/new\n    reason: "vì"\n    fingerprint: "0123456789abcdef"\n'
ONE = "- rule: p/one\n    reason: a\n"
TWO = "- {rule: p/two, reason: b}\n"


def explanations(data):
    found = read_section(yaml_tree(data).root.get("explanations"), "")
    assert found.problems == ()
    return list(found.explanations)


def added(text, **more):
    made = with_explanations(text.encode(), [NEW], **more)
    return None if made is None else made.decode()


@pytest.mark.parametrize("text", ["", "# ghi chú\n", "explanations:\n", "# a\nexplanations: # b\n"])
def test_the_first_one_begins_the_list(text):
    head = text if "explanations" in text else text + "explanations:\n"
    assert added(text) == f"{head}  {ENTRY}"


def test_another_one_follows_what_is_there():
    text = f"# đầu\nexplanations:\n  {ONE}  # giữa\n  {TWO}\n# cuối\n"
    assert added(text) == f"# đầu\nexplanations:\n  {ONE}  # giữa\n  {TWO}  {ENTRY}\n# cuối\n"


def test_the_indent_and_the_line_ends_of_the_file_are_kept():
    text = "explanations:\r\n- rule: a\r\n  reason: b\r\n"
    entry = ENTRY.replace("\n    ", "\n  ").replace("\n", "\r\n")
    assert added(text) == text + entry


@pytest.mark.parametrize("text", [f"explanations:\n  {TWO}"[:-1], "explanations:", "# ghi chú"])
def test_a_last_line_without_its_end_gets_one(text):
    assert added(text).startswith(text + "\n")


def test_a_part_that_follows_stays_where_it_is():
    text = f"explanations:\n  {ONE}\n# of the rest\nother: 1\n"
    assert added(text) == f"explanations:\n  {ONE}  {ENTRY}\n# of the rest\nother: 1\n"


def test_a_text_block_at_the_end_keeps_its_last_line():
    text = "explanations:\n  - rule: a\n    reason: |\n      one\n      # two\n"
    assert added(text) == f"{text}  {ENTRY}"


@pytest.mark.parametrize("which", [0, 1, 2])
def test_one_is_put_in_the_place_of_another(which):
    parts = [ONE, TWO, "- rule: p/three\n    reason: c\n"]
    text = "explanations:\n" + "".join(f"  {part}  # after {n}\n" for n, part in enumerate(parts))
    old = explanations(text.encode())[which]
    parts[which] = ENTRY
    expected = "explanations:\n" + "".join(f"  {part}  # after {n}\n" for n, part in enumerate(parts))
    assert added(text, instead_of=old) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"explanations: [{rule: a, reason: b}]\n",
        b"explanations: []\n",
        b"explanations: 5\n",
        b"explanations:\n  -\n    rule: a\n    reason: b\n",
        b"explanations:\n  - rule: a\n    reason: [\n",
        b"- rule: a\n",
        b"---\nexplanations:\n  - {rule: a, reason: b}\n...\n",
        "explanations:\n  - {rule: ă, reason: b}\n".encode("utf-16"),
        "# ă".encode("cp1258"),
        b"#" + b"x" * 1024 * 1024,
    ],
)
def test_where_it_cannot_be_added_nothing_is(data):
    assert with_explanations(data, [NEW]) is None


@given(
    reason=st.text(min_size=1), path=st.text(), author=st.text(), values=st.dictionaries(st.text(), st.text())
)
def test_whatever_is_written_is_read_again(reason, path, author, values):
    new = evolve(NEW, reason=f"x{reason}", path=path, author=author, values=values)
    made = with_explanations(f"explanations:\n  {ONE}".encode(), [new])
    if made is not None:
        (_, read) = explanations(made)
        assert evolve(read, location=Location()) == new
        assert made.decode().isprintable() or all(c == "\n" or c.isprintable() for c in made.decode())

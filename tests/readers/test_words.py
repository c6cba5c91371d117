"""Every fault of reading has words in both languages, with all its values put in."""

from __future__ import annotations

import pytest

from validator.readers.encoding import read_bytes
from validator.readers.schema import report_schema
from validator.readers.shape_check import check_shape
from validator.readers.structured import read_structured, read_tree
from validator.wording.message import message, message_help

DEEP = "[" * 10_000
BAD = [
    ("yaml", ""),
    ("yaml", "- 1"),
    ("yaml", "x"),
    ("yaml", "a: 1\n\tb: 2"),
    ("yaml", "a: [1"),
    ("yaml", "a: 'x"),
    ("yaml", "a: b: c"),
    ("yaml", "a:\n  - 1\n - 2"),
    ("yaml", 'a: "\\q"'),
    ("yaml", "a: \x7f"),
    ("yaml", "a 1\nb"),
    ("yaml", "a\nb: 1"),
    ("yaml", "%BAD 1\n"),
    ("yaml", "a: &x 1\nb: *x"),
    ("yaml", DEEP),
    ("yaml", "a: 1\n" * 300),
    ("yaml", "report: {form: demo}\n---\na: !x 1\n"),
    ("yaml", "report: {form: demo}\n<<: {a: 1}\nnote: !x 1\n? [1]\n: 2\nscore: 1\nscore: 2\n"),
    ("yaml", "report: {form: demo}\nhoso.new: 1\nhoso: {new: 2}\nbudget: {plan: 1.5}\n"),
    ("yaml", "a: 1"),
    ("yaml", "report: 1"),
    ("yaml", "report: {unti: 1}"),
    ("yaml", "report: {form: dem}"),
    ("yaml", "report: {form: demo, unit: [1], period: 1}"),
    ("yaml", "report: {form: demo, period: {from: 2023-02-30, to: x}}"),
    ("yaml", "report: {form: demo, period: {from: 2023-02-20, to: 1/2/2023}}"),
    (
        "yaml",
        (
            "report: {form: demo}\nhoso: {new: x, received: 1.5, resolved: '5%', on_time: {a: 1}, nwe: 1}\n"
            "budget: 5\nscore: .nan\nsigned: 31/11/2022\npublished: 7\nrating: x\n"
            "note: {value: 1, plce: 2}\nscores: [1, {mx: 1}]"
        ),
    ),
    ("yaml", f"report: {{form: demo}}\nscore: {'9' * 5000}\nscores: 5\nsigned: x"),
    *(
        ("json", text)
        for text in (
            '{"a": 1,}',
            "{a: 1}",
            '{"a" 1}',
            '{"a": 1 "b"}',
            '{"a": x}',
            '{"a": 1}}',
            '{"a": 1',
            '{"a": "x',
            '{"a": "\\q"}',
            '{"a": 8,5}',
            '{"a": "\\ud800"}',
        )
    ),
]


def assert_worded(problem):
    for lang in ("vi", "en"):
        for words in (message, message_help):
            said = words(problem.code, lang, problem.args)
            assert said, (problem.code, lang)
            assert said != problem.code
            assert not any(f"{{{name}}}" in said for name in ("name", "path", "raw", "found", "known")), said
    assert "{" not in message(problem.code, "vi", problem.args).replace("{value: …", "").replace("{cột", "")


@pytest.mark.parametrize(("suffix", "text"), BAD, ids=lambda value: repr(value)[:40])
def test_faults_of_files(form, suffix, text):
    result = read_structured(text.encode(), {"demo": form}, file=f"a.{suffix}")
    assert result.problems
    for problem in result.problems:
        assert_worded(problem)


@pytest.mark.parametrize(
    "data", [b"\x00\x01", b"%PDF", "hồ sơ".encode("cp1258", "ignore") + b"\xff", b"a: \xc3\xa9 \xff\n"]
)
def test_faults_of_bytes(form, data):
    for problem in read_tree(data, "a.yaml").problems:
        assert_worded(problem)


def test_faults_of_paths(tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    for path in (tmp_path, tmp_path / "none", large, "a\0b", "/dev/null"):
        assert_worded(read_bytes(str(path)))


def test_faults_of_shape(form):
    text = "hoso: 1\nscores: 1\nbudget: {pct: {x: 1}}\nreport: {form: x, z: 1}\nrating: zzz\n"
    found = check_shape(read_tree(text.encode()).root, report_schema(form))
    assert len(found) >= 6
    for problem in found:
        assert_worded(problem)

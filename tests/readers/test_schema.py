"""The JSON Schema of a report accepts what is read without a fault, and names faults of shape."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from validator.readers.schema import report_schema
from validator.readers.shape_check import check_shape, plain
from validator.readers.structured import read_tree
from validator.readers.yaml_tree import parse_yaml

GOOD = """\
report: {form: demo, unit: {id: a}, period: {kind: year, from: 2022-11-10, to: 10/11/2023}}
hoso:
  received: "1.034"
  new: 783
  carried_over: [11, {value: "12 hồ sơ", place: Phụ lục, text: x, raw: "12"}]
  resolved: null
  on_time: "-"
  on_time_pct: "98,8%"
budget.plan: "25,16 tỷ đồng"
budget: {actual: 7.494.120đ, pct: 98.8}
published: true
rating: tốt
signed: 2023-11-10
scores:
  - {code: 1.1.3, max: 2, awarded: "1,81", deducted: "-0,19"}
"""


@pytest.fixture(scope="module")
def schema(form):
    return report_schema(form)


def test_it_is_a_json_schema(schema):
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_it_accepts_a_good_report(read, schema):
    assert read(GOOD, header="").problems == ()
    assert check_shape(parse_yaml(GOOD).root, schema) == ()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_titles_are_the_labels_of_the_language(form, lang):
    word = {"vi": "Nhãn", "en": "Label"}[lang]
    found = report_schema(form, lang)
    assert found["properties"]["hoso"]["properties"]["new"]["title"] == f"{word} hoso.new"
    assert found["properties"]["hoso.new"]["title"] == f"{word} hoso.new"
    assert all(part["description"] for part in found["$defs"].values())


BAD = [
    ("budget: 5", "not-a-group", "budget"),
    ("hoso:\n  new: {a: 1}", "not-a-value", "hoso.new"),
    ("scores: {a: 1}", "not-a-table", "scores"),
    ("scores:\n  - 5", "not-a-row", "scores[1]"),
    ("hoso:\n  nwe: 1", "shape-unknown-key", "hoso"),
    ("report: 7", "header-not-a-mapping", "report"),
    ("report: {form: demo, period: 3}", "period-not-a-mapping", "report.period"),
]


@pytest.mark.parametrize(("text", "code", "pointer"), BAD)
def test_a_fault_of_shape_is_named_at_its_line(schema, text, code, pointer):
    body = text if text.startswith("report") else "report: {form: demo}\n" + text
    (problem,) = check_shape(parse_yaml(body).root, schema, "a.yaml")
    assert problem.code == f"read/{code}"
    assert problem.location.pointer == pointer
    assert problem.location.line == body.count("\n") + 1


def test_any_schema_may_be_checked():
    schema = {
        "type": "object",
        "required": ["pack"],
        "properties": {"kind": {"enum": ["a", "b"]}, "n": {"type": "integer"}},
        "additionalProperties": False,
    }
    text = "kind: c\nn: x\nother: 1\nmore: 2\n"
    found = check_shape(read_tree(text.encode()).root, schema)
    assert [(problem.code, problem.location.line) for problem in found] == [
        ("read/shape-required", 1),
        ("read/shape-choice", 1),
        ("read/shape-type", 2),
        ("read/shape-unknown-key", 3),
        ("read/shape-unknown-key", 4),
    ]


def test_plain_values_are_exact():
    root = parse_yaml(f"a: 98.30\nb: '98.30'\nc: true\nd:\ne: 1.1.3\nf: {'9' * 5000}\n").root
    found = plain(root)
    assert str(found["a"]) == "98.30"
    assert (found["b"], found["c"], found["d"], found["e"]) == ("98.30", True, None, "1.1.3")
    assert len(str(found["f"])) == 5000


def test_a_good_report_needs_no_jsonschema():
    script = (
        "import sys; from validator.model.field import *; from validator.readers.structured import *\n"
        "form = Form(name='d', fields={'a': FieldDef(path='a', type=FieldType.COUNT)}, tables={})\n"
        "print(read_structured(b'report: {form: d}\\na: 1', {'d': form}).problems == ())\n"
        "print(*sorted({'jsonschema', 'difflib', 'rich', 'json'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True"]

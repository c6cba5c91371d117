"""The JSON of a run keeps to its schema and to the run's own text."""

from __future__ import annotations

import json

import jsonschema
import pytest

from validator.model.location import Location
from validator.model.record import evolve, record_fields
from validator.render.json import SCHEMA_FILE, render_json

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def result(sample_run, options):
    return json.loads(render_json(sample_run, options()))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_run_keeps_to_the_schema(result):
    jsonschema.Draft202012Validator(SCHEMA).validate(result)


def test_the_schema_knows_every_part_of_a_location():
    parts = set(record_fields(Location))
    assert SCHEMA["$defs"]["location"]["properties"].keys() == parts | {"text"}


def test_counts_are_those_of_the_run(result):
    assert result["summary"] == {
        "files": 4,
        "rules_loaded": 40,
        "applicable": 120,
        "decided": 95,
        "undecided": 25,
        "figures": {"total": 90, "agree": 31, "differ": 4, "open": 55},
        "findings": {"error": 4, "warning": 1, "info": 0},
        "explained": 0,
    }


def test_an_undecided_rule_is_told_but_not_counted(result):
    verdicts = [found["verdict"] for found in result["files"][0]["diagnostics"]]
    assert verdicts == ["fail", "fail", "fail", "undecided"]


def test_an_explained_finding_is_counted_apart_and_shown_with_its_explanation(sample_run, options):
    file = sample_run.files[0]
    *first, soft, undecided = file.diagnostics
    explained = evolve(file, diagnostics=(*first, evolve(soft, waiver="vì thế"), undecided))
    run = evolve(sample_run, files=(explained, *sample_run.files[1:]))
    result = json.loads(render_json(run, options()))
    jsonschema.Draft202012Validator(SCHEMA).validate(result)
    assert result["summary"]["findings"] == {"error": 4, "warning": 0, "info": 0}
    assert result["summary"]["explained"] == 1
    assert [each.get("waiver") for each in result["files"][0]["diagnostics"]] == [None, None, "vì thế", None]


def test_a_location_has_its_parts_and_its_words(result):
    assert result["files"][0]["diagnostics"][0]["fields"][0]["location"] == {
        "file": "ha-trung.yaml",
        "line": 12,
        "column": 13,
        "end_column": 16,
        "text": "dòng 12, cột 13",
    }


def test_a_problem_without_figures_still_has_its_place(result):
    (field,) = result["files"][2]["diagnostics"][0]["fields"]
    assert field["location"] == {"file": "hong.yaml", "line": 3, "text": "dòng 3"}


def test_text_is_kept_as_it_was_written(sample_run, options):
    file = sample_run.files[2]
    broken = evolve(file.diagnostics[0], explanation="\x1b \udc80 \u202e")
    run = evolve(sample_run, files=(evolve(file, diagnostics=(broken,)),))
    text = render_json(run, options())
    text.encode("utf-8")
    assert json.loads(text)["files"][0]["diagnostics"][0]["explanation"] == "\x1b \udc80 \u202e"

"""The schema of pack files and the reader of packs agree on what is well formed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from validator.packs.load import compile_pack
from validator.packs.pack import PackFile
from validator.packs.rule_test import read_rule_tests
from validator.packs.schema import packs_schema
from validator.resources import rules_folder

SCHEMA = packs_schema("en")
TABLE = yaml.safe_load((Path(__file__).parent / "shapes.yaml").read_text(encoding="utf-8"))
SOUND = TABLE["sound"]
LISTS = {"rule": "rules", "case": "tests"}
SHIPPED = sorted(rules_folder().glob("*/*.yaml"))


def kind_of(path):
    return "pack" if path.name == "pack.yaml" else "tests" if path.name.endswith(".test.yaml") else "rules"


def is_valid(kind, data):
    schema = {"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]}
    return jsonschema.Draft202012Validator(schema).is_valid(json.loads(json.dumps(data, default=str)))


def broken(line):
    """The sound file of the line's kind with the line's fault put in."""
    data = dict(SOUND[line["file"]]) if "only" not in line else line["only"]
    data |= line.get("with", {})
    data.pop(line.get("without"), None)
    for key, name in LISTS.items():
        if key in line:
            data[name] = [line[key]]
    return data


def faults(kind, data, folder):
    """The codes that the reader notes of a pack in which *data* is the file of one kind."""
    pack = {"pack": "x", "version": 1, "form": "x", "fields": {"a": {"type": "count"}}}
    contents = {"pack": pack, "rules": {"rules": [{"id": "r-1", "assert": "a = 1"}]}, "tests": {"tests": []}}
    contents[kind] = data
    names = {"pack": "pack.yaml", "rules": "r.yaml", "tests": "r.test.yaml"}
    for each, content in contents.items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / names[each]).write_text(text, encoding="utf-8")
    paths = sorted(folder.glob("*.yaml"))
    files = tuple(PackFile(path=str(path), name=path.name, data=path.read_bytes()) for path in paths)
    loaded = compile_pack(files, str(folder))
    tests = read_rule_tests(loaded.pack).problems if loaded.pack else ()
    return {problem.code.removeprefix("pack/") for problem in (*loaded.problems, *tests)}


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_shipped_file_is_valid(path):
    if not (path.parent / "pack.yaml").is_file():
        pytest.skip("no pack")
    assert is_valid(kind_of(path), yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", SOUND)
def test_a_file_with_every_key_is_sound(kind, tmp_path):
    assert is_valid(kind, SOUND[kind])
    assert faults(kind, SOUND[kind], tmp_path) == set()


@pytest.mark.parametrize("line", TABLE["faults"], ids=lambda line: str(broken(line))[:60] + line["fault"])
def test_what_the_reader_notes_the_schema_refuses(line, tmp_path):
    data = broken(line)
    assert line["fault"] in faults(line["file"], data, tmp_path)
    assert not is_valid(line["file"], data)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_key_is_described(lang):
    found = packs_schema(lang)
    parts = found["$defs"].items()
    keys = [(name, key, each) for name, part in parts for key, each in part.get("properties", {}).items()]
    assert len(keys) > 40
    assert [(name, key) for name, key, each in keys if not each["description"]] == []

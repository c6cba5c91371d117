"""The JSON Schema of pack files, so that editors complete and check them.

What a schema can say is said here; names, types and expressions are checked when a pack is loaded.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.lang.scope import CHILDREN, JOINED
from validator.model.field import FieldType
from validator.model.verdict import Severity
from validator.packs.bind import COLUMN_KEYS as COLUMN_BIND
from validator.packs.bind import FIELD_KEYS as FIELD_BIND
from validator.packs.bind import FORM_KEYS as FORM_BIND
from validator.packs.bind import TABLE_KEYS as TABLE_BIND
from validator.packs.case_table import TABLE_KEYS
from validator.packs.form import ROLLUPS, SUMMABLE
from validator.packs.rule import POLICIES, RULE_KEYS
from validator.packs.rule_test import TEST_KEYS, VERDICTS
from validator.readers.notation import load_notation
from validator.readers.schema import DIALECT, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]

_MESSAGES = Path(__file__).resolve().parent.parent / "messages"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_NAME = "[^\\s0-9.,:;()\\[\\]{}\"'+*/=<>%-][^\\s.,:;()\\[\\]{}\"'+*/=<>%-]*"
_PATH = f"^{_NAME}(\\.{_NAME})*$"
_RESERVED = f"^(report|{'|'.join(JOINED)}|{CHILDREN})(\\.|$)"
_NUMBER = "^\\s*[+-]?[0-9_]*\\.?[0-9_]+(/[0-9]+)?(e[+-]?[0-9]+)?\\s*%?$"
_DAY = "^[0-9]{4}-?[0-9]{2}-?[0-9]{2}$"
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"


def packs_schema(lang: str = "vi") -> Schema:
    """Return the JSON Schema (2020-12) of pack.yaml, rule files and test files, described in *lang*."""
    words = _words(lang)
    return {
        "$schema": DIALECT,
        "title": words("schema-packs-title"),
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("pack", "rules", "tests")],
        "$defs": {
            "pack": _pack(words),
            "rules": _rule_file(words),
            "tests": _test_file(words),
            "rule": _rule(words),
            "test": _test(words),
            "field": _field(words, FIELD_BIND),
            "column": _field(words, COLUMN_BIND),
            "table": _table(words),
            "equations": _equations(words),
            "define": _mapping(_SCALAR) | {"propertyNames": {"pattern": _PATH}},
            "texts": {"anyOf": [_SCALAR, {"type": "object", "additionalProperties": _SCALAR}]},
            "names": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
            "severity": {"enum": [severity.value for severity in Severity]},
        },
    }


def _pack(words: Words) -> Schema:
    paths = {"allOf": [{"pattern": _PATH}, {"not": {"pattern": _RESERVED}}]}
    fields = _mapping({"$ref": "#/$defs/field"}) | {"propertyNames": paths}
    schema = _object(
        words,
        {
            "pack": _SCALAR,
            "version": _SCALAR,
            "form": _SCALAR,
            "title": {"$ref": "#/$defs/texts"},
            "fields": fields,
            "tables": _mapping({"$ref": "#/$defs/table"}),
            "levels": _mapping(_some_of(load_notation().data.levels)),
            "define": {"$ref": "#/$defs/define"},
            "bind": _bind(FORM_BIND),
            "equations": {"type": "array", "items": {"$ref": "#/$defs/equations"}},
            "restated": {
                "type": "object",
                "properties": {"severity": {"$ref": "#/$defs/severity"}},
                "additionalProperties": False,
            },
        },
        required=("pack", "version", "form"),
        title=words("schema-pack-title"),
    )
    return schema | {"anyOf": [{"required": ["fields"]}, {"required": ["tables"]}]}


def _rule_file(words: Words) -> Schema:
    properties = {
        "title": {"$ref": "#/$defs/texts"},
        "within": _SCALAR,
        "define": {"$ref": "#/$defs/define"},
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
    }
    schema = _object(words, properties, title=words("schema-rules-title"))
    return schema | {"anyOf": [{"required": ["rules"]}, {"required": ["define"]}]}


def _rule(words: Words) -> Schema:
    names = {"$ref": "#/$defs/names"}
    data = load_notation().data
    applies = {"level": _some_of(data.levels), "period": _some_of(data.periods)}
    properties = {
        "id": {"type": "string", "pattern": _ID},
        "title": {"$ref": "#/$defs/texts"},
        "assert": _SCALAR,
        "when": _SCALAR,
        "missing": _mapping({"enum": list(POLICIES)}),
        "severity": {"$ref": "#/$defs/severity"},
        "basis": {"$ref": "#/$defs/texts"},
        "help": {"$ref": "#/$defs/texts"},
        "applies": {"type": "object", "properties": applies, "additionalProperties": False},
        "since": {"type": "string", "pattern": _DAY},
        "until": {"type": "string", "pattern": _DAY},
        "tags": names,
        "aliases": names,
    }
    return _object(words, {key: properties[key] for key in RULE_KEYS}, required=("id", "assert"))


def _test_file(words: Words) -> Schema:
    tests = {"tests": {"type": "array", "items": {"$ref": "#/$defs/test"}}}
    return _object(words, tests, required=("tests",), title=words("schema-tests-title"))


def _test(words: Words) -> Schema:
    report: Schema = {"type": ["object", "null"]}
    properties: Schema = {
        "rule": _SCALAR,
        "expect": {"enum": list(VERDICTS)},
        "says": {"$ref": "#/$defs/names"},
        "says_en": {"$ref": "#/$defs/names"},
        "at": {"$ref": "#/$defs/names"},
        "report": report,
        **dict.fromkeys(JOINED, report),
        CHILDREN: {"type": "array", "items": report},
        "why": _SCALAR,
        "name": _SCALAR,
        "todo": _SCALAR,
        "columns": {"type": "array", "items": _SCALAR},
        "cases": {"type": "array", "items": {"type": "array"}},
    }
    chosen = {key: properties[key] for key in TEST_KEYS}
    # A table of cases may give the verdict and the report in its columns.
    whole = {"required": ["expect", "report"], "not": {"anyOf": [{"required": [key]} for key in TABLE_KEYS]}}
    table = {"required": list(TABLE_KEYS)}
    return _object(words, chosen, required=("rule",)) | {"anyOf": [whole, table]}


def _bind(keys: tuple[str, ...]) -> Schema:
    """Return the schema of where something stands in documents: labels, or a mapping with these keys."""
    body = {
        "type": ["object", "null"],
        "properties": {key: {} for key in keys},
        "additionalProperties": False,
    }
    return {"anyOf": [{"type": "array"}, body]}


def _field(words: Words, bind: tuple[str, ...]) -> Schema:
    number = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _NUMBER}]}
    properties = {
        "type": {"enum": [kind.value for kind in FieldType]},
        "unit": _SCALAR,
        "label": {"$ref": "#/$defs/texts"},
        "rounded": {"enum": [True, False, "true", "false"]},
        "min": number,
        "max": number,
        "choices": {"anyOf": [{"$ref": "#/$defs/names"}, {"type": "object"}]},
        "rollup": {"enum": list(ROLLUPS)},
        "bind": _bind(bind),
    }
    # Shares, days and words do not add up.
    adds_up = {"type": {"enum": [kind.value for kind in SUMMABLE]}}
    sums = {"properties": {"rollup": {"const": "sum"}}, "required": ["rollup"]}
    return _object(words, properties, required=("type",)) | {"if": sums, "then": {"properties": adds_up}}


def _table(words: Words) -> Schema:
    columns = {"type": "object", "additionalProperties": {"$ref": "#/$defs/column"}}
    properties = {"columns": columns, "label": {"$ref": "#/$defs/texts"}, "bind": _bind(TABLE_BIND)}
    return _object(words, properties, required=("columns",))


def _equations(words: Words) -> Schema:
    properties: Schema = {
        "codes": {"type": "object", "additionalProperties": _SCALAR},
        "printed": {"$ref": "#/$defs/names"},
    }
    return _object(words, properties, required=("codes", "printed"))


def _object(words: Words, properties: Schema, *, required: tuple[str, ...] = (), title: str = "") -> Schema:
    """Return the schema of a mapping with these keys and no others, each described."""
    described = {key: {"description": words(f"schema-{key}"), **schema} for key, schema in properties.items()}
    schema: Schema = {"type": "object", "properties": described, "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return {"title": title, **schema} if title else schema


def _some_of(words: Mapping[str, str]) -> Schema:
    """Return the schema of a word, or several, of those that *words* stand for."""
    one = {"enum": sorted(set(words.values()))}
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _mapping(value: Schema) -> Schema:
    """Return the schema of a mapping from names to *value*, which may be left blank."""
    return {"type": ["object", "null"], "additionalProperties": value}


def _words(lang: str) -> Words:
    path = _MESSAGES / lang / "pack.json"
    known = lang.isidentifier() and path.is_file()
    return Words(json.loads(path.read_text(encoding="utf-8")) if known else {})

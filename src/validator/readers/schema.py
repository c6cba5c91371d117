"""The JSON Schema of the reports of a form, so that editors complete and check them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.field import FieldType
from validator.model.words import text_in
from validator.readers.explanation import KEYS
from validator.readers.header import HEADER, PART_KEYS, PERIOD_KEYS, UNIT_KEYS
from validator.readers.kind import SECTION
from validator.readers.notation import load_notation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.field import FieldDef, Form, TableDef
    from validator.readers.notation import Notation

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MESSAGES = Path(__file__).resolve().parent.parent / "messages"
_NOTHING: dict[str, Any] = {"type": "null"}
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_EXAMPLES = {
    FieldType.COUNT: [794, "1.034"],
    FieldType.NUMBER: ["1,81"],
    FieldType.PERCENT: ["98,8%"],
    FieldType.DATE: ["2023-11-10", "10/11/2023"],
}
Schema = dict[str, Any]


def report_schema(form: Form, lang: str = "vi", notation: Notation | None = None) -> Schema:
    """Return the JSON Schema (2020-12) of a report of *form*, titles in *lang*.

    ``$comment`` names the fault that a part of the wrong kind is: ``not-a-group``,
    ``not-a-table``, ``not-a-row``, ``not-a-value``, ``header-not-a-mapping``.
    """
    words = _words(lang)
    written = notation or load_notation()
    body = _group("", form, lang)
    body["properties"] = {
        HEADER: _header(form, words, written),
        SECTION: _explanations(words),
        **body["properties"],
    }
    return {
        "$schema": DIALECT,
        "title": words("schema-title", form=form.name),
        "required": [HEADER],
        **body,
        "$comment": "not-a-mapping",
        "$defs": {kind.value: _field_kind(kind, written, words) for kind in FieldType},
    }


def _group(prefix: str, form: Form, lang: str) -> Schema:
    """Return the schema of the group whose names begin with *prefix*, joined names allowed."""
    paths = [path for path in (*form.fields, *form.tables) if path.startswith(prefix)]
    properties: Schema = {}
    for path in paths:
        name = path.removeprefix(prefix)
        head, _, rest = name.partition(".")
        if rest and head not in properties:
            properties[head] = _group(f"{prefix}{head}.", form, lang)
        elif rest and "$ref" in properties[head]:
            properties[head] = {"anyOf": [properties[head], _group(f"{prefix}{head}.", form, lang)]}
        member = _member(path, form, lang)
        properties[name] = {"anyOf": [member, properties[name]]} if name in properties else member
    return {
        "type": "object",
        "$comment": "not-a-group",
        "properties": properties,
        "additionalProperties": False,
    }


def _member(path: str, form: Form, lang: str) -> Schema:
    if path in form.tables:
        return _table(form.tables[path], lang)
    return _field(form.fields[path], lang)


def _field(definition: FieldDef, lang: str) -> Schema:
    """Return the schema of a field: its words and a reference to its type."""
    schema: Schema = {"title": text_in(definition.label, lang) or definition.path}
    if definition.unit:
        schema["description"] = definition.unit
    if definition.type is FieldType.CHOICE:
        return schema | _statements({"enum": [*definition.choices, None]})
    return {**schema, "$ref": f"#/$defs/{definition.type.value}"}


def _table(table: TableDef, lang: str) -> Schema:
    columns = {name: _field(column, lang) for name, column in table.columns.items()}
    row = {
        "type": "object",
        "$comment": "not-a-row",
        "properties": columns,
        "additionalProperties": False,
    }
    title = text_in(table.label, lang) or table.name
    return {"type": ["array", "null"], "$comment": "not-a-table", "title": title, "items": row}


def _field_kind(kind: FieldType, notation: Notation, words: Words) -> Schema:
    """Return the definition that fields of one type refer to."""
    schema = _statements(_value(kind, notation))
    schema["description"] = words(f"schema-{kind.value}")
    if kind in _EXAMPLES:
        schema["examples"] = _EXAMPLES[kind]
    return schema


def _statements(value: Schema) -> Schema:
    """Allow *value* bare, with its place and text, or several times in a list."""
    parts = {"value": value, "place": _SCALAR, "text": _SCALAR, "raw": _SCALAR}
    statement = {"type": "object", "properties": parts, "additionalProperties": False}
    one = [value, statement]
    return {"$comment": "not-a-value", "anyOf": [*one, {"type": "array", "items": {"anyOf": one}}]}


def _value(kind: FieldType, notation: Notation) -> Schema:
    """Return the schema of a bare value; what it leaves open is checked when it is read."""
    nothing = {"enum": sorted(notation.data.nothing)}
    match kind:
        case FieldType.TEXT | FieldType.CHOICE | FieldType.DATE:
            return _SCALAR
        case FieldType.BOOLEAN:
            words = sorted(notation.data.yes | notation.data.no)
            return {"anyOf": [{"type": "boolean"}, {"enum": words}, nothing, _NOTHING]}
        case FieldType.COUNT:
            bare: Schema = {"type": "integer", "minimum": 0}
        case _:
            bare = {"type": "number"}
    text = {"type": "string", "pattern": _number_pattern(notation)}
    return {"anyOf": [bare, text, nothing, _NOTHING]}


def _number_pattern(notation: Notation) -> str:
    """Return a pattern of written numbers that every dialect of patterns understands."""
    data = notation.data
    group, decimal = f"[{data.group} ]", f"[{data.decimal}]"
    signs = "".join("\\" + sign if sign == "-" else sign for sign in sorted(data.minus | {"+"}))
    digits = f"([0-9]{{1,3}}({group}[0-9]{{3}})+|[0-9]+)"
    return f"^\\s*[{signs}]?{digits}({decimal}[0-9]+)?(\\s*[^0-9.,\\s].*)?\\s*$"


def _header(form: Form, words: Words, notation: Notation) -> Schema:
    """Return the schema of the header."""
    names = dict.fromkeys(UNIT_KEYS, _SCALAR) | {"level": _usual(notation.data.levels)}
    period = dict.fromkeys(PERIOD_KEYS, _SCALAR) | {"kind": _usual(notation.data.periods)}
    return {
        "type": "object",
        "$comment": "header-not-a-mapping",
        "description": words("schema-header"),
        "required": ["form"],
        "additionalProperties": False,
        "properties": {
            "form": {"enum": [form.name]},
            "unit": {
                "$comment": "header-not-a-value",
                "type": ["object", "string", "null"],
                "properties": names,
                "additionalProperties": False,
            },
            "period": {
                "$comment": "period-not-a-mapping",
                "type": ["object", "null"],
                "properties": period,
                "additionalProperties": False,
            },
            "submitted": {"$comment": "header-not-a-value", **_SCALAR},
            "parts": {
                "$comment": "header-not-a-mapping",
                "type": ["object", "null"],
                "properties": dict.fromkeys(PART_KEYS, _SCALAR),
                "additionalProperties": False,
            },
        },
    }


def _explanations(words: Words) -> Schema:
    """Return the schema of the explanations that a report may hold itself."""
    texts: Schema = dict.fromkeys(KEYS, _SCALAR)
    texts["values"] = {"type": ["object", "null"], "additionalProperties": _SCALAR}
    entry = {
        "type": "object",
        "required": ["rule", "reason"],
        "properties": texts,
        "additionalProperties": False,
    }
    return {"type": ["array", "null"], "description": words("schema-explanations"), "items": entry}


def _usual(words: Mapping[str, str]) -> Schema:
    """Offer the *words* that are known; any other is told as a warning when the report is read."""
    return {"anyOf": [{"enum": list(words)}, _SCALAR], "examples": list(dict.fromkeys(words.values()))}


class Words:
    """The words of one language for a schema."""

    def __init__(self, messages: Mapping[str, Mapping[str, str]]) -> None:
        self.messages = messages

    def __call__(self, key: str, **args: str) -> str:
        """Return the words of *key* with *args* put in."""
        return self.messages.get(key, {}).get("text", "").format_map(args)


def _words(lang: str) -> Words:
    path = _MESSAGES / lang / "read.json"
    known = lang.isidentifier() and path.is_file()
    return Words(json.loads(path.read_text(encoding="utf-8")) if known else {})

"""Drafts → the YAML files of a pack, with a passing and a failing test for each rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.packs.skeleton.draft import rule_id, unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.packs.skeleton.draft import DraftField, DraftSum, DraftTable

Word = Callable[[str, str, dict[str, object]], str]
"""Words of a code in a language."""
_LANGUAGES = ("vi", "en")
_FIRST = 10


def pack_files_of(name: str, tables: Sequence[DraftTable], word: Word) -> dict[str, str]:
    """Return the files of a pack made of *tables*; the words of titles and help come from *word*."""
    rules: list[str] = []
    tests: list[str] = []
    taken: set[str] = set()
    for table in tables:
        for found in table.sums:
            given = unique(rule_id(found.total, "differs-from-parts"), taken).replace("_", "-")
            rules.extend(_rule(given, table, found, word))
            tests.extend(_tests(given, table, found))
    return {
        "pack.yaml": "\n".join([*_head(name, tables, word), ""]),
        "sums.yaml": "\n".join(["rules:" if rules else "rules: []", *rules, ""]),
        "sums.test.yaml": "\n".join(["tests:" if tests else "tests: []", *tests, ""]),
    }


def quoted(text: str) -> str:
    """Return *text* as YAML reads it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def words_of(key: str, word: Word, **args: object) -> str:
    """Return the words of a code in both languages as a YAML mapping."""
    return "{" + ", ".join(f"{lang}: {quoted(word(key, lang, args))}" for lang in _LANGUAGES) + "}"


def _head(name: str, tables: Sequence[DraftTable], word: Word) -> Iterator[str]:
    yield f"pack: {quoted(name)}"
    yield "version: 0.1.0"
    yield f"form: {quoted(name)}"
    yield f"title: {words_of('pack-title', word, name=name)}"
    fields = [field for table in tables if not table.name for field in table.fields]
    if fields:
        yield "fields:"
        yield from (f"  {field.name}: {_field(field)}" for field in fields)
    named = [table for table in tables if table.name]
    if named:
        yield "tables:"
    for table in named:
        yield f"  {table.name}:"
        if table.label:
            yield f"    label: {{vi: {quoted(table.label)}}}"
        yield "    columns:"
        yield from (f"      {field.name}: {_field(field)}" for field in table.fields)
    printed = [table for table in tables if any(found.printed for found in table.sums)]
    if printed:
        yield "equations:"
    for table in printed:
        yield from _equations(table)


def _field(field: DraftField) -> str:
    unit = f", unit: {quoted(field.unit)}" if field.unit and field.type != "text" else ""
    label = f", label: {{vi: {quoted(field.label)}}}" if field.label else ""
    return f"{{type: {field.type}{unit}{label}}}"


def _equations(table: DraftTable) -> Iterator[str]:
    used = {name for found in table.sums for name in (found.total, *(part for _, part in found.parts))}
    prefix = f"{table.name}." if table.name else ""
    codes = (
        f"{quoted(field.code)}: {prefix}{field.name}"
        for field in table.fields
        if field.name in used and field.code
    )
    printed = dict.fromkeys(found.printed for found in table.sums if found.printed)
    yield f"  - codes: {{{', '.join(codes)}}}"
    yield "    printed:"
    yield from (f"      - {quoted(text)}" for text in printed)


def _rule(given: str, table: DraftTable, found: DraftSum, word: Word) -> Iterator[str]:
    known = table.by_name
    total = known[found.total]
    lead = "row." if table.name else ""
    parts = "".join(f" {'+' if sign > 0 else '-'} {lead}{part}" for sign, part in found.parts)
    expression = f"{lead}{found.total} = {parts.removeprefix(' + ').removeprefix(' ')}"
    if table.name:
        expression = f"all row in {table.name}: {expression}"
    named = "".join(f" {'+' if sign > 0 else '-'} {known[part].label or part}" for sign, part in found.parts)
    args: dict[str, object] = {
        "total": total.label or total.name,
        "parts": named.removeprefix(" + ").removeprefix(" "),
        "printed": found.printed,
    }
    yield f"  - id: {given}"
    yield f"    title: {words_of('sum-title', word, **args)}"
    yield f"    assert: {quoted(expression)}"
    yield "    severity: error"
    if found.printed:
        yield f"    basis: {words_of('sum-basis', word, **args)}"
    yield f"    help: {words_of('sum-help', word, **args)}"


def _tests(given: str, table: DraftTable, found: DraftSum) -> Iterator[str]:
    values: dict[str, int] = {}
    for index, (sign, part) in enumerate(found.parts):
        values.setdefault(part, _FIRST * len(found.parts) + index if sign > 0 else index + 1)
    total = sum(sign * values[part] for sign, part in found.parts)
    for verdict, shown in (("pass", total), ("fail", total + 1)):
        row = {found.total: shown, **values}
        percent = {field.name for field in table.fields if field.type == "percent"}
        written = ", ".join(
            f'{name}: "{value}%"' if name in percent else f"{name}: {value}" for name, value in row.items()
        )
        report = f"{{{table.name}: [{{{written}}}]}}" if table.name else f"{{{written}}}"
        yield f"  - {{rule: {given}, expect: {verdict}, report: {report}}}"

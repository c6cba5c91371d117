"""The skeleton of a pack, and of one rule in a pack there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.packs.skeleton.emit import quoted, words_of
from validator.readers.tree import SequenceNode
from validator.readers.yaml_tree import parse_yaml

if TYPE_CHECKING:
    from validator.packs.pack import RulePack
    from validator.packs.skeleton.emit import Word

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


def new_pack(name: str, word: Word, lang: str) -> dict[str, str]:
    """Return the files of a pack with one rule, all of whose tests pass but one that says what to fill in."""
    rule = "total-differs-from-parts"
    head = f"""\
pack: {name}
version: 0.1.0
form: {name}
title: {words_of("pack-title", word, name=name)}
fields:
  total: {{type: count, label: {words_of("total", word)}}}
  part_one: {{type: count, label: {words_of("part-one", word)}}}
  part_two: {{type: count, label: {words_of("part-two", word)}}}
"""
    rules = f"""\
rules:
  - id: {rule}
    title: {words_of("rule-title", word, rule=rule)}
    assert: total = part_one + part_two
    severity: error
    help: {words_of("rule-help", word)}
"""
    good = "{total: 10, part_one: 7, part_two: 3}"
    tests = f"""\
tests:
  - {{rule: {rule}, expect: pass, report: {good}}}
  - {{rule: {rule}, expect: fail, says: "10 ≠ 7 + 2 = 9", report: {{total: 10, part_one: 7, part_two: 2}}}}
  - {_to_fill_in(rule, good, word, lang)}
"""
    return {"pack.yaml": head, "totals.yaml": rules, "totals.test.yaml": tests}


def new_rule(pack: RulePack, rule: str, word: Word, lang: str) -> tuple[str, str]:
    """Return the text of a rule and of its tests, without indent, for the end of a topic's files."""
    expression, good, bad = _placeholder(pack)
    text = f"""\
- id: {rule}
  title: {words_of("rule-title", word, rule=rule)}
  assert: {quoted(expression)}
  severity: warning
  help: {words_of("rule-help", word)}
"""
    tests = f"""\
- {{rule: {rule}, expect: pass, report: {good}}}
- {{rule: {rule}, expect: fail, report: {bad}}}
- {_to_fill_in(rule, good, word, lang)}
"""
    return text, tests


def appended(text: str, key: str, items: str) -> str | None:
    """Return a file with *items* at the end of its list *key*, None if the list is not its last part."""
    if not text.strip():
        return f"{key}:\n" + _indented(items, "  ")
    root = parse_yaml(text).root
    last = root.entries[-1] if root is not None and root.entries else None
    if last is None or last.name != key or not isinstance(last.value, SequenceNode) or not last.value.items:
        return None
    lines = text.splitlines()
    match = _ITEM.match(lines[last.value.items[-1].line - 1])
    if match is None:
        return None
    return text.rstrip("\n") + "\n" + _indented(items, match[1])


def _to_fill_in(rule: str, report: str, word: Word, lang: str) -> str:
    why = quoted(word("fill-in", lang, {"rule": rule}))
    return f"{{rule: {rule}, expect: fail, why: {why}, report: {report}}}"


def _placeholder(pack: RulePack) -> tuple[str, str, str]:
    """Return an expression that loads, and reports that meet it and do not: the first field is there."""
    asked = {rule.assert_text for rule in pack.rules}
    for path, field in pack.form.fields.items():
        expression = f"present({path})"
        if field.type in (FieldType.COUNT, FieldType.NUMBER) and expression not in asked:
            good = "1"
            for part in reversed(path.split(".")):
                good = f"{{{part}: {good}}}"
            return expression, good, "{}"
    for table in pack.form.tables.values():
        for name, column in table.columns.items():
            expression = f"any row in {table.name}: present(row.{name})"
            if column.type is not FieldType.DATE and expression not in asked:
                return expression, f'{{{table.name}: [{{{name}: "1"}}]}}', f"{{{table.name}: []}}"
    return "true", "{}", "{}"


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in text.splitlines())

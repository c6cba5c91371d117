"""``validator explain ID``: shows a rule with its fields, what it rests on and its test cases, or a code."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from validator.api import load_pack
from validator.checking.ids import find_code, find_rule
from validator.cli.main import CLEAN
from validator.diagnostics.explain import reference_label
from validator.lang.ir import HeaderRef
from validator.model.words import text_in
from validator.packs.rule_test import read_rule_tests
from validator.packs.shown_rule import case_text, policies, references
from validator.submissions.choice import RESTATED
from validator.wording.in_language import in_language
from validator.wording.message import message, message_help

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.pack import Rule, RulePack


_RESTATED = "explain/restated-title"


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    packs = [load_pack(name) for name in options.pack]
    code = _code(options.rule)
    if code is not None:
        sys.stdout.write(code_text(options.rule, code, options.lang))
        return CLEAN
    pack, rule = find_rule(options.rule, packs)
    sys.stdout.write(rule_text(pack, rule, options.lang))
    return CLEAN


def _code(name: str) -> str | None:
    """Return the code of the catalogues that an id stands for, None for a rule."""
    return _RESTATED if name.rpartition("/")[2] == RESTATED else find_code(name)


def code_text(name: str, code: str, lang: str) -> str:
    """Return what is known of an id that is no rule: its words and what to do."""
    cure = message("explain/restated-help", lang) if code == _RESTATED else message_help(code, lang)
    parts = (("title", message(code, lang)), ("help", cure))
    lines = [name if code == _RESTATED else code]
    lines += [f"{message(f'cli/rule-{key}', lang)}: {text}" for key, text in parts if text]
    return "\n".join(lines) + "\n"


def rule_text(pack: RulePack, rule: Rule, lang: str) -> str:
    """Return all that is known of *rule*, a part a line, lists below their headings."""
    lines = [rule.full_id]
    for key, value in _parts(rule, lang):
        if value:
            lines.append(f"{message(f'cli/rule-{key}', lang)}: {value}")
    for key, items in (("fields", _fields(rule, lang)), ("tests", _tests(pack, rule))):
        if items:
            lines.append(f"{message(f'cli/rule-{key}', lang)}:")
            lines.extend(f"  {item}" for item in items)
    return "\n".join(lines) + "\n"


def _parts(rule: Rule, lang: str) -> Iterator[tuple[str, str]]:
    yield "title", text_in(rule.title, lang)
    yield "severity", message(f"render/{rule.severity.value}", lang)
    yield "when", _on_one_line(rule.guard_text) if rule.guard_text else ""
    yield "assert", _on_one_line(rule.assert_text)
    yield "missing", ", ".join(f"{path}: {policy}" for path, policy in policies(rule).items())
    yield "basis", text_in(rule.basis, lang)
    yield "help", text_in(rule.help, lang)
    yield "applies", "; ".join(filter(None, (", ".join(rule.levels), ", ".join(rule.periods))))
    yield "since", rule.since.isoformat() if rule.since else ""
    yield "until", rule.until.isoformat() if rule.until else ""
    yield "tags", ", ".join(rule.tags)
    yield "aliases", ", ".join(rule.aliases)
    # The file within its pack: where the pack lies differs from one machine to the next.
    yield "place", f"{rule.pack}/{PurePath(rule.location.file).name}:{rule.location.line}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _fields(rule: Rule, lang: str) -> list[str]:
    lines: dict[str, None] = {}
    for node in references(rule):
        name = node.name if isinstance(node, HeaderRef) else node.field.path
        unit = None if isinstance(node, HeaderRef) else node.field.unit
        words = in_language(reference_label(node), lang)
        lines[f"{name} – {words}" + (f" ({unit})" if unit else "")] = None
    return list(lines)


def _tests(pack: RulePack, rule: Rule) -> list[str]:
    cases = [case for case in read_rule_tests(pack).cases if case.rule.full_id == rule.full_id]
    width = max((len(case.expect.value) for case in cases), default=0)
    return [f"{case.expect.value:<{width}}  {case_text(case)}" for case in cases]

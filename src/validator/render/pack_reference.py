"""The reference of a rule pack as Markdown: every rule with what it rests on and its cases."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from validator.model.verdict import Verdict
from validator.packs.shown_rule import case_text, policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.packs.pack import Rule, RulePack
    from validator.packs.rule_test import RuleTest

_SHOWN = (Verdict.PASS, Verdict.FAIL)


def pack_reference(pack: RulePack, cases: Iterable[RuleTest]) -> str:
    """Return the page of *pack*; of its *cases* those that pass and fail are shown."""
    by_rule: dict[str, list[RuleTest]] = {}
    for case in cases:
        by_rule.setdefault(case.rule.full_id, []).append(case)
    parts = [_head(pack)]
    for topic, rules in groupby(pack.rules, key=lambda rule: rule.topic):
        parts.append(f"## {topic}\n")
        parts += [_rule(rule, by_rule.get(rule.full_id, [])) for rule in rules]
    return "\n".join(parts)


def _head(pack: RulePack) -> str:
    return (
        f"# {pack.name}: {_both(pack.title)}\n\n"
        f"Made by `validator reference {pack.name}` from the pack; do not edit. Form `{pack.form.name}`, "
        f"version {pack.version}, {len(pack.rules)} rules, {len(pack.form.fields)} fields, "
        f"{len(pack.form.tables)} tables.\n"
    )


def _rule(rule: Rule, cases: Sequence[RuleTest]) -> str:
    lines = [f"### `{rule.full_id}`", "", f"{_both(rule.title)} ({rule.severity.value})", ""]
    lines += ["```text", *_expressions(rule), "```", ""]
    notes = [f"- {name}: {text}" for name, text in _notes(rule) if text]
    if notes:
        lines += [*notes, ""]
    shown = [case for case in cases if case.expect in _SHOWN]
    if shown:
        lines += ["```text", *(_case(case) for case in shown), "```", ""]
    return "\n".join(lines)


def _expressions(rule: Rule) -> Iterator[str]:
    if rule.guard_text:
        yield f"when    {_on_one_line(rule.guard_text)}"
    yield f"assert  {_on_one_line(rule.assert_text)}"


def _notes(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "Blanks", ", ".join(f"`{path}` {policy}" for path, policy in policies(rule).items())
    yield "Applies to", "; ".join(filter(None, (", ".join(rule.levels), ", ".join(rule.periods))))
    yield "From", rule.since.isoformat() if rule.since else ""
    yield "Until", rule.until.isoformat() if rule.until else ""
    yield "Basis", _both(rule.basis)
    yield "Help", _both(rule.help)
    yield "Former ids", ", ".join(f"`{name}`" for name in rule.aliases)


def _case(case: RuleTest) -> str:
    says = f"  → {'; '.join(case.says)}" if case.says else ""
    return f"{case.expect.value}  {case_text(case)}{says}"


def _both(words: Mapping[str, str]) -> str:
    """Return the words of every language, Vietnamese first, once each."""
    ordered = dict.fromkeys((words.get("vi", ""), *words.values()))
    return " / ".join(_on_one_line(text) for text in ordered if text)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

"""What a pack declares and nothing uses, or declares twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.canonical import Key, canonical, column_key, equality, field_key
from validator.lang.ir import ColumnRef, Compare, FieldRef
from validator.model.field import FieldType
from validator.model.suggestion import nearest
from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint
from validator.readers.kind import SECTION
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.field import Form
    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject
    from validator.packs.pack import Equation, Rule


def _unused_definition(subject: Subject) -> Iterator[Finding]:
    used = subject.named()
    for name, tree in subject.trees.items():
        defined = tree.get("define")
        for entry in defined.entries if isinstance(defined, MappingNode) else ():
            if entry.name not in used:
                yield location_of(entry.key, subject.path(name)), {"name": entry.name}


UNUSED_DEFINITION = Lint(
    id="lint/unused-definition",
    find=_unused_definition,
    why="A definition that nothing uses is either left over, or a rule names something else by mistake.",
)


_NAMES = frozenset({FieldType.TEXT, FieldType.CHOICE})


def _unused_field(subject: Subject) -> Iterator[Finding]:
    used = {node.field.path for node in subject.nodes() if isinstance(node, FieldRef | ColumnRef)}
    form = subject.pack.form
    file = subject.path("pack.yaml")
    for entry in subject.entries("fields"):
        field = form.fields[entry.name]
        if field.path not in used and field.type not in _NAMES:
            yield location_of(entry.key, file), {"field": field.path}
    for table in form.tables.values():
        for entry in subject.entries("tables", table.name, "columns"):
            column = table.columns[entry.name]
            if column.path not in used and column.type not in _NAMES:
                yield location_of(entry.key, file), {"field": column.path}


UNUSED_FIELD = Lint(
    id="lint/unused-field",
    find=_unused_field,
    severity=Severity.INFO,
    why="A number that no rule looks at can be anything. Texts and choices are names and are not told.",
)


def _repeated_rule(subject: Subject) -> Iterator[Finding]:
    first: dict[object, Rule] = {}
    for rule in subject.pack.rules:
        other = first.setdefault(_meaning(rule), rule)
        if other is not rule:
            args = {"rule": rule.id, "other": other.id, "line": other.location.line}
            yield subject.place(rule, "assert"), args


def _meaning(rule: Rule) -> object:
    guard = canonical(rule.guard) if rule.guard is not None else None
    limits = (frozenset(rule.levels), frozenset(rule.periods), rule.since, rule.until)
    return (canonical(rule.assertion), guard, limits)


REPEATED_RULE = Lint(
    id="lint/repeated-rule",
    find=_repeated_rule,
    why="Two rules of one meaning tell every fault twice. The order of terms and of the two sides, "
    "brackets and names of variables make no difference.",
)


def _equation_without_rule(subject: Subject) -> Iterator[Finding]:
    checked = {
        canonical(node, policies=False)
        for node in subject.nodes()
        if isinstance(node, Compare) and node.operator == "="
    }
    for equation in subject.pack.equations:
        if _key(equation, subject.pack.form) not in checked:
            yield equation.location, {"equation": equation.text, "fields": equation.in_fields()}


def _key(equation: Equation, form: Form) -> Key:
    def key(path: str) -> Key:
        return field_key(path) if path in form.fields else column_key(path)

    return equality(key(equation.total), [(sign, key(part)) for sign, part in equation.parts])


EQUATION_WITHOUT_RULE = Lint(
    id="lint/equation-without-rule",
    find=_equation_without_rule,
    why="What the form itself says of its columns (`equations:` in pack.yaml) is the first thing a report "
    "is held against. A rule may differ from the print in the order of terms and in "
    "what it says of missing values.",
)


def _explanation_of_no_rule(subject: Subject) -> Iterator[Finding]:
    # The packs of a run share its explanations; only the last pack tells of them, once.
    rules = [rule for pack in (subject.pack, *subject.others) for rule in pack.rules]
    for file, tree in subject.explanations.items():
        entries = tree.get(SECTION)
        for item in entries.items if isinstance(entries, SequenceNode) else ():
            node = item.get("rule") if isinstance(item, MappingNode) else None
            if isinstance(node, ScalarNode) and not any(rule.is_named(node.text) for rule in rules):
                near = nearest(node.text, [each for rule in rules for each in (rule.full_id, rule.id)])
                yield location_of(node, file), {"rule": node.text, "near": near or "–"}


EXPLANATION_OF_NO_RULE = Lint(
    id="lint/explanation-of-no-rule",
    find=_explanation_of_no_rule,
    why="An explanation goes with a rule's findings; if the rule was renamed without keeping its old id "
    "under `aliases`, the explanation is lost.",
)

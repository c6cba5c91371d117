"""A rule as it is shown: the values that it looks at, its cases on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import ColumnRef, FieldRef, HeaderRef, walk
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.pack import Rule
    from validator.packs.rule_test import RuleTest
    from validator.readers.tree import Node


def case_text(case: RuleTest) -> str:
    """Return the reports of a case on one line, and what it is about."""
    joined = "".join(f" {name}: {flow(node)}" for name, node in case.joined.items())
    below = "" if case.children is None else " children: [" + ", ".join(map(flow, case.children)) + "]"
    about = " – ".join(part for part in (case.name, case.why) if part)
    return flow(case.report) + joined + below + (f"  # {about}" if about else "")


def flow(node: Node) -> str:
    """Return a tree on one line as YAML writes it."""
    match node:
        case ScalarNode():
            return f'"{node.text}"' if node.quoted else node.text
        case SequenceNode():
            return "[" + ", ".join(flow(item) for item in node.items) + "]"
        case MappingNode():
            return "{" + ", ".join(f"{entry.name}: {flow(entry.value)}" for entry in node.entries) + "}"


Reference = FieldRef | ColumnRef | HeaderRef


def references(rule: Rule) -> Iterator[Reference]:
    """Yield the fields, columns and parts of the header that stand in *rule*, in its order."""
    for root in (rule.guard, rule.assertion):
        for node in walk(root) if root is not None else ():
            if isinstance(node, FieldRef | ColumnRef | HeaderRef):
                yield node


def policies(rule: Rule) -> dict[str, str]:
    """Return what ``missing:`` says of the rule's fields, without those that stay unknown."""
    return {
        node.field.path: node.policy
        for node in references(rule)
        if not isinstance(node, HeaderRef) and node.policy != "unknown"
    }

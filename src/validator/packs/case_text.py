"""A case of a rule's tests on one line, as YAML writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
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

"""Test cases that call their rule by an old id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    current = {alias: rule.id for rule in subject.pack.rules for alias in rule.aliases if alias != rule.id}
    for name, tree in subject.trees.items():
        tests = tree.get("tests")
        for item in tests.items if isinstance(tests, SequenceNode) else ():
            node = item.get("rule") if isinstance(item, MappingNode) else None
            alias = node.text.removeprefix(f"{subject.pack.name}/") if isinstance(node, ScalarNode) else ""
            if node is not None and alias in current:
                yield location_of(node, subject.path(name)), {"rule": current[alias], "alias": alias}


OLD_ID = Lint(
    id="lint/old-id",
    find=_find,
    severity=Severity.INFO,
    fixable=True,
    why="Old ids are kept for explanations that people have written; the pack's own tests can follow.",
)

"""Explanations that are bound to a rule which the packs of the run do not have (any more)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.suggestion import nearest
from validator.packs.lint.lint import Lint
from validator.readers.kind import SECTION
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
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
    find=_find,
    why="An explanation goes with a rule's findings; if the rule was renamed without keeping its old id "
    "under `aliases`, the explanation is lost.",
)

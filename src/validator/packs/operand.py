"""The values that a rule looks at, and what is made of those that are blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import ColumnRef, FieldRef, HeaderRef, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.pack import Rule

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

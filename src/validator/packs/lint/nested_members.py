"""Rules that run over tables within tables within tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Aggregate, Quantifier, children
from validator.packs.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lang.ir import Node
    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject

_DEEPEST = 2


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        for key, root in (("assert", rule.assertion), ("when", rule.guard)):
            depth = 0 if root is None else _depth(root)
            if depth > _DEEPEST:
                yield subject.place(rule, key), {"rule": rule.id, "depth": depth}


def _depth(node: Node) -> int:
    """Return how many quantifiers and aggregates stand within each other."""
    below = max(map(_depth, children(node)), default=0)
    return below + isinstance(node, Aggregate | Quantifier)


NESTED_MEMBERS = Lint(
    id="lint/nested-members",
    find=_find,
    why="A quantifier or sum within another looks at every row once more for each row: three "
    "over 400 rows take 64 million looks, and the rule is given up.",
)

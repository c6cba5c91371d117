"""Names under ``define:`` that no rule uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.lint.lint import Lint
from validator.readers.tree import MappingNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    used = subject.named()
    for name, tree in subject.trees.items():
        defined = tree.get("define")
        for entry in defined.entries if isinstance(defined, MappingNode) else ():
            if entry.name not in used:
                yield location_of(entry.key, subject.path(name)), {"name": entry.name}


UNUSED_DEFINITION = Lint(
    id="lint/unused-definition",
    find=_find,
    why="A definition that nothing uses is either left over, or a rule names something else by mistake.",
)

"""Packs of one run that have the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.verdict import Severity
from validator.packs.lint.lint import Lint
from validator.readers.tree import location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    pack = subject.pack
    for other in subject.others:
        if other.name == pack.name and other.folder != pack.folder:
            node = subject.head.get("pack") or subject.head
            yield location_of(node, subject.path("pack.yaml")), {"pack": pack.name, "folder": other.folder}


PACK_NAME_TAKEN = Lint(
    id="lint/pack-name-taken",
    find=_find,
    severity=Severity.ERROR,
    why="A rule is known by its pack's name and its own id; two packs of one name make that ambiguous.",
)

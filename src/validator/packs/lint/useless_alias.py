"""Old ids that say nothing: a rule's own id, or one that is listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.lint.lint import Lint
from validator.readers.tree import ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    for rule in subject.pack.rules:
        body = subject.body(rule)
        aliases = body.get("aliases") if body else None
        nodes = aliases.items if isinstance(aliases, SequenceNode) else (aliases,)
        known = {rule.id}
        for node in nodes:
            if isinstance(node, ScalarNode):
                if node.text in known:
                    yield location_of(node, rule.location.file), {"rule": rule.id, "alias": node.text}
                known.add(node.text)


USELESS_ALIAS = Lint(
    id="lint/useless-alias",
    find=_find,
    why="`aliases` keeps old ids alive; the rule's own id needs no keeping. "
    "An alias that another rule has as well is a fault of the pack (`pack/duplicate-id`).",
)

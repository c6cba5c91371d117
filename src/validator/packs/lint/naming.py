"""Names and spellings that mislead: old ids, aliases, names taken, expressions written unusually."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.lang.ir import Aggregate, Quantifier, children
from validator.model.verdict import Severity
from validator.packs.files import TEST_SUFFIX
from validator.packs.format import unusual_expressions
from validator.packs.lint.lint import Lint
from validator.readers.encoding import text_or_nothing
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode, location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lang.ir import Node
    from validator.packs.lint.lint import Finding
    from validator.packs.lint.subject import Subject


def _old_id(subject: Subject) -> Iterator[Finding]:
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
    find=_old_id,
    severity=Severity.INFO,
    fixable=True,
    why="Old ids are kept for explanations that people have written; the pack's own tests can follow.",
)


def _useless_alias(subject: Subject) -> Iterator[Finding]:
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
    find=_useless_alias,
    why="`aliases` keeps old ids alive; the rule's own id needs no keeping. "
    "An alias that another rule has as well is a fault of the pack (`pack/duplicate-id`).",
)


def _pack_name_taken(subject: Subject) -> Iterator[Finding]:
    pack = subject.pack
    for other in subject.others:
        if other.name == pack.name and other.folder != pack.folder:
            node = subject.head.get("pack") or subject.head
            yield location_of(node, subject.path("pack.yaml")), {"pack": pack.name, "folder": other.folder}


PACK_NAME_TAKEN = Lint(
    id="lint/pack-name-taken",
    find=_pack_name_taken,
    severity=Severity.ERROR,
    why="A rule is known by its pack's name and its own id; two packs of one name make that ambiguous.",
)


def _unusual_spelling(subject: Subject) -> Iterator[Finding]:
    for name in subject.trees:
        if name.endswith(TEST_SUFFIX):
            continue
        path = subject.path(name)
        for node, canonical in unusual_expressions(text_or_nothing(path), path):
            yield location_of(node, path), {"canonical": canonical}


UNUSUAL_SPELLING = Lint(
    id="lint/unusual-spelling",
    find=_unusual_spelling,
    severity=Severity.INFO,
    fixable=True,
    why="`validator fmt` writes every expression one way: `=` `≠` `≤` `≥`, single spaces, no bracket that "
    "is not needed. Differences between two versions of a rule then are differences of meaning.",
)


_DEEPEST = 2


def _nested_members(subject: Subject) -> Iterator[Finding]:
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
    find=_nested_members,
    why="A quantifier or sum within another looks at every row once more for each row: three "
    "over 400 rows take 64 million looks, and the rule is given up.",
)

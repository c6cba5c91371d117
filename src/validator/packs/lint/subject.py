"""What lints look at: a loaded pack, the trees of its files, its tests and what stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.lang.ir import Named, Node
from validator.model.record import record
from validator.packs.files import PACK_FILE, pack_files
from validator.packs.load import file_tree
from validator.packs.pack import rule_nodes
from validator.readers.encoding import LARGEST_FILE
from validator.readers.kind import SECTION
from validator.readers.tree import MappingNode, SequenceNode, location_of
from validator.readers.yaml_file import yaml_file_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.location import Location
    from validator.model.problem import Problem
    from validator.packs.pack import Rule, RulePack
    from validator.packs.rule_test import RuleTest
    from validator.readers.tree import Entry


@record
class Subject:
    """A pack without faults, its files by name, its tests, the other packs and explanations of a run."""

    pack: RulePack
    tests: tuple[RuleTest, ...]
    trees: Mapping[str, MappingNode]
    others: tuple[RulePack, ...] = ()
    explanations: Mapping[str, MappingNode]

    @property
    def head(self) -> MappingNode:
        """The tree of the pack's head file."""
        return self.trees[PACK_FILE]

    def path(self, name: str) -> str:
        """Return the path of a file of the pack as it is shown."""
        return str(Path(self.pack.folder) / name)

    def place(self, rule: Rule, key: str = "id") -> Location:
        """Return where *key* of a rule stands, the place of the rule if it has none."""
        body = self.body(rule)
        found = body.get(key) if body else None
        return location_of(found, rule.location.file) if found is not None else rule.location

    def body(self, rule: Rule) -> MappingNode | None:
        """Return the mapping that describes a rule."""
        rules = self.trees[Path(rule.location.file).name].get("rules")
        items = rules.items if isinstance(rules, SequenceNode) else ()
        here = (rule.location.line, rule.location.column)
        bodies = (each for each in items if isinstance(each, MappingNode))
        return next((each for each in bodies if (each.line, each.column) == here), None)

    def entries(self, *path: str) -> tuple[Entry, ...]:
        """Return the entries of a mapping in the head file, none if it is not there."""
        node: object = self.head
        for name in path:
            node = node.get(name) if isinstance(node, MappingNode) else None
        return node.entries if isinstance(node, MappingNode) else ()

    def nodes(self) -> Iterator[Node]:
        """Yield every node of every rule."""
        for rule in self.pack.rules:
            yield from rule_nodes(rule)

    def named(self) -> frozenset[str]:
        """Return the definitions that rules use."""
        return frozenset(node.name for node in self.nodes() if isinstance(node, Named))


def pack_trees(folder: Path) -> dict[str, MappingNode]:
    """Return the trees of a pack's files by their names."""
    files, _ = pack_files(folder)
    trees = {file.name: file_tree(file, [])[0] for file in files}
    return {name: tree for name, tree in trees.items() if tree is not None}


_SUFFIXES = ("*.yaml", "*.yml")


def read_explanations(paths: Iterable[str | Path]) -> tuple[dict[str, MappingNode], tuple[Problem, ...]]:
    """Return the explanation files at or below *paths*, and what a file named directly suffers from."""
    found: dict[str, MappingNode] = {}
    problems: list[Problem] = []
    for path in map(Path, paths):
        is_folder = path.is_dir()
        files = sorted(each for suffix in _SUFFIXES for each in path.rglob(suffix)) if is_folder else [path]
        for file in files:
            tree = yaml_file_tree(file, limit=LARGEST_FILE)
            if tree.root is not None and isinstance(tree.root.get(SECTION), SequenceNode):
                found[str(file)] = tree.root
            elif not is_folder:
                problems.extend(tree.problems)
    return found, tuple(problems)

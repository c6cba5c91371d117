"""Files of explanations beside reports, as trees; whatever has a list ``explanations:`` is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.readers.encoding import LARGEST_FILE
from validator.readers.kind import SECTION
from validator.readers.tree import SequenceNode
from validator.readers.yaml_file import yaml_file_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.problem import Problem
    from validator.readers.tree import MappingNode

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

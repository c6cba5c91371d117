"""Files of explanations beside reports, as trees; whatever has a list ``explanations:`` is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.readers.encoding import decode, read_bytes
from validator.readers.tree import MappingNode, SequenceNode
from validator.readers.yaml_tree import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIXES = ("*.yaml", "*.yml")


def read_explanations(paths: Iterable[str | Path]) -> tuple[dict[str, MappingNode], tuple[Problem, ...]]:
    """Return the explanation files at or below *paths*, and what a file named directly suffers from."""
    found: dict[str, MappingNode] = {}
    problems: list[Problem] = []
    for path in map(Path, paths):
        is_folder = path.is_dir()
        files = sorted(each for suffix in _SUFFIXES for each in path.rglob(suffix)) if is_folder else [path]
        for file in files:
            tree, faults = _read(str(file))
            if tree is not None and isinstance(tree.get("explanations"), SequenceNode):
                found[str(file)] = tree
            elif not is_folder:
                problems.extend(faults)
    return found, tuple(problems)


def _read(file: str) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    data = read_bytes(file)
    if isinstance(data, Problem):
        return None, (data,)
    text = decode(data, file)
    if text.text is None:
        return None, text.problems
    result = parse_yaml(text.text, file)
    return result.root, result.problems

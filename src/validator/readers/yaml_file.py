"""A YAML file of any kind → its tree, with what is wrong with its bytes, its encoding and its YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.problem import Problem
from validator.readers.encoding import decode, read_bytes
from validator.readers.tree import TreeResult

if TYPE_CHECKING:
    from pathlib import Path


def yaml_file_tree(path: str | Path, *, limit: int) -> TreeResult:
    """Return a file of at most *limit* bytes as a tree, or why there is none."""
    data = read_bytes(str(path), limit=limit)
    if isinstance(data, Problem):
        return TreeResult(root=None, problems=(data,))
    return yaml_tree(data, str(path))


def yaml_tree(data: bytes, file: str = "") -> TreeResult:
    """Return the bytes of a file as a tree."""
    from validator.readers.yaml_tree import parse_yaml

    text = decode(data, file)
    if text.text is None:
        return TreeResult(root=None, problems=text.problems)
    parsed = parse_yaml(text.text, file)
    return TreeResult(root=parsed.root, problems=(*text.problems, *parsed.problems))

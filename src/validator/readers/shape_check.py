"""A tree held against a JSON Schema: every fault of shape with its line, by jsonschema."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from validator.model.problem import Problem
from validator.model.suggestion import nearest
from validator.readers.tree import MappingNode, Node, ScalarNode, SequenceNode, kind_of, location_of
from validator.readers.value import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

SHAPE_CODES = frozenset(
    f"read/{name}"
    for name in (
        "not-a-group",
        "not-a-table",
        "not-a-row",
        "not-a-value",
        "header-not-a-mapping",
        "header-not-a-value",
        "period-not-a-mapping",
    )
)
"""The faults of a report's shape that its schema names in ``$comment``."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,200}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")


def check_shape(
    root: Node, schema: Mapping[str, Any], file: str = "", *, codes: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return the places where *root* does not have the shape of *schema*, in file order.

    A part of the schema may name its fault in ``$comment``; faults without a name get one of the
    codes ``read/shape-…``. With *codes*, only those faults are returned.
    """
    from jsonschema import Draft202012Validator

    found: list[Problem] = []
    for error in Draft202012Validator(schema).iter_errors(plain(root)):
        if error.validator == "additionalProperties":
            found.extend(_unknown_keys(error, root, file))
        elif codes is None or _is_other_kind(error, root):
            found.append(_problem(error, root, file))
    found.sort(key=lambda problem: problem.location.sort_key)
    return tuple(problem for problem in found if codes is None or problem.code in codes)


def plain(node: Node) -> Any:
    """Return the plain Python value of a tree, numbers exact."""
    match node:
        case MappingNode():
            return {entry.name: plain(entry.value) for entry in node.entries}
        case SequenceNode():
            return [plain(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.is_null:
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if _INTEGER.fullmatch(node.text):
        return int(node.text)
    return Decimal(node.text) if _NUMBER.fullmatch(node.text) else node.text


def _is_other_kind(error: Any, root: Node) -> bool:
    """Whether the fault is one of kind, and not of what a value of the right kind says."""
    node, _ = _find(root, error.absolute_path)
    if error.validator == "anyOf":
        return not isinstance(node, ScalarNode)
    return bool(error.validator == "type")


def _problem(error: Any, root: Node, file: str) -> Problem:
    """Make a problem of an error that jsonschema found."""
    node, pointer = _find(root, error.absolute_path)
    args: dict[str, object] = {"path": pointer, "found": kind_of(node)}
    code = _code(error)
    if error.validator == "required":
        args["name"] = next((name for name in error.validator_value if name not in error.instance), "")
    elif error.validator == "type":
        args["expected"] = _joined(error.validator_value)
    elif error.validator in ("enum", "const"):
        args |= {"raw": shown(str(error.instance)), "choices": _joined(error.validator_value)}
    else:
        args["detail"] = shown(error.message)
    return Problem(code=code, location=location_of(node, file, pointer), args=args)


def _unknown_keys(error: Any, root: Node, file: str) -> Iterator[Problem]:
    """Make a problem of every key that the schema does not know."""
    node, pointer = _find(root, error.absolute_path)
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    for entry in node.entries:
        if entry.name not in known and not any(re.search(rule, entry.name) for rule in patterns):
            args = {"path": pointer, "name": entry.name, "suggestion": nearest(entry.name, known)}
            place = location_of(entry.key, file, pointer)
            yield Problem(code="read/shape-unknown-key", location=place, args=args)


def _code(error: Any) -> str:
    if error.validator in ("type", "anyOf") and error.schema.get("$comment"):
        return f"read/{error.schema['$comment']}"
    names = {
        "type": "shape-type",
        "required": "shape-required",
        "enum": "shape-choice",
        "const": "shape-choice",
    }
    return f"read/{names.get(error.validator, 'shape-other')}"


def _joined(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _find(root: Node, path: Iterable[str | int]) -> tuple[Any, str]:
    """Return the node at *path* and the path in words: ``scores[1].max``."""
    node: Any = root
    pointer = ""
    for step in path:
        if isinstance(step, int):
            node = node.items[step]
            pointer += f"[{step + 1}]"
        else:
            node = node.get(step)
            pointer += f".{step}" if pointer else step
    return node, pointer

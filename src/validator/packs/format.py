"""The text of a pack file → the same in canonical form: expressions, blanks at line ends, line ends.

Layout, comments and the order of keys stay as their author chose; what the file says stays the
same, or the file is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.lang.printer import SPELLING, canonical_text
from validator.model.record import record
from validator.packs.reading import plain
from validator.packs.scalar_source import scalar_source
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode
from validator.readers.yaml_tree import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.readers.tree import Node

EXPRESSION_KEYS = ("assert", "when")
_BLOCK = ("|", ">")
_QUOTED = re.compile(r'"[^"\n]*"')
_SIGN = re.compile("|".join(map(re.escape, SPELLING)))
_END_BLANKS = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)


@record(kw_only=False)
class Edit:
    """A place on one line (counted from 0) and what is to stand there."""

    line: int
    start: int
    end: int
    text: str


def format_text(text: str, file: str = "") -> str:
    """Return the canonical form of a pack file; a file that cannot be read is returned as it is."""
    if parse_yaml(text, file).root is None:
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    for node in _expressions(text, file):
        edit = _rewritten(node, lines)
        if edit is not None:
            lines = _first_safe(lines, edit, node, file) or lines
        elif _is_folded(node, lines):
            lines = _respelled(lines, node, file)
    spelled = "\n".join(lines)
    tidy = _END_BLANKS.sub("", spelled).rstrip("\n") + "\n"
    return tidy if _same(spelled, tidy, file) else spelled


def unusual_expressions(text: str, file: str) -> tuple[tuple[ScalarNode, str], ...]:
    """Return the expressions of a pack file that have another canonical text, with that text."""
    lines = text.splitlines()
    found = ((node, _rewritten(node, lines)) for node in _expressions(text, file))
    return tuple((node, canonical_text(node.text) or "") for node, edit in found if edit is not None)


def _expressions(text: str, file: str) -> tuple[ScalarNode, ...]:
    """Return the nodes that hold expressions, the last in the file first."""
    root = parse_yaml(text, file).root
    nodes = list(_in_root(root)) if root is not None else []
    return tuple(sorted(nodes, key=lambda node: (node.line, node.column), reverse=True))


def _in_root(root: MappingNode) -> Iterator[ScalarNode]:
    yield from _values(root.get("define"))
    rules = root.get("rules")
    for rule in rules.items if isinstance(rules, SequenceNode) else ():
        yield from _values(rule, EXPRESSION_KEYS)


def _values(node: Node | None, keys: tuple[str, ...] = ()) -> Iterator[ScalarNode]:
    for entry in node.entries if isinstance(node, MappingNode) else ():
        if isinstance(entry.value, ScalarNode) and (not keys or entry.name in keys):
            yield entry.value


def _rewritten(node: ScalarNode, lines: list[str]) -> Edit | None:
    """Return what writes an expression canonically, None if it is so already or spans lines."""
    canonical = canonical_text(node.text)
    line, start = node.line - 1, node.column - 1
    if canonical is None or canonical == node.text or line >= len(lines):
        return None
    here = lines[line]
    if here[start : start + 1] in _BLOCK:
        return None
    quote = here[start] if node.quoted else ""
    written = f"{quote}{node.text}{quote}"
    # What stands in the file differs from the value if it spans lines or is escaped.
    if not here.startswith(written, start):
        return None
    return Edit(line, start, start + len(written), f"{quote}{canonical}{quote}")


def _first_safe(lines: list[str], edit: Edit, node: ScalarNode, file: str) -> list[str] | None:
    """Return the lines with *edit* made so that YAML still reads the expression there."""
    bare = edit.text[1:-1] if node.quoted else edit.text
    for text in (edit.text, f"'{bare}'"):
        here = lines[edit.line]
        changed = [*lines]
        changed[edit.line] = here[: edit.start] + text + here[edit.end :]
        if _same("\n".join(lines), "\n".join(changed), file):
            return changed
    return None


def _is_folded(node: ScalarNode, lines: list[str]) -> bool:
    """Whether an expression is written over several lines, or below its key."""
    here = lines[node.line - 1][node.column - 1 :] if node.line <= len(lines) else ""
    return here[:1] in _BLOCK or (not node.quoted and not here.startswith(node.text))


def _respelled(lines: list[str], node: ScalarNode, file: str) -> list[str]:
    """Return the lines with the signs of an expression in their one spelling; its layout stays."""
    if canonical_text(node.text) in (None, node.text):
        return lines
    places = scalar_source(node, lines, file).places
    texts = [match.span() for match in _QUOTED.finditer(node.text)]
    changed = [*lines]
    for match in reversed([*_SIGN.finditer(node.text)]):
        if any(start <= match.start() < end for start, end in texts):
            continue
        row, column = places[match.start()][0] - 1, places[match.start()][1] - 1
        if changed[row].startswith(match[0], column):
            changed[row] = changed[row][:column] + SPELLING[match[0]] + changed[row][column + len(match[0]) :]
    return changed if _same("\n".join(lines), "\n".join(changed), file) else lines


def _same(one: str, other: str, file: str) -> bool:
    """Whether two texts say the same but for the spelling of expressions."""
    first, second = parse_yaml(one, file), parse_yaml(other, file)
    if first.root is None or second.root is None or len(first.problems) != len(second.problems):
        return False
    return bool(_spelled(plain(first.root)) == _spelled(plain(second.root)))


def _spelled(data: dict[str, object]) -> object:
    """Return a file's data with its expressions in canonical spelling."""
    result = dict(data)
    defined, rules = data.get("define"), data.get("rules")
    if isinstance(defined, dict):
        result["define"] = {name: _canonical(value) for name, value in defined.items()}
    if isinstance(rules, tuple):
        result["rules"] = tuple(_rule(rule) for rule in rules)
    return result


def _rule(rule: object) -> object:
    if not isinstance(rule, dict):
        return rule
    return {key: _canonical(value) if key in EXPRESSION_KEYS else value for key, value in rule.items()}


def _canonical(value: object) -> object:
    return (canonical_text(value) or value) if isinstance(value, str) else value

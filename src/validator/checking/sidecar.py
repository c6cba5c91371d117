"""A file of explanations with more in it: all that stands there stays as it is, byte for byte."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.record import evolve, record
from validator.readers.explanation import LARGEST, read_section
from validator.readers.kind import SECTION
from validator.readers.tree import SequenceNode
from validator.readers.yaml_file import yaml_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.explanation import Explanation
    from validator.readers.tree import MappingNode, TreeResult

_PLAIN = re.compile(r"[^\W\d_][\w/.-]*")
_DASH = re.compile(r"( *)- ")
_ASIDE = re.compile(r"\s*(#.*)?")
_NOWHERE = Location()
_SURROGATES = range(0xD800, 0xE000)
_LAST_OF_FOUR_DIGITS = 0xFFFF


def with_explanations(
    data: bytes, given: Sequence[Explanation], instead_of: Explanation | None = None
) -> bytes | None:
    """Return the file *data* with explanations added, or put in the place of another one.

    None if that cannot be done without changing what else stands there: the result is read again
    and must hold what it held, and the new ones.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    tree = yaml_tree(data)
    before = _explanations(tree)
    after = [each for each in before if each != _anywhere(instead_of)]
    for attempt in _attempts(text, tree, given, instead_of):
        made = attempt.encode("utf-8")
        again = yaml_tree(made)
        found = _explanations(again)
        is_sound = again.root is not None and len(again.problems) <= len(tree.problems)
        if is_sound and sorted(found, key=repr) == sorted([*after, *map(_anywhere, given)], key=repr):
            return made if len(made) <= LARGEST else None
    return None


def explanations_in(data: bytes, file: str) -> tuple[Explanation, ...]:
    """Return the explanations in the bytes of *file*, with their places in it."""
    root = yaml_tree(data, file).root
    node = root.get(SECTION) if root else None
    return () if node is None else read_section(node, file).explanations


def _explanations(tree: TreeResult) -> list[Explanation | None]:
    node = tree.root.get(SECTION) if tree.root else None
    return [] if node is None else [_anywhere(each) for each in read_section(node, "").explanations]


def _anywhere(given: Explanation | None) -> Explanation | None:
    return given and evolve(given, location=_NOWHERE)


def _attempts(
    text: str, tree: TreeResult, given: Sequence[Explanation], instead_of: Explanation | None
) -> Iterator[str]:
    """Yield texts that may be what is wanted, the likeliest first."""
    lines = text.split("\n")
    carriage = "\r" if "\r\n" in text else ""
    for splice in _splices(lines, tree.root, instead_of):
        entries = [line for each in given for line in entry_lines(each, splice.indent)]
        new = [line + carriage for line in [*splice.before, *entries]]
        # What is added at the end of a file without a last line break begins a line of its own.
        head = lines[: splice.start]
        if splice.start == len(lines) and head:
            head[-1] += carriage
            new.append("")
        yield "\n".join([*head, *new, *lines[splice.end :]])


@record
class _Splice:
    """Lines (from 0, the end exclusive) to be replaced, and how the new ones are begun and indented."""

    start: int
    end: int
    indent: str = "  "
    before: tuple[str, ...] = ()


def _splices(lines: list[str], root: MappingNode | None, instead_of: Explanation | None) -> Iterator[_Splice]:
    last = len(lines) - 1 if lines[-1] == "" else len(lines)
    key = next((entry.key for entry in root.entries if entry.name == SECTION), None) if root else None
    node = root.get(SECTION) if root else None
    if root is None or key is None:
        yield _Splice(start=last, end=last, before=(f"{SECTION}:",))
    elif not isinstance(node, SequenceNode) or not node.items:
        yield _Splice(start=key.line, end=key.line)
    else:
        end = min((each.key.line - 1 for each in root.entries if each.key.line > key.line), default=last)
        starts = [item.line - 1 for item in node.items]
        if dash := _DASH.match(lines[starts[0]]):
            yield from _among(lines, [*starts, end], dash[1], instead_of)


def _among(
    lines: list[str], starts: list[int], indent: str, instead_of: Explanation | None
) -> Iterator[_Splice]:
    """Yield splices of a list whose items begin at *starts*, the last of which is its end."""
    if instead_of is None:
        for stop in (_without_asides(lines, starts[-2], starts[-1]), starts[-1]):
            yield _Splice(start=stop, end=stop, indent=indent)
        return
    line = (instead_of.location.line or 0) - 1
    start = max((each for each in starts[:-1] if each <= line), default=starts[0])
    stop = starts[starts.index(start) + 1]
    for end in (_without_asides(lines, start, stop), stop):
        yield _Splice(start=start, end=end, indent=indent)


def _without_asides(lines: list[str], start: int, end: int) -> int:
    """Return the end of an item without the comments and blank lines that follow it."""
    while end > start + 1 and _ASIDE.fullmatch(lines[end - 1]):
        end -= 1
    return end


def entry_lines(given: Explanation, indent: str) -> list[str]:
    """Return an explanation as YAML, a key a line."""
    parts = [
        ("rule", _scalar(given.rule)),
        ("field", _scalar(given.path) if given.path else ""),
        ("reason", quoted(given.reason)),
        ("by", quoted(given.author) if given.author else ""),
        ("date", given.given_on.isoformat() if given.given_on else ""),
        ("values", _mapping(given.values) if given.values else ""),
        ("fingerprint", quoted(given.fingerprint) if given.fingerprint else ""),
    ]
    lines = [f"{name}: {text}" for name, text in parts if text]
    return [f"{indent}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _mapping(values: object) -> str:
    pairs = dict(values) if isinstance(values, dict) else {}
    return "{" + ", ".join(f"{_scalar(name)}: {quoted(text)}" for name, text in pairs.items()) + "}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """Return *text* as a double-quoted scalar of YAML, what steers or cannot be written as an escape.

    Half of a surrogate pair is no character, and reads as none: U+FFFD stands for it.
    """
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code in _SURROGATES:
        return "\ufffd"
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"

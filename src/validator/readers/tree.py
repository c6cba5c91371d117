"""A YAML or JSON file as a tree whose every node knows its place and its text as written."""

from __future__ import annotations

import re
import unicodedata

from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import record

DEEPEST = 100
"""Most levels of nesting that are read."""
LARGEST = 1_000_000
"""Most nodes that are read."""
MOST_FAULTS = 200
"""Most faults of one file that are told."""
# The column of a key that is no text; its entry is left out.
_NOWHERE = 0
_FIRST_HALF = r"[+-]?[0-9][0-9.,]*"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@record
class ScalarNode:
    """One value: *text* is the source text if plain, the text between the quotes if quoted.

    Nothing is guessed: ``no``, ``1.1.3``, ``0123`` and ``12:30:45`` are the text they are.
    """

    text: str
    quoted: bool
    line: int
    column: int
    end_column: int | None = None

    @property
    def is_null(self) -> bool:
        """Whether nothing is written, or a bare null."""
        return not self.quoted and self.text in _NULLS


@record
class SequenceNode:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int
    end_column: int | None = None


@record
class Entry:
    """A key of a mapping with its value; ``name`` is the key in NFC."""

    name: str
    key: ScalarNode
    value: Node


@record
class MappingNode:
    """A mapping in file order; no name occurs twice."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    end_column: int | None = None

    def get(self, name: str) -> Node | None:
        """Return the value under *name*, or None."""
        return next((entry.value for entry in self.entries if entry.name == name), None)


Node = ScalarNode | SequenceNode | MappingNode


@record
class TreeResult:
    """A mapping read from a file, or None, and what was noticed on the way."""

    root: MappingNode | None
    problems: tuple[Problem, ...] = ()


class TreeFault(Exception):  # noqa: N818  (a fault of the file, never seen outside the readers)
    """Carries the problem that ends the reading of a file up to the producer of the tree."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def kind_of(node: Node) -> str:
    """Return ``value``, ``list`` or ``mapping``, for the arguments of a problem."""
    match node:
        case ScalarNode():
            return "value"
        case SequenceNode():
            return "list"
        case MappingNode():
            return "mapping"


def location_of(node: Node, file: str, pointer: str | None = None) -> Location:
    """Return the place of *node* in *file*."""
    return Location(
        file=file, line=node.line, column=node.column, end_column=node.end_column, pointer=pointer
    )


class TreeBuilder:
    """Puts the nodes of one file together, one event after the other, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._count = 0

    def problem(self, code: str, node: Node | Location, **args: object) -> Problem:
        """Make a problem at the place of *node*."""
        place = node if isinstance(node, Location) else location_of(node, self.file)
        return Problem(code=f"read/{code}", location=place, args=args)

    def note(self, code: str, node: Node | Location, **args: object) -> None:
        """Note a fault that does not end the reading, unless there are too many of them."""
        if len(self.problems) == MOST_FAULTS:
            raise TreeFault(self.problem("too-many-faults", node, limit=MOST_FAULTS))
        self.problems.append(self.problem(code, node, **args))

    @property
    def pending_key(self) -> ScalarNode | None:
        """The key whose value comes next, if any."""
        return self._open[-1].key if self._open else None

    def begin(self, *, mapping: bool, line: int, column: int) -> None:
        """Open a mapping or a list."""
        if len(self._open) >= DEEPEST:
            place = Location(file=self.file, line=line, column=column)
            raise TreeFault(self.problem("too-deep", place, limit=DEEPEST))
        self._open.append(_Open(mapping=mapping, line=line, column=column))

    def end(self) -> None:
        """Close the innermost mapping or list."""
        done = self._open.pop()
        self.add(done.close())

    def add(self, node: Node) -> None:
        """Add a finished node: an item, a key, the value of the pending key, or the root."""
        self._count += 1
        if self._count > LARGEST:
            raise TreeFault(self.problem("too-many-values", node, limit=LARGEST))
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._as_key(node)
        else:
            self._add_entry(parent, parent.key, node)
            parent.key = None

    def result(self) -> TreeResult:
        """Return the tree if its root is a mapping."""
        match self.root:
            case MappingNode():
                return TreeResult(root=self.root, problems=tuple(self.problems))
            case None:
                place = Location(file=self.file, line=1, column=1)
                self.note("empty", place)
            case ScalarNode() if self.root.is_null:
                self.note("empty", self.root)
            case _:
                found = kind_of(self.root)
                self.note(f"top-is-a-{found}", self.root)
        return TreeResult(root=None, problems=tuple(self.problems))

    def _as_key(self, node: Node) -> ScalarNode:
        if isinstance(node, ScalarNode):
            return node
        self.note("key-not-text", node)
        return ScalarNode(text="", quoted=True, line=node.line, column=_NOWHERE)

    def _add_entry(self, parent: _Open, key: ScalarNode, value: Node) -> None:
        """Add an entry unless it repeats a name or is a merge key; the first of a name counts."""
        name = key.text if key.text.isascii() else unicodedata.normalize("NFC", key.text)
        if key.column == _NOWHERE:
            return
        if name == "<<" and not key.quoted:
            self.note("merge-key", key)
        elif (whole := parent.number_before(key, value)) is not None:
            self.note("decimal-comma", whole, raw=whole.text)
        elif first := parent.entries.get(name):
            self.note("duplicate-key", key, name=name, first_line=first.key.line)
        else:
            parent.entries[name] = Entry(name=name, key=key, value=value)


class _Open:
    """A mapping or list that is still being filled."""

    __slots__ = ("column", "entries", "items", "key", "line", "mapping")

    def __init__(self, *, mapping: bool, line: int, column: int) -> None:
        self.mapping = mapping
        self.line = line
        self.column = column
        self.entries: dict[str, Entry] = {}
        self.items: list[Node] = []
        self.key: ScalarNode | None = None

    def number_before(self, key: ScalarNode, value: Node) -> ScalarNode | None:
        """Return the number that a comma without quotes cut in two (``{a: 1,81}``), made whole.

        It takes the place of its first half, which nobody wrote as a value.
        """
        if not self.entries or key.quoted or not (isinstance(value, ScalarNode) and value.is_null):
            return None
        name, before = next(reversed(self.entries.items()))
        half = before.value
        if not isinstance(half, ScalarNode) or half.quoted or half.line != key.line:
            return None
        is_cut = half.end_column == key.column - 1 and re.fullmatch(_FIRST_HALF, half.text)
        if not is_cut or not re.match(r"[0-9]", key.text):
            return None
        whole = ScalarNode(
            text=f"{half.text},{key.text}",
            quoted=False,
            line=half.line,
            column=half.column,
            end_column=key.end_column,
        )
        self.entries[name] = Entry(name=name, key=before.key, value=whole)
        return whole

    def close(self) -> Node:
        if self.mapping:
            return MappingNode(entries=tuple(self.entries.values()), line=self.line, column=self.column)
        return SequenceNode(items=tuple(self.items), line=self.line, column=self.column)

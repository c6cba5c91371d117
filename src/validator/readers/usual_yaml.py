"""YAML as most reports have it → the tree that libyaml's events make, without libyaml.

Loading PyYAML takes a sixth of a short run. What is read here stands in lines of ``key: value`` and
``- value``, with mappings and lists in brackets that end on the line they begin on. Of a text that has
anything else in it – tags, anchors, values of several lines, a fault of any kind – nothing is said at
all, so that libyaml alone says what it is. `tests/readers/test_usual_yaml.py` holds the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.readers.tree import ScalarNode, TreeBuilder, TreeFault

if TYPE_CHECKING:
    from validator.readers.tree import TreeResult

_KEY = r"""(?:\w[\w.-]{0,99}|"[^"\\]{0,99}"|'[^']{0,99}')"""
_ENTRY = re.compile(rf"(?P<dash>-\ +)?(?:(?P<key>{_KEY}):(?=\ |$)\ *)?")
_KEY_INSIDE = re.compile(rf"(?P<key>{_KEY}):\ +")
_FIRST = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`.<=]|[-.](?=[0-9]))"
_QUOTED = r""""(?P<double>(?:[^"\\]|\\u[0-9A-Fa-f]{4}|\\[nrt])*)"|'(?P<single>[^']*)'(?!')"""
_VALUE = re.compile(rf"{_QUOTED}|{_FIRST}(?:[^\s#:]|:(?=\S)|(?<=\S)\#|\ +(?=[^\s#:]|:\S))*")
# In brackets a comma, a bracket and most colons end a value.
_VALUE_INSIDE = re.compile(
    rf"{_QUOTED}|{_FIRST}(?:[^\s#:?,\[\]{{}}]|:(?=\w)|(?<=\S)\#|\ +(?=[^\s#:?,\[\]{{}}]))*"
)
_END = re.compile(r" *(?: #.*)?")
_ESCAPE = re.compile(r"\\(?:u(....)|(.))")
_BLANKS = {"n": "\n", "r": "\r", "t": "\t"}
_CLOSERS = {"{": "}", "[": "]"}


class _Unusual(Exception):  # noqa: N818 - never seen outside this module
    """Something is written that is not read here."""


def parse_usual(text: str, file: str = "") -> TreeResult | None:
    """Return the tree of *text*, None if anything in it is not usual."""
    if not text.replace("\n", "").isprintable():
        return None
    lines = _Lines(file)
    try:
        for number, line in enumerate(text.split("\n"), start=1):
            lines.add(line, number)
        return lines.result()
    except (_Unusual, TreeFault):
        return None


class _Lines:
    """Puts lines together; columns count from 0.

    ``_open`` are the mappings (True) and lists that have not ended, with their columns, ``_due`` is where the
    value of a key is due that has none on its own line.
    """

    def __init__(self, file: str) -> None:
        self._builder = TreeBuilder(file)
        self._open: list[tuple[bool, int]] = []
        self._due: tuple[int, int] | None = None
        self._line = ""
        self._number = 0

    def add(self, line: str, number: int) -> None:
        """Take the next line."""
        body = line.lstrip(" ")
        if not body or body[0] == "#":
            return
        indent = len(line) - len(body)
        found = _ENTRY.match(line, indent)
        if found is None or not found[0]:
            raise _Unusual
        self._line, after = line, found.end()
        if found["dash"]:
            self._item(indent, number)
        if not found["key"]:
            self._end(self._value(after))
            return
        column = found.start("key")
        self._entry(column, number, is_first=bool(found["dash"]))
        self._key(found["key"], column)
        if after == len(line) or line[after] == "#":
            self._due = number, line.index(":", found.end("key")) + 1
        else:
            self._end(self._value(after))

    def result(self) -> TreeResult:
        """Return the tree once every line is there."""
        self._close(-1)
        if self._builder.root is None:
            raise _Unusual
        return self._builder.result()

    def _item(self, column: int, number: int) -> None:
        """Begin an item of a list, which may be as far to the left as the key that it is the value of."""
        if self._due and column >= self._open[-1][1]:
            self._begin(column, number, is_mapping=False)
        else:
            self._close(column)
            if not self._open or self._open[-1] != (False, column):
                raise _Unusual
        self._number = number

    def _entry(self, column: int, number: int, *, is_first: bool) -> None:
        """Begin an entry of a mapping."""
        if (
            is_first
            or (self._due and column > self._open[-1][1])
            or (not self._open and self._builder.root is None)
        ):
            self._begin(column, number, is_mapping=True)
        else:
            self._close(column)
            if self._open and self._open[-1] == (False, column):
                self._builder.end()
                self._open.pop()
            if not self._open or self._open[-1] != (True, column):
                raise _Unusual
        self._number = number

    def _begin(self, column: int, number: int, *, is_mapping: bool) -> None:
        self._due = None
        self._builder.begin(mapping=is_mapping, line=number, column=column + 1)
        self._open.append((is_mapping, column))

    def _close(self, column: int) -> None:
        """End what began right of *column*; a value that is still due is none."""
        if self._due:
            line, at = self._due
            self._builder.add(_node("", line, at, at))
            self._due = None
        while self._open and self._open[-1][1] > column:
            self._builder.end()
            self._open.pop()

    def _key(self, written: str, column: int) -> None:
        quoted = written[0] in "\"'"
        text = written[1:-1] if quoted else written
        self._builder.add(_node(text, self._number, column, column + len(written), quoted=quoted))

    def _value(self, at: int) -> int:
        """Read what stands at a column and return where it ends."""
        if self._line[at : at + 1] in _CLOSERS:
            return self._brackets(at)
        return self._scalar(_VALUE, at)

    def _scalar(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self._line, at)
        if found is None:
            raise _Unusual
        quoted = found["double"] if found["single"] is None else found["single"]
        text = found[0] if quoted is None else quoted
        if found["double"] and "\\" in text:
            text = _ESCAPE.sub(lambda each: chr(int(each[1], 16)) if each[1] else _BLANKS[each[2]], text)
        self._builder.add(_node(text, self._number, at, found.end(), quoted=quoted is not None))
        return found.end()

    def _brackets(self, at: int) -> int:
        """Read a mapping or a list in brackets."""
        line, closer = self._line, _CLOSERS[self._line[at]]
        self._builder.begin(mapping=closer == "}", line=self._number, column=at + 1)
        at = self._skip(at + 1)
        while line[at : at + 1] != closer:
            if closer == "}":
                found = _KEY_INSIDE.match(line, at)
                if found is None:
                    raise _Unusual
                self._key(found["key"], at)
                at = found.end()
            inside = line[at : at + 1] in _CLOSERS
            at = self._skip(self._brackets(at) if inside else self._scalar(_VALUE_INSIDE, at))
            if line[at : at + 1] == ",":
                at = self._skip(at + 1)
                if line[at : at + 1] == closer:
                    raise _Unusual
            elif line[at : at + 1] != closer:
                raise _Unusual
        self._builder.end()
        return at + 1

    def _skip(self, at: int) -> int:
        while self._line[at : at + 1] == " ":
            at += 1
        return at

    def _end(self, at: int) -> None:
        if not _END.fullmatch(self._line, at):
            raise _Unusual


def _node(text: str, line: int, start: int, end: int, *, quoted: bool = False) -> ScalarNode:
    return ScalarNode(text=text, quoted=quoted, line=line, column=start + 1, end_column=end + 1)

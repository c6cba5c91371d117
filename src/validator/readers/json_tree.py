"""JSON text → a tree with places; numbers keep their source text, nesting needs no stack."""

from __future__ import annotations

import re
from bisect import bisect_right
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from validator.model.location import Location
from validator.readers.tree import ScalarNode, TreeBuilder, TreeFault, TreeResult

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_LINE_END = re.compile(r"\r\n?|\n")
# NaN and the infinities are no JSON, but programs write them: the field's type refuses them.
_WORD = re.compile(r"-?[0-9][0-9.eE+-]*|-?Infinity|NaN|true|false|null")
_NAMES = frozenset({"true", "false", "null", "NaN", "Infinity", "-Infinity"})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_json(text: str, file: str = "") -> TreeResult:
    """Read *text*; every fault is a problem at its line and column."""
    scanner = _Scanner(text, file)
    try:
        scanner.run()
    except TreeFault as fault:
        return TreeResult(root=None, problems=(*scanner.builder.problems, fault.problem))
    return scanner.builder.result()


class _Scanner:
    """Walks the text once, keeping the open brackets in a list of its own."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.builder = TreeBuilder(file)
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.closers: list[str] = []
        self.fresh = False

    def run(self) -> None:
        """Read one value and see that nothing follows it."""
        position = self._skip(0)
        if position == len(self.text):
            return
        position = self._value(position)
        while self.closers:
            position = self._next_in_bracket(position)
        position = self._skip(position)
        if position < len(self.text):
            raise self._fault("json-more-text", position)

    def _next_in_bracket(self, position: int) -> int:
        """Read a comma and what it separates, or the closing bracket."""
        position = self._skip(position)
        first, self.fresh = self.fresh, False
        found = self.text[position : position + 1]
        if found == self.closers[-1]:
            return self._close(position)
        if first:
            return self._item(position)
        if found != ",":
            raise self._fault("json-missing-comma", position)
        after = self._skip(position + 1)
        if self.text[after : after + 1] in ("}", "]"):
            raise self._fault("json-trailing-comma", position)
        return self._item(after)

    def _item(self, position: int) -> int:
        """Read an item of the innermost bracket: a value, or a key, a colon and a value."""
        if self.closers[-1] == "]":
            return self._value(position)
        found = self.text[position : position + 1]
        if found != '"':
            decimal = found.isdigit() and self.text[position - 1] == ","
            raise self._fault("json-decimal-comma" if decimal else "json-key-without-quotes", position)
        position = self._skip(self._string(position))
        if self.text[position : position + 1] != ":":
            raise self._fault("json-missing-colon", position)
        return self._value(self._skip(position + 1))

    def _value(self, position: int) -> int:
        """Read a scalar, or open a bracket and read its first item."""
        found = self.text[position : position + 1]
        if found == '"':
            return self._string(position)
        if found in ("{", "["):
            return self._open(position)
        word = _WORD.match(self.text, position)
        if word is None or not (word[0] in _NAMES or _NUMBER.fullmatch(word[0])):
            raise self._fault("json-bad-value", position)
        line, column = self._place(position)
        end = column + len(word[0])
        self.builder.add(ScalarNode(text=word[0], quoted=False, line=line, column=column, end_column=end))
        return word.end()

    def _open(self, position: int) -> int:
        """Open a bracket; its first item is left to the loop, so that nothing recurses."""
        mapping = self.text[position] == "{"
        line, column = self._place(position)
        self.builder.begin(mapping=mapping, line=line, column=column)
        self.closers.append("}" if mapping else "]")
        self.fresh = True
        return position + 1

    def _close(self, position: int) -> int:
        self.closers.pop()
        self.builder.end()
        return position + 1

    def _string(self, position: int) -> int:
        """Read a string in quotes; half characters are replaced and reported."""
        line, column = self._place(position)
        text: str
        end: int
        try:
            text, end = scanstring(self.text, position + 1, True)  # noqa: FBT003
        except JSONDecodeError as fault:
            code = "json-backslash" if "scape" in fault.msg else "json-open-quote"
            raise self._fault(code, position if code == "json-open-quote" else fault.pos) from fault
        node = ScalarNode(
            text=_SURROGATE.sub("\ufffd", text),
            quoted=True,
            line=line,
            column=column,
            end_column=column + end - position,
        )
        if node.text != text:
            self.builder.note("half-character", node)
        self.builder.add(node)
        return end

    def _skip(self, position: int) -> int:
        found = _BLANK.match(self.text, position)
        return found.end() if found else position

    def _place(self, position: int) -> tuple[int, int]:
        line = bisect_right(self.starts, position)
        return line, position - self.starts[line - 1] + 1

    def _fault(self, code: str, position: int) -> TreeFault:
        """Return the fault at *position*; the end of the text is one of its own."""
        if position >= len(self.text):
            code = "json-open-bracket"
        line, column = self._place(position)
        place = Location(file=self.builder.file, line=line, column=column)
        found = self.text[position : position + 20].split("\n")[0].strip()
        return TreeFault(self.builder.problem(code, place, found=found))

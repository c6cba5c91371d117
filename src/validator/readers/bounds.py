"""How much text of a document is read: no report has a paragraph as long as a book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.verdict import Severity
from validator.readers.paragraph import RawCell, RawItem, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.readers.paragraph import RawParagraph
    from validator.readers.reader import Input

MOST_OF_ONE = 100_000
"""Most characters of one paragraph or cell; Excel itself allows 32,767."""
MOST_OF_ALL = 5_000_000
"""Most characters of a document."""
MOST_PARTS = 100_000
"""Most paragraphs, cells and lines of a document."""
_WORDS_SHOWN = 40
_CELL_MARKS = "\t|"


@dataclass(slots=True)
class Bounds:
    """Cuts what is too long, and remembers where it did so first."""

    left: int = field(default_factory=lambda: MOST_OF_ALL)
    parts: int = field(default_factory=lambda: MOST_PARTS)
    first: Location | None = None
    start: str = ""
    count: int = 0
    end: Location | None = None

    def items(self, items: Iterable[RawItem]) -> list[RawItem]:
        """Return *items* within bounds; their texts are cut in place, what is too much is left out.

        No more of *items* are made than are looked at.
        """
        kept: list[RawItem] = []
        for item in items:
            if self.end is not None:
                break
            if not isinstance(item, RawTable):
                if self._holds(item, item):
                    kept.append(item)
                continue
            item.cells = [cell for cell in item.cells if self._holds(cell, item)]
            if item.cells:
                kept.append(item)
        return kept

    def text(self, text: str) -> str:
        """Return the text of a file with its lines, and all of it, within bounds."""
        if len(text) > self.left:
            self.end = Location(line=text.count("\n", 0, self.left) + 1)
            text = text[: self.left]
        if len(text) <= MOST_OF_ONE:
            return text
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if len(line) > MOST_OF_ONE:
                self._note(Location(line=number + 1), line)
                lines[number] = line[:MOST_OF_ONE]
        return "\n".join(lines)

    def lines(self, text: str) -> str:
        """Return so much of *text* as has no more lines, or cells in them, than are read."""
        if len(text) <= self.parts:
            return text
        lines = text.split("\n", self.parts)
        for number, line in enumerate(lines):
            self.parts -= 1 + sum(map(line.count, _CELL_MARKS))
            if self.parts < 0:
                self.end = Location(line=number + 1)
                return "\n".join(lines[:number])
        return text

    def problems(self, given: Input) -> tuple[Problem, ...]:
        """Return what is to be said of a document that is too long."""
        found: list[Problem] = []
        if self.first is not None:
            args = {"start": self.start, "count": self.count, "most": MOST_OF_ONE}
            found.append(_problem("too-much-text", given, self.first, args))
        if self.end is not None:
            code, most = (
                ("document-too-long", MOST_OF_ALL) if self.parts >= 0 else ("too-many-parts", MOST_PARTS)
            )
            found.append(_problem(code, given, self.end, {"most": most}))
        return tuple(found)

    def _holds(self, part: RawParagraph | RawCell, item: RawItem) -> bool:
        """Whether *part* is still to be read; it is cut if it is too long."""
        if len(part.text) > MOST_OF_ONE:
            self._note(_place(part, item), part.text)
            part.text = part.text[:MOST_OF_ONE]
        self.left -= len(part.text)
        self.parts -= 1
        if (self.left < 0 or self.parts < 0) and self.end is None:
            self.end = _place(part, item)
        return self.end is None

    def _note(self, place: Location, text: str) -> None:
        self.count += 1
        if self.first is None:
            self.first, self.start = place, " ".join(text[: 2 * _WORDS_SHOWN].split())[:_WORDS_SHOWN]


def clipped(text: str) -> str:
    """Return *text* at most one character longer than what is read, by which it is still found too long."""
    return text[: MOST_OF_ONE + 1]


def _place(part: RawParagraph | RawCell, item: RawItem) -> Location:
    if isinstance(part, RawCell):
        return Location(sheet=item.sheet, cell=part.cell, page=part.page or item.page, line=part.line)
    line = part.anchors[0].line if part.anchors else None
    return Location(sheet=part.sheet, cell=part.cell, page=part.page, line=line)


def _problem(code: str, given: Input, place: Location, args: dict[str, object]) -> Problem:
    located = Location(file=given.file, line=place.line, page=place.page, sheet=place.sheet, cell=place.cell)
    args = {"file": given.path.name, **args}
    return Problem(code=f"document/{code}", location=located, severity=Severity.WARNING, args=args)

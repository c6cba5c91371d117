"""Document → passages: paragraphs, list items and table rows in reading order, each with its places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.model.document import Block, BlockKind, Document, Table, TableCell

if TYPE_CHECKING:
    from validator.model.location import Location

_MARKER = re.compile(r"\s*((?:[-–+•*●○▪]\s?){1,2}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}[.)]|[a-zđ][.)])\s+")
_LINE_ITEM = re.compile(r"\n(?=\s*(?:[-–+•●○▪]\s|[a-zđ][.)]\s))")
_OPEN_END = re.compile(r"[^.;:!?…/]\s*\Z")
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of running text; ``starts`` gives the place of each stretch by its first offset.

    ``marker`` is the bullet or number in front, ``section`` counts headings so far.
    """

    text: str
    marker: str
    level: int
    heading: bool
    section: int
    starts: tuple[tuple[int, Location], ...]
    table: Table | None = None

    @property
    def has_digits(self) -> bool:
        """Whether there is any number to look at."""
        return _DIGIT.search(self.text) is not None

    def place(self, offset: int) -> Location:
        """The place of the character at *offset*."""
        start, location = next(
            (item for item in reversed(self.starts) if item[0] <= offset), self.starts[0]
        )
        if location.line is None:
            return location
        lines = self.text.count("\n", start, offset)
        return location if not lines else replace(location, line=location.line + lines, column=None)


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Turn the blocks of *document* into passages; sentences cut by a page break are joined."""
    passages: list[Passage] = []
    section = 0
    for block in document.blocks:
        if isinstance(block, Table):
            passages.extend(_table_passages(block, section))
            continue
        if block.kind is BlockKind.HEADING:
            section += 1
        for piece in _pieces(block, section):
            if passages and _continues(passages[-1], piece):
                passages[-1] = _joined(passages[-1], piece)
            else:
                passages.append(piece)
    return tuple(passages)


def _pieces(block: Block, section: int) -> list[Passage]:
    """Split a block at the lines inside it that start with a bullet."""
    text = unicodedata.normalize("NFC", block.text)
    pieces, offset = [], 0
    for part in _LINE_ITEM.split(text):
        found = _MARKER.match(part)
        marker = (block.marker if not offset else "") or (found[1].strip() if found else "")
        location = block.location
        if offset and location.line is not None:
            location = replace(location, line=location.line + text.count("\n", 0, offset), column=None)
        body = part[found.end() :] if found else part
        pieces.append(
            Passage(
                text=body,
                marker=marker,
                level=block.level,
                heading=block.kind is BlockKind.HEADING,
                section=section,
                starts=((0, location),),
            )
        )
        offset += len(part) + 1
    return pieces


def _continues(before: Passage, after: Passage) -> bool:
    """Whether *after* goes on in the middle of the sentence that *before* breaks off."""
    if before.heading or after.heading or after.marker or before.table or not after.text:
        return False
    first = after.text.lstrip()[:1]
    return first.islower() and _OPEN_END.search(before.text[-20:]) is not None


def _joined(before: Passage, after: Passage) -> Passage:
    offset = len(before.text) + 1
    starts = tuple((offset + start, place) for start, place in after.starts)
    return replace(before, text=f"{before.text} {after.text}", starts=before.starts + starts)


def _table_passages(table: Table, section: int) -> list[Passage]:
    """One passage for each cell that holds running text, and one for the table itself."""
    cells = [cell for cell in table.cells if _is_prose(cell)]
    made = [_passage_of_cell(cell, section) for cell in cells]
    whole = Passage(
        text="", marker="", level=0, heading=False, section=section, starts=((0, table.location),), table=table
    )
    return [whole, *made]


def _is_prose(cell: TableCell) -> bool:
    text = cell.text
    return len(text) > 3 and any(c.isalpha() for c in text) and any(c.isdigit() for c in text)


def _passage_of_cell(cell: TableCell, section: int) -> Passage:
    text = unicodedata.normalize("NFC", cell.text)
    return Passage(
        text=text, marker="|", level=0, heading=False, section=section, starts=((0, cell.location),)
    )

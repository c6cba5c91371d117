"""Document → passages: paragraphs, list items and table cells in reading order, each with its place."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from validator.model.document import Block, BlockKind, Document, Table, TableCell
from validator.model.record import evolve, record

if TYPE_CHECKING:
    from validator.model.location import Location

_MARKER = re.compile(r"\s*((?:[-–+•*●○▪]\s?){1,2}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}[.)]|[a-z\u0111][.)])\s+")
_LINE_ITEM = re.compile(r"\n(?=\s{0,20}(?:[-–+•●○▪]\s|[a-z\u0111][.)]\s))")
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 3
# A word that ends in a digit is a name; so many of them in one passage are cells without their borders.
_GLUED = re.compile(r"[^\W\d_]{2}[0-9]|[0-9][^\W\d_]{2}")
_MOST_GLUED = 8
_OTHER_GROUPS = re.compile(r"[0-9][.,][0-9]{3}(?![0-9])|(?<![0-9/.-])(?!19|20)[1-9][0-9]{3,8}(?![0-9/.-])")
_BLANK_GROUPS = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9.,]*[0-9])(?=\s?(?:/|%|[^\W\d_]|[.;:)]|$))"
)
_LABELLED = re.compile(r"[^\n.;:]{1,100}:\s*[^\d\n:.;]{0,12}[0-9][^\n]{0,100}$")
"""A short line that begins with a label and its figure."""
_MOST_LINES = 400
_ROW = re.compile(r"[^\d\n][^\n:;]{0,200}?(?:\s+[-–0-9][0-9.,]*%?){3,40}")


@record
class Passage:
    """A piece of running text, taken from its block at ``offset``.

    ``marker`` is the bullet or number in front; ``section`` counts headings so far.
    """

    text: str
    marker: str = ""
    level: int = 0
    heading: bool = False
    section: int = 0
    source: Block | TableCell | Table
    offset: int = 0

    @property
    def has_digits(self) -> bool:
        """Whether there is any number to look at."""
        return _DIGIT.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """Whether there are words beside the digits."""
        return not self.in_table or (len(self.text) > _SHORTEST and _LETTER.search(self.text) is not None)

    @property
    def in_table(self) -> bool:
        """Whether the text is a cell's."""
        return isinstance(self.source, TableCell)

    def place(self, start: int, end: int) -> Location:
        """The place of ``text[start:end]``."""
        if not isinstance(self.source, Block):
            return evolve(self.source.location, start=self.offset + start, end=self.offset + end)
        return self.source.location_at(self.offset + start, self.offset + end)

    def with_section(self, section: int) -> Passage:
        """The same passage in another section."""
        return evolve(self, section=section)


def is_run_together(text: str) -> bool:
    """Whether words and numbers ran into each other, as where a conversion lost the cells of a table."""
    found = _GLUED.finditer(text)
    return sum(1 for _ in islice(found, _MOST_GLUED)) == _MOST_GLUED


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Turn the blocks of *document* into passages; a table is one, and each wordy cell another."""
    passages: list[Passage] = []
    section = 0
    for block in document.blocks:
        if isinstance(block, Table):
            passages.append(Passage(text="", section=section, source=block))
            passages.extend(_passage_of_cell(cell, section) for cell in block.cells if _has_figures(cell))
        else:
            section += block.kind is BlockKind.HEADING
            passages.extend(_pieces(block, section))
    return tuple(passages)


def with_blank_groups(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages with the blanks that group digits made hard ones: ``1 522``.

    A document that writes ``1.522`` or ``1522`` anywhere does not group by blanks.
    """
    if any(_OTHER_GROUPS.search(passage.text) for passage in passages):
        return passages
    return tuple(
        [
            evolve(passage, text=_BLANK_GROUPS.sub(_hard, passage.text))
            if _BLANK_GROUPS.search(passage.text)
            else passage
            for passage in passages
        ]
    )


def _hard(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\u00a0")


def _pieces(block: Block, section: int) -> list[Passage]:
    """Split a block at the lines inside it that start with a bullet."""
    text = unicodedata.normalize("NFC", block.text)
    pieces, offset = [], 0
    for part in _parts(block, text):
        found = _MARKER.match(part)
        lead = found.end() if found else 0
        pieces.append(
            Passage(
                text=part[lead:],
                marker=(block.marker if not offset else "") or (found[1].strip() if found else ""),
                level=block.level,
                heading=block.kind is BlockKind.HEADING,
                section=section,
                source=block,
                offset=offset + lead,
            )
        )
        offset += len(part) + 1
    return pieces


def _parts(block: Block, text: str) -> list[str]:
    """The pieces of a block: items that begin inside it, and the lines of a table that lost its form."""
    starts = block.line_starts if len(block.anchors) > 1 else ()
    if 1 < len(starts) < _MOST_LINES and len(text) == len(block.text):
        lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text) + 1], strict=True)]
        rows = sum(_ROW.fullmatch(line.strip()) is not None for line in lines)
        if starts[0] == 0 and rows * 2 >= len(lines):
            # One blank or line end stands between lines, as between items.
            return [line[:-1] if at + 1 < len(lines) else line for at, line in enumerate(lines)]
        if starts[0] == 0 and _LINE_ITEM.search(text) is None:
            return _labelled_lines(lines)
    return _LINE_ITEM.split(text)


def _labelled_lines(lines: list[str]) -> list[str]:
    """The lines of a paragraph, those apart that follow each other, each a label and a figure."""
    found = [lines[0]]
    labelled = [_is_labelled(line) for line in lines]
    for at, line in enumerate(lines[1:], start=1):
        begins = labelled[at] and (
            labelled[at - 1]
            or (at + 1 < len(lines) and labelled[at + 1] and lines[at - 1].rstrip().endswith(":"))
        )
        if begins:
            found[-1] = found[-1][:-1]
            found.append(line)
        else:
            found[-1] += line
    return found


def _is_labelled(line: str) -> bool:
    marker = _MARKER.match(line)
    text = line[marker.end() :] if marker else line
    return text[:1].isupper() and _LABELLED.match(text) is not None


def _has_figures(cell: TableCell) -> bool:
    return _DIGIT.search(cell.text) is not None


def _passage_of_cell(cell: TableCell, section: int) -> Passage:
    return Passage(text=unicodedata.normalize("NFC", cell.text), marker="|", section=section, source=cell)

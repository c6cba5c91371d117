"""Raw paragraphs and tables → blocks with kind, level, numbering and place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from validator.model.document import Anchor, Block, BlockKind, Table, TableCell, seen_at, words_around
from validator.model.location import Location
from validator.model.record import evolve
from validator.readers import table_shape
from validator.readers.clean import clean
from validator.readers.joining import is_footnote, join_cut_off
from validator.readers.lines import lines_apart
from validator.readers.notation import SUPERSCRIPTS
from validator.readers.numbering import Marker, Rank, marker_of, split_marker
from validator.readers.outline import Outline, title_marker
from validator.readers.paragraph import RawItem, RawParagraph, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.readers.compartment import Compartments

_LONGEST_HEADING = 200
_MOST_TITLE_LINES = 3
_SENTENCE_ENDS = (".", ";", ",")


def assemble(file: str, items: Iterable[RawItem], apart: Compartments) -> tuple[Block | Table, ...]:
    """Return the blocks of a document from what its reader gathered, in the same order.

    What of them cannot be taken in is told by *apart*.
    """
    return tuple(block for block, _ in assemble_traced(file, items, apart))


def assemble_traced(
    file: str, items: Iterable[RawItem], apart: Compartments
) -> list[tuple[Block | Table, RawItem]]:
    """Return the blocks of a document, each with what it was made of.

    The cells of a table are in the order of its raw cells by row and column.
    """
    assembly = _Assembly(file)
    made: list[RawItem] = []
    gathered = list(items)
    for item in apart.one(Location(), lambda: list(join_cut_off(lines_apart(gathered))), gathered):
        apart.one(assembly.next_place(item), partial(assembly.add, item), None)
        if len(assembly.blocks) > len(made):
            made.append(item)
    return list(zip(assembly.blocks, made, strict=True))


@dataclass(slots=True)
class _Assembly:
    file: str
    blocks: list[Block | Table] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    paragraphs: int = 0
    tables: int = 0
    sheet: str | None = None

    def next_place(self, raw: RawItem) -> Location:
        """Return where *raw* stands, should it be a block."""
        is_table = isinstance(raw, RawTable)
        return Location(
            sheet=raw.sheet,
            page=raw.page,
            section=self.outline.path,
            table=self.tables + 1 if is_table else None,
            paragraph=None if is_table else self.paragraphs + 1,
        )

    def add(self, raw: RawItem) -> None:
        """Add a paragraph or a table; each sheet has an outline of its own."""
        if raw.sheet != self.sheet:
            self.sheet = raw.sheet
            self.outline = Outline()
        if isinstance(raw, RawTable):
            self.add_table(raw)
        else:
            self.add_paragraph(raw)

    def add_paragraph(self, raw: RawParagraph) -> None:
        """Add a paragraph as a block, unless it is empty."""
        raw = _stripped(raw)
        if not raw.text and not raw.marker:
            return
        self.paragraphs += 1
        if raw.kind is not None or is_footnote(raw):
            note_marker, raw = _noted(raw)
            self._add(raw, raw.kind or BlockKind.FOOTNOTE, note_marker, 0)
            return
        marker, raw = _numbered(raw)
        if marker is None:
            self._add_unnumbered(raw)
            return
        level = self.outline.enter(marker, raw.text, raw.indent)
        heading = not marker.is_bullet and _looks_like_heading(raw, marker)
        kind = BlockKind.HEADING if heading else BlockKind.LIST_ITEM
        self._add(raw, kind, marker.text, level)

    def add_table(self, raw: RawTable) -> None:
        """Add a table, with the title above it and the names of its columns."""
        self.tables += 1
        headers = table_shape.header_rows(raw)
        if table_shape.join_parted_rows(raw, headers):
            headers = table_shape.header_rows(raw)
        names = table_shape.column_names(raw, headers)
        place = Location(
            file=self.file,
            page=raw.page,
            sheet=raw.sheet,
            section=self.outline.path,
            table=self.tables,
            table_title=raw.title or self._title(),
        )
        self.blocks.append(
            Table(
                cells=_cells(raw, names, place),
                rows=max((cell.row + cell.row_span for cell in raw.cells), default=0),
                columns=max((cell.column + cell.column_span for cell in raw.cells), default=0),
                location=place,
                title=place.table_title,
                header_rows=headers,
            )
        )

    def _add_unnumbered(self, raw: RawParagraph) -> None:
        outermost = raw.heading == 1 or _is_capitals(raw.text) or (raw.centred and raw.strong)
        short = len(raw.text) <= _LONGEST_HEADING and not raw.text.startswith("(")
        if raw.heading or (short and (outermost or (raw.strong and _ends_open(raw.text)))):
            level = self.outline.enter(title_marker(outermost=outermost), raw.text)
            self._add(raw, BlockKind.HEADING, "", level)
            return
        self.outline.end_list()
        self._add(raw, BlockKind.PARAGRAPH, "", 0)

    def _add(self, raw: RawParagraph, kind: BlockKind, marker: str, level: int) -> None:
        first = raw.anchors[0] if raw.anchors else Anchor(0)
        place = Location(
            file=self.file,
            line=first.line,
            column=first.column,
            page=first.page or raw.page,
            section=self.outline.path,
            paragraph=self.paragraphs,
            sheet=raw.sheet,
            cell=raw.cell,
            quote=words_around(raw.text, 0),
        )
        self.blocks.append(
            Block(
                kind=kind,
                text=raw.text,
                location=place,
                level=level,
                marker=marker,
                anchors=raw.anchors,
            )
        )

    def _title(self) -> str | None:
        """Return the title of the table to come: the short lines right above it."""
        lines: list[str] = []
        above = self.blocks[-_MOST_TITLE_LINES - 2 :]
        beside = _side_by_side(above)
        for block in reversed(above):
            if not isinstance(block, Block) or len(lines) == _MOST_TITLE_LINES or block in beside:
                break
            if block.text.startswith("(") and block.text.endswith(")") and not lines:
                continue
            if not _may_be_title(block):
                break
            if lines and block.kind is not BlockKind.HEADING and not block.location.sheet:
                break
            lines.insert(0, block.text.rstrip(":"))
        return " ".join(lines) or None


def _may_be_title(block: Block) -> bool:
    """Whether a block is a short line without number that does not end as a sentence does."""
    if block.marker or block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
        return False
    return len(block.text) <= _LONGEST_HEADING and not block.text.endswith(_SENTENCE_ENDS)


def _side_by_side(blocks: list[Block | Table]) -> list[Block]:
    """Return the lines of a sheet that share a row with another, as those of a letterhead do."""
    rows = [
        (block, "".join(filter(str.isdigit, block.location.cell)))
        for block in blocks
        if isinstance(block, Block) and block.location.cell
    ]
    return [block for block, row in rows if sum(row == other for _, other in rows) > 1]


def _cells(raw: RawTable, names: dict[int, str], place: Location) -> tuple[TableCell, ...]:
    """Return the cells of *raw* in reading order, each with its place."""
    return tuple(
        TableCell(
            text=clean(cell.text).strip(),
            row=cell.row,
            column=cell.column,
            location=seen_at(
                evolve(
                    place,
                    page=cell.page or place.page,
                    line=cell.line,
                    column=cell.text_column,
                    row=cell.row + raw.first_row,
                    column_name=names.get(cell.column),
                    table_column=cell.column + 1,
                    cell=cell.cell,
                ),
                cell.seen,
            ),
            row_span=cell.row_span,
            column_span=cell.column_span,
            formula=cell.formula,
        )
        for cell in sorted(raw.cells, key=lambda cell: (cell.row, cell.column))
    )


def _stripped(raw: RawParagraph) -> RawParagraph:
    """Clean the text of *raw* and take the white space off its ends."""
    text = raw.text if raw.anchors else clean(raw.text)
    return _cut(replace(raw, text=text.rstrip()), len(text) - len(text.lstrip()))


def _cut(raw: RawParagraph, offset: int) -> RawParagraph:
    """Take *offset* characters off the front of *raw*, keeping its anchors true."""
    if not offset:
        return raw
    before = [anchor for anchor in raw.anchors if anchor.offset <= offset]
    after = [anchor for anchor in raw.anchors if anchor.offset > offset]
    anchors: list[Anchor] = []
    if before:
        last = before[-1]
        column = None if last.column is None else last.column + offset - last.offset
        anchors = [evolve(last, offset=0, column=column)]
    anchors += [evolve(anchor, offset=anchor.offset - offset) for anchor in after]
    return replace(raw, text=raw.text[offset:], anchors=tuple(anchors))


def _numbered(raw: RawParagraph) -> tuple[Marker | None, RawParagraph]:
    """Return the marker of *raw*, automatic or literal, and *raw* without a literal one."""
    if raw.marker:
        return marker_of(raw.marker), raw
    marker, _, offset = split_marker(raw.text)
    return marker, _cut(raw, offset)


def _noted(raw: RawParagraph) -> tuple[str, RawParagraph]:
    """Return the raised number before a footnote, and the footnote without it."""
    bare = raw.text.lstrip(SUPERSCRIPTS)
    marker = raw.text[: len(raw.text) - len(bare)]
    return marker or raw.marker, _cut(raw, len(raw.text) - len(bare.lstrip()))


def _looks_like_heading(raw: RawParagraph, marker: Marker) -> bool:
    """Whether a numbered paragraph is a heading rather than an item of a list."""
    if raw.heading:
        return True
    if len(raw.text) > _LONGEST_HEADING:
        return False
    if raw.strong or marker.rank == Rank.ROMAN:
        return True
    return not raw.text.endswith(_SENTENCE_ENDS)


def _ends_open(text: str) -> bool:
    """Whether a line does not end as a sentence does."""
    return not text.endswith(_SENTENCE_ENDS)


def _is_capitals(text: str) -> bool:
    """Whether most letters of *text* are capitals, as in a title."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.7 * len(letters)

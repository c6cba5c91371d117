"""The place of a value or a fault in a file, in the terms of that file's format."""

from __future__ import annotations

from validator.model.record import record

Box = tuple[int, int, int, int]


@record
class Location:
    """A place in a file; only the parts that its format has are set.

    Lines, columns, pages, paragraphs, tables and rows count from 1. ``column`` and ``end_column``
    (exclusive) count characters of a text file's line, ``column_name`` names a table's column and
    ``table_column`` counts it. ``pointer`` is the field path or JSON pointer of structured files.
    ``start`` and ``end`` (exclusive) count the characters of the text of a document's block or cell
    from 0; without them the whole of it is meant. ``quote`` are the few words of running text that
    stand there just so, by which a person finds the place in an office program. Of figures recognised
    in a picture ``page_line`` is the line of the page, counted from the top, ``box`` is where they
    stand on it, in points from its lower left corner (left, bottom, right, top), ``confidence`` the
    least per cent, and ``doubt`` says that one may have been misread.
    """

    file: str = ""
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    pointer: str | None = None
    page: int | None = None
    page_line: int | None = None
    section: str | None = None
    paragraph: int | None = None
    table: int | None = None
    table_title: str | None = None
    row: int | None = None
    row_code: str | None = None
    row_label: str | None = None
    column_name: str | None = None
    table_column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    excerpt: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    box: Box | None = None
    confidence: int | None = None
    doubt: bool | None = None

    @property
    def block(self) -> tuple[object, ...]:
        """What tells the block, cell or value that the place lies in from every other, whatever its words."""
        if self.table is not None:
            return (self.file, "table", self.table, self.row, self.table_column, self.cell)
        if self.paragraph is not None:
            return (self.file, "paragraph", self.paragraph)
        return (self.file, "line", self.line, self.column, self.sheet, self.cell)

    def overlaps(self, other: Location) -> bool:
        """Whether two places share a character, or a cell of which one of them is the whole."""
        if self.block != other.block:
            return False
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return self.table is not None or self.paragraph is None
        return self.start < other.end and other.start < self.end

    @property
    def sort_key(self) -> tuple[str, int, str, int, int, int, int]:
        """Reading order within a run: by file, then by place in it."""
        return (
            self.file,
            self.page or 0,
            self.sheet or "",
            self.line or 0,
            self.paragraph or 0,
            self.row or 0,
            self.column or 0,
        )

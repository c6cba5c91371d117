"""The place of a value or a fault in a file, in the terms of that file's format."""

from __future__ import annotations

from validator.model.record import record


@record
class Location:
    """A place in a file; only the parts that its format has are set.

    Lines, columns, pages, paragraphs, tables and rows count from 1. ``column`` and
    ``end_column`` (exclusive) count characters of a text file's line, ``column_name`` names a
    table's column. ``pointer`` is the field path or JSON pointer of structured files.
    """

    file: str = ""
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    pointer: str | None = None
    page: int | None = None
    section: str | None = None
    paragraph: int | None = None
    table: int | None = None
    table_title: str | None = None
    row: int | None = None
    row_code: str | None = None
    row_label: str | None = None
    column_name: str | None = None
    sheet: str | None = None
    cell: str | None = None
    excerpt: str | None = None

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

"""A location in words that a clerk can follow to the place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from validator.model.record import evolve
from validator.wording.message import message

if TYPE_CHECKING:
    from validator.model.location import Location


Part = tuple[str, dict[str, object]]


def place(location: Location, lang: str) -> str:
    """Where *location* is within its file, from the outermost part to the innermost."""
    around = _words([*_outer(location), *_row(location)], lang)
    line = _words(_line(location), lang)
    if around and line:
        return message("render/place-in-file", lang, {"place": around, "line": line})
    return around or line or _words(_pointer(location), lang)


def place_in(location: Location, file: str, lang: str) -> str:
    """Where *location* is, for whoever looks at *file*: another file is named."""
    other = location.file if file and location.file != file else ""
    return ", ".join(filter(None, [other, place(location, lang)]))


def near(location: Location, other: Location, lang: str) -> str:
    """Where *location* is, seen from *other*: only what differs; empty if it is the same block or cell."""
    if location.file != other.file:
        return ", ".join(filter(None, [location.file, place(location, lang)]))
    if location.block == other.block and (location.paragraph is not None or location.table is not None):
        return ""
    around = [*_outer(evolve(location, quote=None)), *_row(location)]
    if around == [*_outer(evolve(other, quote=None)), *_row(other)]:
        line = _words(_line(location), lang)
        return line or place(location, lang)
    row = _row(location)
    is_same_table = location.table is not None and location.table == other.table
    return _words(row, lang) if is_same_table and row else place(location, lang)


def _words(keys: list[Part], lang: str) -> str:
    if not keys:
        return ""
    return ", ".join([_template(key, lang).format(**args) for key, args in keys])


@cache
def _template(key: str, lang: str) -> str:
    """Return the words of a part with the names of what is put in: a sheet may have a million of them."""
    return message(f"render/{key}", lang)


def _outer(location: Location) -> list[Part]:
    """Page, sheet, section, paragraph, table: what surrounds the figure."""
    parts: list[Part] = []
    if location.page is not None:
        parts.append(("place-page", {"page": location.page}))
    if location.page_line is not None:
        # In a scan numbers of sections may be misread, and nobody counts its paragraphs and tables.
        return [*parts, ("place-page-line", {"line": location.page_line})]
    if location.sheet is not None:
        parts.append(("place-sheet", {"sheet": location.sheet}))
    if location.cell is not None:
        parts.append(("place-cell", {"cell": location.cell}))
    if location.section:
        parts.append(("place-section", {"section": location.section}))
    if location.quote is not None and location.table is None:
        parts.append(("place-quote", {"quote": location.quote}))
    elif location.paragraph is not None and location.line is None:
        parts.append(("place-paragraph", {"paragraph": location.paragraph}))
    if location.table_title:
        parts.append(("place-table-title", {"title": location.table_title}))
    elif location.table is not None:
        parts.append(("place-table", {"table": location.table}))
    return parts


def _row(location: Location) -> list[Part]:
    """Row and column of a table, by their names where they have some."""
    code = None if location.page_line is not None else location.row_code or location.row
    parts: list[Part] = []
    # Of a table in a document nobody counts the rows: where a row has words they tell it.
    is_counted = bool(location.row_code) or location.table is None
    if code is not None and location.row_label and is_counted:
        parts.append(("place-row-label", {"row": code, "label": location.row_label}))
    elif location.row_label:
        parts.append(("place-row-words", {"label": location.row_label}))
    elif code is not None and location.cell is None:
        parts.append(("place-row", {"row": code}))
    if location.column_name:
        parts.append(("place-column-name", {"column": location.column_name}))
    return parts


def _line(location: Location) -> list[Part]:
    """Line and column of a text file."""
    if location.line is None:
        return []
    if location.column is None:
        return [("place-line", {"line": location.line})]
    return [("place-line-column", {"line": location.line, "column": location.column})]


def _pointer(location: Location) -> list[Part]:
    """The field's path, where nothing else says the place."""
    return [("place-pointer", {"pointer": location.pointer})] if location.pointer else []

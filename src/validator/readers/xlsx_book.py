"""The parts of a workbook that its sheets share: sheet list, texts, formats."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.bounds import clipped
from validator.readers.number_format import BUILT_IN
from validator.readers.safe_xml import attribute, child, elements, integer, local, root_of
from validator.readers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from validator.readers.archive import Archive

_MOST_PART = 40_000_000
_MOST_TEXTS = 200_000_000


@record
class SheetEntry:
    """A sheet: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@record
class Book:
    """What all sheets of a workbook need."""

    sheets: tuple[SheetEntry, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def open_book(archive: Archive) -> Book:
    """Return the workbook in *archive*."""
    main = "xl/workbook.xml"
    root = _tree(archive, main)
    if root is None:
        raise Unreadable("damaged")
    relations = _relations(archive, main)
    properties = child(root, "workbookPr")
    return Book(
        sheets=tuple(_sheets(root, relations, archive)),
        texts=_texts(archive),
        formats=_formats(_tree(archive, "xl/styles.xml")),
        from_1904=properties is not None and properties.get("date1904") in {"1", "true"},
    )


def text_of(element: Element) -> str:
    """Return the text of a string item: plain, or of several runs; reading aids left out."""
    parts: list[str] = []
    for found in element:
        match local(found.tag):
            case "t":
                parts.append(found.text or "")
            case "r":
                text = child(found, "t")
                parts.append("" if text is None else text.text or "")
            case _:
                pass
    return "".join(parts)


def _sheets(root: Element, relations: dict[str, str], archive: Archive) -> Iterator[SheetEntry]:
    for place, sheet in enumerate(child(root, "sheets") or (), start=1):
        part = relations.get(attribute(sheet, "id") or "", f"xl/worksheets/sheet{place}.xml")
        if part in archive.names:
            yield SheetEntry(
                name=sheet.get("name", ""),
                part=part,
                hidden=sheet.get("state", "visible") != "visible",
            )


def _relations(archive: Archive, main: str) -> dict[str, str]:
    """Return id → part for what the workbook names."""
    folder, name = posixpath.split(main)
    root = _tree(archive, f"{folder}/_rels/{name}.rels")
    found: dict[str, str] = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found[relation.get("Id", "")] = posixpath.normpath(path)
    return found


def _texts(archive: Archive) -> tuple[str, ...]:
    """Return the shared texts by number."""
    name = "xl/sharedStrings.xml"
    if name not in archive.names:
        return ()
    texts: list[str] = []
    with archive.stream(name, _MOST_TEXTS) as stream:
        root: Element | None = None
        for event, element in elements(stream):
            root = element if root is None else root
            if event == "end" and local(element.tag) == "si":
                texts.append(clipped(text_of(element)))
                root.clear()
    return tuple(texts)


def _formats(root: Element | None) -> tuple[str, ...]:
    """Return the number format of each cell style."""
    if root is None:
        return ()
    own = {
        integer(attribute(entry, "numFmtId")): attribute(entry, "formatCode") or ""
        for entry in child(root, "numFmts") or ()
    }
    codes: list[str] = []
    for style in child(root, "cellXfs") or ():
        key = integer(attribute(style, "numFmtId"))
        codes.append(own.get(key) or BUILT_IN.get(key, "General"))
    return tuple(codes)


def _tree(archive: Archive, name: str) -> Element | None:
    if name not in archive.names:
        return None
    with archive.stream(name, _MOST_PART) as stream:
        return root_of(stream)

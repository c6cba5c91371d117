"""The parts of a workbook that its sheets share: sheet list, texts, formats."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.record import record
from validator.readers.bounds import clipped
from validator.readers.joining import raised
from validator.readers.number_format import BUILT_IN
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import attribute, child, elements, inside, integer, local, root_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from validator.readers.archive import Archive
    from validator.readers.compartment import Compartments

_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false"})
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
    """What all sheets of a workbook need.

    ``struck_texts`` are the shared texts, ``struck_styles`` the cell styles that have a line through
    them; ``is_stale`` says that the results of formulas are not to be relied on.
    """

    sheets: tuple[SheetEntry, ...]
    texts: tuple[str, ...]
    struck_texts: frozenset[int]
    formats: tuple[str, ...]
    struck_styles: frozenset[int]
    from_1904: bool
    is_stale: bool

    def is_style_struck(self, style: int) -> bool:
        """Whether the cells of a style have a line through them."""
        return style in self.struck_styles


def open_book(archive: Archive, apart: Compartments) -> Book:
    """Return the workbook in *archive*; parts that are damaged are told by *apart*."""
    main = "xl/workbook.xml"
    root = _tree(archive, main)
    if root is None:
        raise Unreadable("damaged")
    unrelated: dict[str, str] = {}
    relations = apart.part(f"{main}.rels", Location(), partial(_relations, archive, main), unrelated)
    texts = _Texts()
    apart.part(_SHARED, Location(), partial(texts.read, archive), None)
    nothing: Element | None = None
    styles = apart.part(_STYLES, Location(), partial(_tree, archive, _STYLES), nothing)
    properties = child(root, "workbookPr")
    return Book(
        sheets=tuple(_sheets(root, relations, archive)),
        texts=tuple(texts.found),
        struck_texts=frozenset(texts.struck),
        formats=_formats(styles),
        struck_styles=_struck_styles(styles),
        from_1904=properties is not None and properties.get("date1904") in _YES,
        is_stale=_is_stale(child(root, "calcPr")),
    )


def _is_stale(calculation: Element | None) -> bool:
    """Whether a workbook asks to be worked out anew when it is opened, or was saved before it was."""
    if calculation is None:
        return False
    by_hand = calculation.get("calcMode") == "manual" and calculation.get("calcOnSave") in _NO
    return by_hand or calculation.get("fullCalcOnLoad") in _YES or calculation.get("calcCompleted") in _NO


def text_of(element: Element) -> str:
    """Return the text of a string item, plain or of several runs.

    Reading aids and what is struck through are left out; raised digits stay raised.
    """
    parts: list[str] = []
    for found in element:
        match local(found.tag):
            case "t":
                parts.append(found.text or "")
            case "r":
                text, properties = child(found, "t"), child(found, "rPr")
                words = "" if text is None or _is_on(properties, "strike") else text.text or ""
                is_raised = value_of(properties, "vertAlign") == "superscript"
                parts.append(raised(words) if is_raised else words)
            case _:
                pass
    return "".join(parts)


def has_struck(element: Element) -> bool:
    """Whether a run of a string item is struck through."""
    return any(local(found.tag) == "r" and _is_on(child(found, "rPr"), "strike") for found in element)


def _is_on(properties: Element | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and attribute(found, "val") not in _NO


def _sheets(root: Element, relations: dict[str, str], archive: Archive) -> Iterator[SheetEntry]:
    for place, sheet in enumerate(inside(root, "sheets"), start=1):
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


@dataclass(slots=True)
class _Texts:
    """The shared texts by number, and the numbers of those that are struck through in part."""

    found: list[str] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)

    def read(self, archive: Archive) -> None:
        """Read the texts, if the workbook shares any."""
        if _SHARED not in archive.names:
            return
        with archive.stream(_SHARED, _MOST_TEXTS) as stream:
            root: Element | None = None
            for event, element in elements(stream):
                root = element if root is None else root
                if event == "end" and local(element.tag) == "si":
                    if has_struck(element):
                        self.struck.append(len(self.found))
                    self.found.append(clipped(text_of(element)))
                    root.clear()


def _formats(root: Element | None) -> tuple[str, ...]:
    """Return the number format of each cell style."""
    if root is None:
        return ()
    own = {
        integer(attribute(entry, "numFmtId")): attribute(entry, "formatCode") or ""
        for entry in inside(root, "numFmts")
    }
    codes: list[str] = []
    for style in inside(root, "cellXfs"):
        key = integer(attribute(style, "numFmtId"))
        codes.append(own.get(key) or BUILT_IN.get(key, "General"))
    return tuple(codes)


def _struck_styles(root: Element | None) -> frozenset[int]:
    """Return the numbers of the cell styles whose font has a line through it."""
    fonts = [_is_on(font, "strike") for font in inside(root, "fonts")]
    styles = [integer(attribute(style, "fontId")) for style in inside(root, "cellXfs")]
    return frozenset(at for at, font in enumerate(styles) if font < len(fonts) and fonts[font])


def _tree(archive: Archive, name: str) -> Element | None:
    if name not in archive.names:
        return None
    with archive.stream(name, _MOST_PART) as stream:
        return root_of(stream)

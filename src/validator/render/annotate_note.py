"""The comments of one sheet: their part, the drawing with their boxes, what ties them to the sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from validator.readers.safe_xml import attribute, local
from validator.readers.xlsx import place_of
from validator.render import annotate_vml as vml
from validator.render.annotate_cell import Anchor
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from validator.render.annotate_package import Package
    from validator.render.annotate_words import Lines

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_STRICT = "http://purl.oclc.org/ooxml"
_BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_BASE = f"{_STRICT}/officeDocument/relationships"
# What a sheet's part holds behind the drawing of its comments.
_BEHIND = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
_LONGEST = 30_000
_LINE = 60
# Excel reads ``_x0041_`` in texts as a character; what only looks so is escaped.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class SheetNotes:
    """Writes the comments of the sheet *part*; others that are there stay."""

    def __init__(self, package: Package, part: str, lang: str) -> None:
        self._package = package
        self._part = part
        self._lang = lang
        comments = package.related(part, "comments")
        self._comments = None if comments is None else comments[1]
        self._drawing = self._drawing_part()

    @property
    def threaded(self) -> set[Anchor]:
        """The cells with a conversation, which takes the place of a comment of the old kind."""
        found = self._package.related(self._part, "threadedComment")
        root = None if found is None else self._package.tree(found[1])
        return self._cells_of(root, "threadedComment")

    @property
    def commented(self) -> set[Anchor]:
        """The cells with a comment."""
        root = None if self._comments is None else self._package.tree(self._comments)
        return self._cells_of(root, "comment")

    @property
    def obstacle(self) -> str | None:
        """The part of the sheet to which comments, or boxes for them, cannot be added, if there is one."""
        for name in (self._part, *([self._comments] if self._comments else [])):
            root = self._package.tree(name)
            if root is not None and not etree.QName(root).namespace:
                return name
        drawing = None if self._drawing is None else self._package.part(self._drawing)
        return None if drawing is None or vml.can_grow(drawing) else self._drawing

    def write(self, sheet: _Element, notes: Mapping[Anchor, Iterable[Lines]]) -> None:
        """Write a comment into each cell, below the one that it has."""
        space = etree.QName(sheet).namespace or ""
        base = _STRICT_BASE if space.startswith(_STRICT) else _BASE
        root = self._comment_root(space, base)
        author = self._author(root)
        there = {each.get("ref"): each for each in root.iter(f"{{{space}}}comment")}
        boxes: list[tuple[int, int, int]] = []
        for anchor, lines in notes.items():
            runs = _runs(lines, message("annotate/cut", self._lang))
            held = there.get(anchor.name)
            if held is None:
                boxes.append((anchor.row, anchor.column, sum(1 + len(text) // _LINE for text, _ in runs)))
            self._add(root, held, anchor, author, runs)
        if boxes:
            self._draw(sheet, base, boxes)

    def _add(
        self, root: _Element, held: _Element | None, anchor: Anchor, author: str, runs: list[tuple[str, bool]]
    ) -> None:
        space = etree.QName(root).namespace or ""
        if held is None:
            listed = next(each for each in root if local(each.tag) == "commentList")
            held = etree.SubElement(listed, f"{{{space}}}comment", {"ref": anchor.name, "authorId": author})
        text = next((each for each in held if local(each.tag) == "text"), None)
        if text is None:
            text = etree.Element(f"{{{space}}}text")
            held.insert(0, text)
        for number, (line, strong) in enumerate(runs):
            run = etree.SubElement(text, f"{{{space}}}r")
            look = etree.SubElement(run, f"{{{space}}}rPr")
            if strong:
                etree.SubElement(look, f"{{{space}}}b")
            etree.SubElement(look, f"{{{space}}}sz").set("val", "9")
            etree.SubElement(look, f"{{{space}}}rFont").set("val", "Tahoma")
            written = etree.SubElement(run, f"{{{space}}}t")
            written.set(_XML_SPACE, "preserve")
            is_first = number == 0 and len(text) == 1
            written.text = _ESCAPED.sub("_x005F_", line if is_first else f"\n{line}")

    def _comment_root(self, space: str, base: str) -> _Element:
        root = None if self._comments is None else self._package.edited(self._comments)
        if root is None:
            root = etree.Element(f"{{{space}}}comments", nsmap=cast("Any", {None: space}))
            name = self._package.new_name("xl/comments{}.xml")
            self._package.add_tree(name, root)
            self._package.declare(name, _COMMENTS)
            self._package.relate(self._part, base, "comments", name)
        own = etree.QName(root).namespace or ""
        for place, name in enumerate(("authors", "commentList")):
            if not any(local(each.tag) == name for each in root):
                root.insert(place, etree.Element(f"{{{own}}}{name}"))
        return root

    def _author(self, root: _Element) -> str:
        """Return the number of our author, who is named last."""
        authors = next(each for each in root if local(each.tag) == "authors")
        etree.SubElement(authors, f"{{{etree.QName(root).namespace}}}author").text = message(
            "annotate/author", self._lang
        )
        return str(len(authors) - 1)

    def _draw(self, sheet: _Element, base: str, boxes: list[tuple[int, int, int]]) -> None:
        if self._drawing is not None:
            drawing = self._package.part(self._drawing) or b""
            self._package.put(self._drawing, vml.with_notes(drawing, boxes))
            return
        name = self._package.new_name("xl/drawings/vmlDrawing{}.vml")
        self._package.put(name, vml.with_notes(vml.new_drawing(self._free_block()), boxes))
        self._package.declare_extension("vml", _VML)
        key = self._package.relate(self._part, base, "vmlDrawing", name)
        space = etree.QName(sheet).namespace or ""
        tie = next((each for each in sheet if local(each.tag) == "legacyDrawing"), None)
        if tie is None:
            tie = etree.Element(f"{{{space}}}legacyDrawing")
            behind = next((each for each in sheet if local(each.tag) in _BEHIND), None)
            sheet.append(tie) if behind is None else behind.addprevious(tie)
        tie.set(f"{{{base}}}id", key)

    def _free_block(self) -> int:
        """Return a block of ids that no drawing of the workbook has claimed."""
        drawings = [name for name in self._package.names if name.casefold().endswith(".vml")]
        claimed = [vml.blocks_of(self._package.latest(name) or b"") for name in drawings]
        return max((block for blocks in claimed for block in blocks), default=0) + 1

    def _drawing_part(self) -> str | None:
        """Return the part that holds the boxes of the sheet's comments."""
        sheet = self._package.tree(self._part)
        tie = (
            None
            if sheet is None
            else next((each for each in sheet if local(each.tag) == "legacyDrawing"), None)
        )
        target = (
            None if tie is None else self._package.target(self._part, attribute(cast("Any", tie), "id") or "")
        )
        return target if target in self._package.names else None

    def _cells_of(self, root: _Element | None, name: str) -> set[Anchor]:
        found = root.iter() if root is not None else ()
        places = [place_of(each.get("ref") or "") for each in found if local(each.tag) == name]
        return {Anchor(self._part, *place) for place in places if place is not None}


def _runs(notes: Iterable[Lines], cut: str) -> list[tuple[str, bool]]:
    """Return the lines of notes, each with whether it is strong, as many as a comment can hold."""
    runs: list[tuple[str, bool]] = []
    left = _LONGEST
    for lines in notes:
        for place, line in enumerate(lines):
            left -= len(line) + 1
            if left < 0:
                return [*runs, (cut, False)]
            runs.append((line, place == 0))
    return runs

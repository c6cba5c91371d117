"""Cell styles of a workbook that are as before, but filled with a colour."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from validator.readers.safe_xml import integer, local

if TYPE_CHECKING:
    from lxml.etree import _Element

Fill = tuple[str, str, str]
"""A pattern, its colour, and that of the ground under it."""
NOTE: Fill = ("solid", "FFFFF2CC", "")
_AFTER_FILLS = frozenset({"borders", "cellStyleXfs", "cellXfs"})


class Fills:
    """Adds styles to the part that holds them; each style is copied once."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._styles = _child(root, "cellXfs") if etree.QName(root).namespace else None
        self._fills: dict[Fill, str] = {}
        self._made: dict[tuple[int, Fill], str] = {}
        self._wrapping = ""

    def fill(self, cell: _Element, fill: Fill = NOTE) -> None:
        """Fill *cell*; its number format, borders, font and protection stay."""
        style = integer(cell.get("s"))
        if self._styles is None or style >= len(self._styles):
            return
        if (style, fill) not in self._made:
            if fill not in self._fills:
                self._fills[fill] = self._new_fill(*fill)
            copy = deepcopy(self._styles[style])
            copy.set("fillId", self._fills[fill])
            copy.set("applyFill", "1")
            self._styles.append(copy)
            self._styles.set("count", str(len(self._styles)))
            self._made[style, fill] = str(len(self._styles) - 1)
        cell.set("s", self._made[style, fill])

    def wrap(self, cell: _Element) -> None:
        """Break the text of *cell*, which has no style of its own, into lines of its column."""
        if self._styles is None or len(self._styles) == 0:
            return
        if not self._wrapping:
            copy = deepcopy(self._styles[0])
            for each in [each for each in copy if local(each.tag) == "alignment"]:
                copy.remove(each)
            space = etree.QName(self._root).namespace or ""
            alignment = {"vertical": "top", "wrapText": "1"}
            copy.insert(0, etree.Element(f"{{{space}}}alignment", alignment))
            copy.set("applyAlignment", "1")
            self._styles.append(copy)
            self._styles.set("count", str(len(self._styles)))
            self._wrapping = str(len(self._styles) - 1)
        cell.set("s", self._wrapping)

    def _new_fill(self, pattern_type: str, colour: str, ground: str) -> str:
        """Add the fill; return its number."""
        space = etree.QName(self._root).namespace or ""
        fills = _child(self._root, "fills")
        if fills is None:
            fills = etree.Element(f"{{{space}}}fills")
            for kind in ("none", "gray125"):
                etree.SubElement(etree.SubElement(fills, f"{{{space}}}fill"), f"{{{space}}}patternFill").set(
                    "patternType", kind
                )
            following = next(each for each in self._root if local(each.tag) in _AFTER_FILLS)
            following.addprevious(fills)
        pattern = etree.SubElement(etree.SubElement(fills, f"{{{space}}}fill"), f"{{{space}}}patternFill")
        pattern.set("patternType", pattern_type)
        etree.SubElement(pattern, f"{{{space}}}fgColor").set("rgb", colour)
        below = etree.SubElement(pattern, f"{{{space}}}bgColor")
        below.set(*(("rgb", ground) if ground else ("indexed", "64")))
        fills.set("count", str(len(fills)))
        return str(len(fills) - 1)


def _child(element: _Element, name: str) -> _Element | None:
    return next((each for each in element if local(each.tag) == name), None)

"""The elements of a web page → paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.readers.bounds import clipped
from validator.readers.compartment import Compartments
from validator.readers.joining import raised
from validator.readers.paragraph import RawCell, RawItem, RawParagraph, RawTable
from validator.readers.safe_xml import integer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


MOST_CELLS = 100_000
_MOST_SPAN = 1000
_SILENT = frozenset({"script", "style", "head", "title", "template", "textarea", "select", "noscript"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul",
})  # fmt: skip
_STRUCK, _STRONG, _LISTS = frozenset({"s", "strike", "del"}), frozenset({"b", "strong", "th"}), ("ol", "ul")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_RUN = re.compile(" {2,}")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_STRUCK_STYLE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through")
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center")


@dataclass(slots=True, frozen=True)
class _Look:
    """How text is set, as its elements hand it down."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    strong: bool = False
    centred: bool = False
    heading: int = 0
    depth: int = -1

    def inside(self, element: _Element, name: str) -> _Look:
        """Return how text inside *element* is set."""
        style = (element.get("style") or "").casefold()
        return _Look(
            hidden=self.hidden or element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(style)),
            struck=self.struck or name in _STRUCK or bool(_STRUCK_STYLE.search(style)),
            raised=self.raised or name == "sup" or bool(_RAISED_STYLE.search(style)),
            strong=self.strong or name in _STRONG or bool(_BOLD_STYLE.search(style)),
            centred=self.centred or _is_centred(element, name, style),
            heading=int(name[1]) if re.fullmatch("h[1-6]", name) else self.heading,
            depth=self.depth + (name in _LISTS),
        )


def _is_centred(element: _Element, name: str, style: str) -> bool:
    return name == "center" or element.get("align") == "center" or bool(_CENTRED_STYLE.search(style))


@dataclass(slots=True)
class Page:
    """Goes through a page in reading order and gathers its paragraphs and tables."""

    apart: Compartments
    items: list[RawItem] = field(default_factory=list)
    hidden_text: int = 0
    struck_text: int = 0
    is_cut: bool = False
    last_row: int = 0
    cells: int = 0
    tables: int = 0
    parts: list[tuple[str, _Look]] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    marker: str = ""

    def read(self, root: _Element) -> None:
        """Read everything inside *root*."""
        self._enter(root, _Look())
        self._flush()

    def _enter(self, element: _Element, look: _Look) -> None:
        """Read an element and the text inside it."""
        name = str(element.tag).casefold()
        if name in _SILENT:
            return
        look = look.inside(element, name)
        if name == "br":
            self.parts.append(("\n", look))
        elif name == "table":
            self._flush()
            self.tables += 1
            place = Location(table=self.tables)
            nothing: list[RawItem] = []
            self.items += self.apart.one(place, partial(self._table, element, look), nothing)
        else:
            is_block = name in _BLOCKS
            if is_block:
                self._flush()
            if name in _LISTS:
                self.numbers.append(integer(element.get("start"), 1) if name == "ol" else None)
            elif name == "li":
                self._begin_item()
            self._contents(element, look)
            if name in _LISTS:
                self.numbers.pop()
            if is_block:
                self._flush()

    def _begin_item(self) -> None:
        """Take down the number or bullet that a browser shows before an item of a list."""
        number = self.numbers[-1] if self.numbers else None
        self.marker = "-" if number is None else f"{number}."
        if number is not None:
            self.numbers[-1] = number + 1

    def _contents(self, element: _Element, look: _Look) -> None:
        self._add(element.text, look)
        for below in element:
            self._enter(below, look)
            self._add(below.tail, look)

    def _add(self, text: str | None, look: _Look) -> None:
        text = _SPACE.sub(" ", text or "")
        if look.hidden or look.struck:
            self.hidden_text += look.hidden and bool(text.strip())
            self.struck_text += not look.hidden and bool(text.strip())
        elif text:
            self.parts.append((raised(text) if look.raised else text, look))

    def _flush(self) -> None:
        """End a paragraph."""
        parts, self.parts = self.parts, []
        text = re.sub(" ?\n ?", "\n", _SPACE_RUN.sub(" ", "".join(text for text, _ in parts))).strip(" \n")
        looks = [look for part, look in parts if part.strip()]
        if not text:
            return
        marker, self.marker = self.marker, ""
        self.items.append(
            RawParagraph(
                text=clipped(text),
                heading=looks[0].heading,
                marker=marker,
                indent=max(looks[0].depth, 0),
                strong=all(look.strong for look in looks),
                centred=looks[0].centred,
            )
        )

    def _table(self, element: _Element, look: _Look) -> list[RawItem]:
        """Return a table and, after it, the tables that stand in its cells."""
        table, nested = RawTable(cells=[]), list[RawItem]()
        headers: list[int] = []
        taken: dict[int, int] = {}
        for number, row in enumerate(_rows(element)):
            if self.is_cut:
                break
            if _is_in_head(row):
                headers.append(number)
            self._row(row, number, taken, look.inside(row, "tr"), table, nested)
            taken = {column: left - 1 for column, left in taken.items() if left > 1}
        table.header_rows = tuple(headers)
        titles = [self._cell(each, look)[0] for each in element if each.tag == "caption"]
        table.title = " ".join(titles) or None
        return [table, *nested] if table.cells else nested

    def _row(
        self,
        row: _Element,
        number: int,
        taken: dict[int, int],
        look: _Look,
        table: RawTable,
        nested: list[RawItem],
    ) -> None:
        column = 0
        for element in row:
            if element.tag not in {"td", "th"}:
                continue
            while taken.get(column):
                column += 1
            self.cells += 1
            if self.cells > MOST_CELLS or column >= _MOST_SPAN:
                self.is_cut, self.last_row = True, number + 1
                return
            text, aside = self._cell(element, look)
            nested += aside
            wide = min(max(integer(element.get("colspan"), 1), 1), _MOST_SPAN)
            high = min(max(integer(element.get("rowspan"), 1), 1), _MOST_SPAN)
            cell = RawCell(text=text, row=number, column=column, row_span=high, column_span=wide)
            table.cells.append(cell)
            taken |= dict.fromkeys(range(column, column + wide), high) if high > 1 else {}
            column += wide

    def _cell(self, element: _Element, look: _Look) -> tuple[str, list[RawItem]]:
        """Return the text of a cell, and the tables in it that are more than a frame of one text."""
        outer, self.items = self.items, []
        waiting, self.parts = self.parts, []
        self._contents(element, look.inside(element, str(element.tag)))
        self._flush()
        found, self.items, self.parts = self.items, outer, waiting
        lines: list[str] = []
        aside: list[RawItem] = []
        for item in found:
            filled = [cell for cell in item.cells if cell.text] if isinstance(item, RawTable) else []
            if isinstance(item, RawParagraph):
                lines.append(f"{item.marker} {item.text}".strip())
            elif len(filled) == 1:
                lines.append(filled[0].text)
            else:
                aside.append(item)
        return clipped("\n".join(lines)), aside


def _rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows of a table, not those of tables inside it."""
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in element if row.tag == "tr")


def _is_in_head(row: _Element) -> bool:
    above = row.getparent()
    return above is not None and above.tag == "thead"

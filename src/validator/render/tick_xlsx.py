"""A workbook → a copy with tick marks: filled cells, and a sheet that says what they were tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

from validator.model.tick import TickKind
from validator.readers.compartment import Compartments
from validator.readers.reader import Unreadable
from validator.readers.safe_xml import local
from validator.readers.xlsx_book import open_book
from validator.render.annotate_active import leave_out_what_acts
from validator.render.annotate_cell import Cells
from validator.render.annotate_fill import Fills
from validator.render.annotate_package import Package
from validator.render.annotate_plan import Spot
from validator.render.tick_words import TickWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from validator.model.tick import Ticks
    from validator.render.annotate_cell import Anchor
    from validator.render.annotate_fill import Fill

_MAIN = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STRICT = "http://purl.oclc.org/ooxml"
_RELATION = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_FILLS: dict[TickKind, Fill] = {
    TickKind.TIED: ("solid", "FFD9EAD3", ""),
    TickKind.DIFFERS: ("lightUp", "FFC0392B", "FFF4C7C3"),
    TickKind.OPEN: ("gray0625", "FF7F6000", "FFFFF2CC"),
    TickKind.NAME: ("solid", "FFE7E6E6", ""),
}
_WORST = (TickKind.DIFFERS, TickKind.OPEN, TickKind.TIED, TickKind.NAME)
"""Of several figures in one cell the first of these fills it."""
_WIDTHS = (6, 60, 90)
_FILLED = 0.85
"""How much of a line words fill before they are broken."""
_LINE = 15
_LONGEST_NAME = 31


def tick(data: bytes, ticks: Ticks, lang: str) -> bytes:
    """Return a copy of the workbook *data* with tick marks. Raises Unreadable as the reader does."""
    package = Package(data)
    leave_out_what_acts(package, _MAIN)
    book = open_book(package.archive, Compartments(""))
    cells = Cells(package, book)
    found: dict[Anchor, set[TickKind]] = {}
    unmarked = 0
    for figure in ticks.figures:
        anchor = cells.find(Spot(location=figure.location, raw=figure.text))
        unmarked += anchor is None
        if anchor is not None:
            found.setdefault(anchor, set()).add(figure.kind)
    styles = package.edited(_STYLES)
    fills = None if styles is None else Fills(styles)
    for part in dict.fromkeys(anchor.part for anchor in found):
        package.edited(part)
    for anchor, kinds in found.items():
        if fills is not None:
            worst = next(kind for kind in _WORST if kind in kinds)
            fills.fill(cells.of(anchor.part)[anchor], _FILLS[worst])
    _add_sheet(package, TickWords(ticks, lang), fills, len(ticks.figures) if fills is None else unmarked)
    return package.written()


def _add_sheet(package: Package, words: TickWords, fills: Fills | None, unmarked: int) -> None:
    """Add the sheet with the legend and the comparisons behind all others."""
    root = package.edited(_MAIN)
    sheets = None if root is None else next((each for each in root if local(each.tag) == "sheets"), None)
    if root is None or sheets is None:
        raise Unreadable("damaged", part=_MAIN)
    space = etree.QName(root).namespace or ""
    part = package.new_name("xl/worksheets/tick-marks{}.xml")
    package.add_tree(part, _sheet(space, words, fills, unmarked))
    package.declare(part, _TYPE)
    base = _RELATION[space.startswith(_STRICT)]
    key = package.relate(_MAIN, base, "worksheet", part)
    ids = [int(number) for each in sheets if (number := str(each.get("sheetId"))).isdigit()]
    names = {str(each.get("name")).casefold() for each in sheets}
    attributes = {"name": _new_name(words.word("sheet"), names), "sheetId": str(max(ids, default=0) + 1)}
    etree.SubElement(sheets, f"{{{space}}}sheet", {**attributes, f"{{{base}}}id": key})


def _new_name(name: str, taken: set[str]) -> str:
    """Return a name that no sheet has, as long as names may be."""
    tries = (name if number == 1 else f"{name} ({number})" for number in range(1, len(taken) + 2))
    return next(each[:_LONGEST_NAME] for each in tries if each[:_LONGEST_NAME].casefold() not in taken)


def _sheet(space: str, words: TickWords, fills: Fills | None, unmarked: int) -> _Element:
    root = etree.Element(f"{{{space}}}worksheet", nsmap=cast("dict[str, str]", {None: space}))
    shown = etree.SubElement(root, f"{{{space}}}sheetPr")
    etree.SubElement(shown, f"{{{space}}}pageSetUpPr", {"fitToPage": "1"})
    etree.SubElement(root, f"{{{space}}}sheetFormatPr", {"defaultRowHeight": "15"})
    columns = etree.SubElement(root, f"{{{space}}}cols")
    for number, width in enumerate(_WIDTHS, start=1):
        attributes = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, f"{{{space}}}col", attributes)
    rows = etree.SubElement(root, f"{{{space}}}sheetData")
    for number, (kind, texts) in enumerate(_lines(words, unmarked), start=1):
        lines = max(
            1 + len(text) // int(width * _FILLED) for text, width in zip(texts, _WIDTHS, strict=False)
        )
        height = {"ht": str(lines * _LINE), "customHeight": "1"} if lines > 1 else {}
        row = etree.SubElement(rows, f"{{{space}}}row", {"r": str(number), **height})
        for letter, text in zip("ABC", texts, strict=False):
            if text:
                _add_cell(row, f"{letter}{number}", text)
        if fills is not None:
            for cell in row:
                fills.wrap(cell)
            if kind is not None:
                fills.fill(row[0], _FILLS[kind])
    setup = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    etree.SubElement(root, f"{{{space}}}pageSetup", setup)
    return root


def _lines(words: TickWords, unmarked: int) -> Iterator[tuple[TickKind | None, tuple[str, ...]]]:
    """Yield the rows of the sheet; a row of a kind begins with its sign."""
    yield None, ("", words.title)
    yield None, ("", words.sum)
    for kind, about in words.legend():
        yield kind, (kind.sign, about)
    if unmarked:
        yield None, ("", words.word("unmarked", count=unmarked))
    listed = list(words.ties())
    yield None, ("", words.count if listed else words.word("no-ties"))
    if listed:
        yield None, ("", words.word("column-what"), words.word("column-figures"))
    for kind, what, figures in listed:
        yield kind, (kind.sign, what, figures)
    if words.more_ties:
        yield None, ("", words.more_ties)


def _add_cell(row: _Element, name: str, text: str) -> None:
    """Add a text; it is no formula, whatever it begins with."""
    space = etree.QName(row).namespace or ""
    cell = etree.SubElement(row, f"{{{space}}}c", {"r": name, "t": "inlineStr"})
    written = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    written.text = text

"""A page of a Word document as Vietnamese offices set it: paper, fonts, paragraphs, tables."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from validator.render.package import stamp, without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
BODY, TABLE, SMALL = 13, 11, 9
_FONT = "Times New Roman"
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_SHADE = "F2F2F2"
_SPARE = ("/stylesWithEffects", "/thumbnail", "/customXml")
_AIR = 40  # twentieths of a point


def blank_page(lang: str, title: str, day: date | None) -> WordDocument:
    """Return an empty document on A4 across, numbered from its second page on."""
    document = Document(io.BytesIO(_template()))
    _normal(document, lang)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.language = title, _LANGUAGES.get(lang, lang)
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = stamp(day).replace(tzinfo=None)
    return document


@cache
def _template() -> bytes:
    """Return the library's template without the parts that no page of ours uses, read for each page anew."""
    document = Document()
    for links in (document.part.rels, document.part.package.rels):
        for key in [key for key, link in links.items() if link.reltype.endswith(_SPARE)]:
            links.pop(key)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _normal(document: WordDocument, lang: str) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(BODY)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    for kind in ("eastAsia", "cs"):
        properties.rFonts.set(qn(f"w:{kind}"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES.get(lang, lang))
    properties.append(language)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: int = BODY,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    before: int = 0,
) -> Paragraph:
    """Add *text* (harmless already) to *paragraph*; sizes and spaces are in points."""
    run = paragraph.add_run(text)
    if size != BODY:
        run.font.size = Pt(size)
    # Only what differs is written: tables may have thousands of paragraphs.
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if align is not None:
        paragraph.alignment = align
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def heading(document: WordDocument, text: str) -> None:
    """Add the heading of a part, which stays with what follows."""
    paragraph = write(document.add_paragraph(), text, bold=True, before=10)
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = True


def sentence(document: WordDocument, text: str, *, italic: bool = False) -> None:
    """Add a paragraph of running text with an indented first line."""
    paragraph = write(document.add_paragraph(), text, italic=italic, align=JUSTIFIED, before=4)
    paragraph.paragraph_format.first_line_indent = Mm(10)


def point(document: WordDocument, text: str, *, inner: bool = False) -> None:
    """Add an item of a list, or of a list within one."""
    paragraph = write(document.add_paragraph(), f"{'+' if inner else '-'} {text}", align=JUSTIFIED, before=2)
    paragraph.paragraph_format.left_indent = Mm(16 if inner else 10)


def rule_below(paragraph: Paragraph, inset: int) -> None:
    """Draw a line under *paragraph*, *inset* millimetres from both sides."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(inset)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    cast("Any", properties).insert_element_before(borders, *_AFTER_BORDERS)


_AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr")
)


def columns(document: WordDocument, widths: Sequence[int]) -> list[_Cell]:
    """Add a row of cells without lines (*widths* in millimetres) and return them."""
    table = document.add_table(rows=1, cols=len(widths))
    _fix(table, widths)
    return add_cells(table, widths, row=0)


def ruled_table(document: WordDocument, widths: Sequence[int], titles: Sequence[str]) -> Table:
    """Add a table with lines whose first row holds *titles* and comes again on every page."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid"
    _fix(table, widths)
    for cell, title in zip(add_cells(table, widths, row=0), titles, strict=True):
        write(cell.paragraphs[0], title, size=TABLE, bold=True, align=CENTRE)
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - nor repeated rows
    row.append(OxmlElement("w:tblHeader"))
    return table


def add_cells(table: Table, widths: Sequence[int], row: int | None = None) -> list[_Cell]:
    """Return the cells of a new row (or of one that is there), which no page break splits."""
    line = cast("Any", table).add_row() if row is None else table.rows[row]
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
    cells = list(line.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
    return cells


def _fix(table: Table, widths: Sequence[int]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side, size in (("top", _AIR), ("left", 2 * _AIR), ("bottom", _AIR), ("right", 2 * _AIR)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(size))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The order of these elements is part of the format: the look comes last.
    cast("Any", table._tbl.tblPr).insert_element_before(margins, "w:tblLook")  # noqa: SLF001 - as above


def saved(document: WordDocument) -> bytes:
    """Return the document as the bytes of a .docx file, the same ones every time."""
    target = io.BytesIO()
    document.save(target)
    return without_clock(target.getvalue())

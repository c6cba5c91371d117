"""The formats of documents: by what they are known, read and written back, in one table."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.model.record import evolve, record

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
PDF = "application/pdf"
RTF = "application/rtf"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HTML = "text/html"
MHTML = "multipart/related"
WORD_XML = "application/vnd.ms-word+xml"
EXCEL_XML = "application/vnd.ms-excel+xml"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
ENCRYPTED = "application/encrypted"
DAMAGED = "application/x-damaged-zip"
EMPTY = "application/x-empty"
BINARY = "application/octet-stream"
PICTURE = "image"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_LATER_SIGNS = (b"WEBP", b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


@record
class Format:
    """How documents of one media type are read and written back.

    ``suffixes`` are what names of such files end in, where names are asked. ``reader`` is the module of
    this package that has a function ``read``, ``library`` what it needs of the extra ``documents``. What
    LibreOffice converts first is called by ``converted_from`` there and read as ``converted_to``. ``writer``
    ends the names of the modules in ``render/`` that write copies with comments (``annotate_…``) and with
    tick marks (``tick_…``).
    """

    suffixes: tuple[str, ...] = ()
    reader: str
    library: str = ""
    is_text: bool = False
    is_sheet: bool = False
    converted_from: str = ""
    converted_to: str = ""
    writer: str = ""

    @property
    def suffix(self) -> str:
        """What the name of a new file of this format ends in; nothing if none is written."""
        return self.suffixes[0] if self.suffixes else ""


def _word(converted_from: str, *suffixes: str) -> Format:
    return Format(suffixes=suffixes, reader="office", converted_from=converted_from, converted_to=DOCX)


def _sheet(converted_from: str, *suffixes: str) -> Format:
    return evolve(_word(converted_from, *suffixes), is_sheet=converted_from != "xml", converted_to=XLSX)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        DOCX: Format(suffixes=(".docx", ".docm"), reader="docx", writer="docx"),
        XLSX: Format(suffixes=(".xlsx", ".xlsm"), reader="xlsx", writer="xlsx", is_sheet=True),
        PDF: Format(suffixes=(".pdf",), reader="pdf", library="pypdfium2"),
        DOC: _word("doc", ".doc"),
        XLS: _sheet("xls", ".xls"),
        XLSB: _sheet("xlsb"),
        ODT: _word("odt", ".odt"),
        ODS: _sheet("ods", ".ods"),
        RTF: _word("rtf", ".rtf"),
        WORD_XML: _word("xml"),
        EXCEL_XML: _sheet("xml"),
        HTML: Format(reader="html_file", library="lxml"),
        MHTML: Format(reader="html_file", library="lxml"),
        TEXT: Format(suffixes=(".txt",), reader="text", is_text=True),
        MARKDOWN: Format(suffixes=(".md", ".markdown"), reader="text", is_text=True),
        CSV: Format(suffixes=(".csv", ".tsv"), reader="csv_file", is_text=True, is_sheet=True),
    }
)
"""The formats that are read: a new one is a line here, its signs in `media_type.py`, reader and writer."""
STRUCTURED = (".yaml", ".yml", ".json")
"""How the names of reports end that are data, not documents."""
DOCUMENTS = tuple(suffix for each in FORMATS.values() for suffix in each.suffixes)
TEXTS = tuple(suffix for each in FORMATS.values() if each.is_text for suffix in each.suffixes)


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture, as telephones and scanners make them."""
    return head.startswith(_PICTURES) or any(sign in head[4:16] for sign in _LATER_SIGNS)

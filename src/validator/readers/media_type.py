"""The format of a file, told by its content; the name decides only between kinds of text."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from validator.readers.formats import (
    BINARY,
    DAMAGED,
    DOC,
    DOCX,
    EMPTY,
    ENCRYPTED,
    EXCEL_XML,
    FORMATS,
    HTML,
    MHTML,
    ODS,
    ODT,
    OLE,
    PDF,
    PICTURE,
    RTF,
    STRUCTURED,
    TEXT,
    TEXTS,
    WORD_XML,
    XLS,
    XLSB,
    XLSX,
    ZIP,
    is_picture,
)
from validator.readers.regular import open_regular

if TYPE_CHECKING:
    import zipfile
    from io import BufferedReader
    from pathlib import Path

_HEAD = 4096
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("EncryptionInfo", ENCRYPTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
)
_OFFICE_XML = (
    (b'progid="word.document"', WORD_XML),
    (b"schemas.microsoft.com/office/word/2003/wordml", WORD_XML),
    (b"schemas.microsoft.com/office/2006/xmlpackage", WORD_XML),
    (b'progid="excel.sheet"', EXCEL_XML),
    (b"urn:schemas-microsoft-com:office:spreadsheet", EXCEL_XML),
)
_BEFORE_A_PAGE = rb"(?:\s+|<\?[^>]*>|<!--[^>]*-->)*"
_PAGES = (b"<!doctype html", b"<html")
_PARTS_OF_A_PAGE = (b"<head", b"<body", b"<meta", b"<title", b"<style", b"<table", b"<div", b"<p>", b"<p ")
_TEXTS = frozenset({*TEXTS, *STRUCTURED})
_TEXT_SUFFIXES = {
    suffix: media_type for media_type, each in FORMATS.items() if each.is_text for suffix in each.suffixes
}


def media_type_of(path: Path) -> str:
    """Return the media type of the file at *path*.

    Raises OSError or ValueError, as `open_regular` does, where it cannot be opened.
    """
    with open_regular(path) as stream:
        head = stream.read(_HEAD)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _zip_type(stream)
        if head.startswith(_OLE_SIGNATURE):
            return _ole_type(stream)
    if not head:
        return EMPTY
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    if is_picture(head):
        return PICTURE
    suffix = path.suffix.lower()
    if marked := markup_of(head, suffix):
        return marked
    # Of what is called a text and is none, or is damaged, reading it tells the line.
    if suffix not in _TEXTS and _is_binary(head):
        return BINARY
    return _TEXT_SUFFIXES.get(suffix, TEXT)


def markup_of(head: bytes, suffix: str) -> str | None:
    """Return the format of a web page or of XML that an office program wrote, None for all else.

    A page may begin in the middle; a text that is called so may begin with a tag all the same.
    """
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.replace(b"\x00", b"")[2:]
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(b"mime-version:") and b"multipart/" in plain:
        return MHTML
    if plain.startswith(b"<?xml"):
        for sign, found in _OFFICE_XML:
            if sign in plain:
                return found
    start = re.sub(_BEFORE_A_PAGE, b"", plain, count=1) if plain.startswith(b"<") else plain
    is_page = start.startswith(_PAGES) or (suffix not in _TEXTS and start.startswith(_PARTS_OF_A_PAGE))
    return HTML if is_page else None


def _zip_type(stream: BufferedReader) -> str:
    """Tell an office package from other archives by the names of its members."""
    import zipfile

    from validator.readers.archive import FAULTS

    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:100] if _has_small_mimetype(archive) else b""
    except FAULTS:
        return DAMAGED
    declared_type = declared.decode("ascii", "replace").strip()
    for media_type in (ODT, ODS):
        if declared_type.startswith(media_type):
            return media_type
    main_parts = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSB))
    for name, media_type in main_parts:
        if name in names:
            return media_type
    for name, media_type in (("word/", DOCX), ("xl/", XLSX)):
        if "[Content_Types].xml" in names and any(member.startswith(name) for member in names):
            return media_type
    return ZIP


def _has_small_mimetype(archive: zipfile.ZipFile) -> bool:
    """Whether the archive declares its type as OpenDocument packages do."""
    return any(member.filename == "mimetype" and member.file_size <= 200 for member in archive.infolist())


def _ole_type(stream: BufferedReader) -> str:
    """Tell old Word, old Excel and encrypted packages by the names of their streams."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    content = stream.read(4_000_000)
    if size > 4_000_000:
        stream.seek(max(0, size - 2_000_000))
        content += stream.read(2_000_000)
    for name, media_type in _OLE_STREAMS:
        if name.encode("utf-16-le") + b"\x00\x00" in content:
            return media_type
    return OLE


def _is_binary(head: bytes) -> bool:
    """Whether *head* cannot be text in any of the encodings that are read."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    if b"\x00" in head:
        evens, odds = head[0::2].count(0), head[1::2].count(0)
        return max(evens, odds) < len(head) // 8 or min(evens, odds) > 2
    control = sum(byte < 9 or 13 < byte < 27 for byte in head)
    return control > len(head) // 50

"""How long the programs that convert a file may take, by what the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers import media_type as media

if TYPE_CHECKING:
    from pathlib import Path

OFFICE_SECONDS = 60
"""LibreOffice, which starts anew for each file."""
OCR_SECONDS = 900
"""Seconds for the recognition of a scanned PDF, which is asked for by hand."""
CONVERTED = frozenset({media.DOC, media.RTF, media.ODT, media.XLS, media.XLSB, media.ODS})
_HEAD = 200
_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"{\\rtf")


def conversion_seconds(source: Path | bytes, *, ocr: bool = False) -> int:
    """Return the seconds that are granted beyond reading itself."""
    return (OFFICE_SECONDS if _is_converted(source) else 0) + (OCR_SECONDS if ocr else 0)


def _is_converted(source: Path | bytes) -> bool:
    if isinstance(source, bytes):
        return source.startswith(_SIGNATURES) or b"opendocument" in source[:_HEAD]
    try:
        return media.media_type_of(source) in CONVERTED
    except (OSError, ValueError):
        return False

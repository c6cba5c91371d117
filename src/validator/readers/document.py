"""Any document that people submit → `Document`; the content decides the format, not the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.system_fault import fault_detail
from validator.readers import media_type as media
from validator.readers.document_result import DocumentResult, Input
from validator.readers.registry import reader_for
from validator.readers.unreadable import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 100_000_000

_REFUSED = {
    media.EMPTY: "empty-file",
    media.ENCRYPTED: "encrypted",
    media.ZIP: "unknown-archive",
    media.OLE: "unknown-format",
    media.BINARY: "unknown-format",
}


def read_document(path: Path, *, ocr: bool = False) -> DocumentResult:
    """Read the document at *path*; what is wrong with the file is a problem in the result.

    With *ocr* a scanned PDF is recognised first. Raises ValidatorError where an extra is missing.
    """
    try:
        size = path.stat().st_size
        media_type = media.media_type_of(path)
    except OSError as error:
        given = Input(path=path, file=str(path), media_type="", ocr=ocr)
        return given.refusal("cannot-open", reason=fault_detail(error))
    given = Input(path=path, file=str(path), media_type=media_type, ocr=ocr)
    if size > MOST_BYTES:
        return given.refusal("too-large", size=size // 1_000_000, most=MOST_BYTES // 1_000_000)
    if media_type in _REFUSED:
        return given.refusal(_REFUSED[media_type])
    reader = reader_for(media_type)
    if reader is None:
        return given.refusal("unknown-format")
    try:
        return reader(given)
    except Unreadable as fault:
        return given.refusal(fault.code, **fault.values)

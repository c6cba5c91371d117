"""Any document that people submit → `Document`; the content decides the format, not the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.limits import limits_of
from validator.model.location import Location
from validator.model.problem import ValidatorError
from validator.model.record import evolve
from validator.readers import formats as media
from validator.readers.encoding import cannot_open
from validator.readers.media_type import media_type_of
from validator.readers.reader import DocumentResult, Input, Unreadable, reader_for

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.limits import Limits

MOST_BYTES = 100_000_000

_REFUSED = {
    media.EMPTY: "empty-file",
    media.ENCRYPTED: "encrypted",
    media.DAMAGED: "damaged",
    media.ZIP: "unknown-archive",
    media.PICTURE: "is-picture",
}
_UNKNOWN = (media.OLE, media.BINARY)


def read_document(path: Path, *, ocr: bool = False, limits: Limits | None = None) -> DocumentResult:
    """Read the document at *path*; what is wrong with the file is a problem in the result.

    With *ocr* a scanned PDF is recognised first. The programs that convert a file have time within
    *limits*, those of the environment if there are none.
    """
    try:
        media_type = media_type_of(path)
        size = path.stat().st_size
    except (OSError, ValueError) as fault:
        return DocumentResult(document=None, problems=(cannot_open(str(path), fault),))
    given = Input(path=path, file=str(path), media_type=media_type, ocr=ocr, limits=limits or limits_of())
    if size > MOST_BYTES:
        return given.refusal("too-large", size=size // 1_000_000, most=MOST_BYTES // 1_000_000)
    if media_type in _REFUSED:
        return given.refusal(_REFUSED[media_type])
    if media_type in _UNKNOWN:
        # What is called a document of a kind that is read, and is none, was cut or changed on its way.
        is_called_one = path.suffix.lower() in {*media.DOCUMENTS} - {*media.TEXTS}
        return given.refusal("damaged" if is_called_one else "unknown-format")
    try:
        reader = reader_for(media_type)
        return given.refusal("unknown-format") if reader is None else reader(given)
    except Unreadable as fault:
        return given.refusal(fault.code, **fault.values)
    except ValidatorError as lacking:
        # An extra that is missing: other files may be read without it.
        problem = evolve(lacking.problem, location=Location(file=given.file))
        return DocumentResult(document=None, problems=(problem,))

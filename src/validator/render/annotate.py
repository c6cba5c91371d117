"""A copy of a submitted document with comments at the numbers that do not agree."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from validator.readers import media_type as media
from validator.readers.registry import missing_extra

if TYPE_CHECKING:
    from validator.model.diagnostic import FileResult


def annotated_copy(data: bytes, media_type: str, result: FileResult, lang: str) -> bytes | None:
    """Return a copy of the document *data* with the failing findings of *result* as comments.

    Nothing else in the document changes, and the same input gives the same bytes. None where the
    format takes no comments, or where the package cannot be written back. Raises ValidatorError
    where the extra that writes them is not installed.
    """
    if media_type not in {media.DOCX, media.XLSX}:
        return None
    if find_spec("lxml") is None:
        raise missing_extra("documents", "lxml")
    from validator.readers.unreadable import Unreadable

    try:
        if media_type == media.DOCX:
            from validator.render.annotate_docx import annotate_docx

            return annotate_docx(data, result, lang)
        from validator.render.annotate_xlsx import annotate_xlsx

        return annotate_xlsx(data, result, lang)
    except Unreadable:
        return None

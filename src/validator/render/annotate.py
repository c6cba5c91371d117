"""A copy of a submitted document with comments at the numbers that do not agree."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.verdict import Severity
from validator.readers import media_type as media
from validator.readers.registry import missing_extra

if TYPE_CHECKING:
    from validator.model.diagnostic import FileResult


class NotAnnotatedError(ValidatorError):
    """A document whose format takes comments, but to which none can be added: its problem names the part."""


def annotated_copy(data: bytes, media_type: str, result: FileResult, lang: str) -> bytes | None:
    """Return a copy of the document *data* with the failing findings of *result* as comments.

    Nothing else in the document changes, and the same input gives the same bytes. None where the
    format takes no comments. Raises `NotAnnotatedError` where it does but the package cannot be
    written back, and another ValidatorError where the extra that writes them is not installed.
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
    except Unreadable as fault:
        raise _not_annotated(result.path, str(fault.values.get("part", ""))) from fault


def _not_annotated(path: str, part: str) -> NotAnnotatedError:
    code = "document/not-annotated-part" if part else "document/not-annotated"
    args = {"file": path, "part": part}
    return NotAnnotatedError(
        Problem(code=code, location=Location(file=path), severity=Severity.WARNING, args=args)
    )

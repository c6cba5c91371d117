"""A copy of a submitted document with comments at the numbers that do not agree."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.model.verdict import Severity
from validator.readers.formats import FORMATS
from validator.readers.reader import missing_extra

if TYPE_CHECKING:
    from validator.model.diagnostic import FileResult


class NotAnnotatedError(ValidatorError):
    """A document whose format takes comments, but to which none can be added: its problem names the part."""


@record(kw_only=False)
class AnnotatedCopy:
    """A commented copy; ``left_out`` are the kinds of what can act that it does not pass on."""

    data: bytes
    left_out: tuple[str, ...] = ()


def annotated_copy(
    data: bytes, media_type: str, result: FileResult, lang: str, *, keep_active: bool = False
) -> AnnotatedCopy | None:
    """Return a copy of the document *data* with the failing findings of *result* as comments.

    Macros, controls, embedded objects, remote templates, links and fields that fetch or start something
    are left out unless *keep_active* is true, and the summary says so. Nothing else in the document
    changes, and the same input gives the same bytes. None where the
    format takes no comments. Raises `NotAnnotatedError` where it does but the package cannot be
    written back, and another ValidatorError where the extra that writes them is not installed.
    """
    form = FORMATS.get(media_type)
    if form is None or not form.writer:
        return None
    if find_spec("lxml") is None:
        raise missing_extra("documents", "lxml")
    from validator.readers.reader import Unreadable

    try:
        writer = import_module(f"validator.render.annotate_{form.writer}")
        return AnnotatedCopy(*writer.annotate(data, result, lang, keep_active=keep_active))
    except Unreadable as fault:
        raise _not_annotated(result.path, str(fault.values.get("part", ""))) from fault


def _not_annotated(path: str, part: str) -> NotAnnotatedError:
    code = "document/not-annotated-part" if part else "document/not-annotated"
    args = {"file": path, "part": part}
    return NotAnnotatedError(
        Problem(code=code, location=Location(file=path), severity=Severity.WARNING, args=args)
    )

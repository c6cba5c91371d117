"""A reader: what it is given, what it gives or refuses, and which one reads which format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from validator.model.limits import Limits
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import field, record
from validator.model.verdict import Severity
from validator.readers.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.document import Document


class Unreadable(Exception):  # noqa: N818 - names a state of the file, not a fault of ours
    """The file cannot be read; ``code`` and ``args`` are those of the problem to report."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = args


@record
class DocumentResult:
    """The document, or None where it could not be read, and what is to be said of it."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


@record
class Input:
    """A file to read: its path, the name to report it by, its format, whether to use OCR, its limits."""

    path: Path
    file: str
    media_type: str
    ocr: bool = False
    limits: Limits = field(default_factory=Limits)

    def problem(self, code: str, severity: Severity, **args: object) -> Problem:
        """Return a problem of this file as a whole."""
        return Problem(
            code=f"document/{code}",
            location=Location(file=self.file),
            severity=severity,
            args={"file": self.path.name, **args},
        )

    def refusal(self, code: str, **args: object) -> DocumentResult:
        """Return the result that consists of one problem."""
        return DocumentResult(document=None, problems=(self.problem(code, Severity.ERROR, **args),))


Reader = Callable[[Input], DocumentResult]


def reader_for(media_type: str) -> Reader | None:
    """Return the reader of *media_type*, or None where there is none.

    Raises ValidatorError where the reader needs an extra that is not installed.
    """
    found = FORMATS.get(media_type)
    if found is None:
        return None
    if found.library and find_spec(found.library) is None:
        raise missing_extra("documents", found.library)
    module = import_module(f"validator.readers.{found.reader}")
    return cast("Reader", module.read)


def missing_extra(extra: str, library: str) -> ValidatorError:
    """Return the error that tells which command installs *extra*."""
    return ValidatorError(
        Problem(
            code="document/missing-extra",
            location=Location(),
            args={"extra": extra, "library": library},
        )
    )

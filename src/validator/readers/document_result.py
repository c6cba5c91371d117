"""What reading a document gives, and what a reader is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.model.limits import Limits
from validator.model.location import Location
from validator.model.problem import Problem
from validator.model.record import field, record
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.document import Document


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

"""An appendix whose table is lost, as in recognised scans: lines → rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.record import record
from validator.readers.binding.found import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.document import Document
    from validator.readers.binding.recognition import Recognition
    from validator.readers.binding.targets import RowTarget
    from validator.readers.notation import Notation


@record
class Loose:
    """The lines of an appendix without a table."""

    lines: tuple[str, ...] = ()

    def bind(
        self, targets: Sequence[RowTarget], known: Recognition, notation: Notation, level: str | None
    ) -> Found:
        return Found()


def loose_rows(document: Document, known: Recognition) -> Loose:
    return Loose()


def without_loose(document: Document, loose: Loose) -> Document:
    return document

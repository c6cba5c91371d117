"""Which function reads which format; a reader's module is imported when it is first needed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.model.record import record
from validator.readers import media_type as media

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.readers.document_result import Reader


@record(kw_only=False)
class Entry:
    """A module of this package that has a function ``read``, and the library it needs."""

    module: str
    library: str = ""
    extra: str = "documents"


READERS: Mapping[str, Entry] = MappingProxyType(
    {
        media.TEXT: Entry("text"),
        media.MARKDOWN: Entry("text"),
        media.CSV: Entry("csv_file"),
        media.DOCX: Entry("docx"),
        media.XLSX: Entry("xlsx"),
        media.HTML: Entry("html_file", "lxml"),
        media.MHTML: Entry("html_file", "lxml"),
        media.PDF: Entry("pdf", "pypdfium2"),
        media.ODT: Entry("office"),
        media.ODS: Entry("office"),
        media.DOC: Entry("office"),
        media.XLS: Entry("office"),
        media.XLSB: Entry("office"),
        media.RTF: Entry("office"),
        media.WORD_XML: Entry("office"),
        media.EXCEL_XML: Entry("office"),
    }
)


def reader_for(media_type: str) -> Reader | None:
    """Return the reader of *media_type*, or None where there is none.

    Raises ValidatorError where the reader needs an extra that is not installed.
    """
    entry = READERS.get(media_type)
    if entry is None:
        return None
    if entry.library and find_spec(entry.library) is None:
        raise missing_extra(entry.extra, entry.library)
    module = import_module(f"validator.readers.{entry.module}")
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

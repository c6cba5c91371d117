"""What a file is: a structured report, a document that people wrote (the content decides), explanations."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from validator.readers.formats import DOCUMENTS, FORMATS, STRUCTURED, TEXTS, XLSX, is_picture
from validator.readers.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKETS = (".zip",)
"""How the name of a file ends in which others are sent."""
SECTION = "explanations"
"""The key of the list of explanations, in a file of its own and in a report."""
SUFFIX = ".giai-trinh.yaml"
"""How the name of a file of explanations ends."""
SHEET = SUFFIX.rpartition(".")[0] + FORMATS[XLSX].suffixes[0]
"""How the name of a sheet of explanations ends that may lie among the reports."""

UNITS_FILES = ("units.yaml", "units.xlsx", "units.csv")
"""What the list of units at the top of a folder of reports may be called, in the order they count."""

_HEAD = 8192
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_HEADER = re.compile(rb"""^(?:\s{0,99}[{])?\s{0,99}["']?report["']?\s*:""", re.MULTILINE)


def is_document(source: Path | bytes, name: str = "") -> bool:
    """Whether a file, or bytes called *name*, is an office document or running text, not YAML or JSON."""
    suffix = (source if isinstance(source, Path) else Path(name)).suffix.lower()
    head = _head_of(source)
    if head.startswith(_SIGNATURES) or b"%PDF-" in head[:1024] or is_picture(head):
        return True
    if suffix in STRUCTURED:
        return False
    from validator.readers.media_type import markup_of

    if markup_of(head, suffix) is not None:
        return True
    if suffix not in DOCUMENTS:
        return False
    return suffix not in TEXTS or _HEADER.search(head) is None


def _head_of(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:_HEAD]
    try:
        with open_regular(source) as stream:
            return stream.read(_HEAD)
    except (OSError, ValueError):
        return b""


def units_beside(sources: Iterable[str | Path]) -> Path | None:
    """Return the list of units in the first of *sources* that has one."""
    found = (Path(source, name) for source in sources for name in UNITS_FILES)
    return next((path for path in found if os.path.isfile(path)), None)  # noqa: PTH113 - never raises


def sidecars(report: Path) -> tuple[Path, ...]:
    """Return the files of explanations that lie beside a report, the one of its full name first."""
    return tuple(path for path in sidecar_names(report) if os.path.lexists(path))


def sidecar_names(report: Path) -> tuple[Path, Path]:
    """Return the names that a file of explanations beside *report* may have."""
    return report.with_name(report.name + SUFFIX), report.with_name(report.stem + SUFFIX)

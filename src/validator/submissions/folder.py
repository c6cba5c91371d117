"""The files of a folder that may be reports."""

from __future__ import annotations

import os
from pathlib import Path

from validator.model.location import Location
from validator.model.problem import Problem, fault_detail
from validator.readers.formats import DOCUMENTS, STRUCTURED
from validator.readers.kind import SHEET, UNITS_FILES
from validator.readers.kind import SUFFIX as EXPLANATIONS

SUFFIXES = (*STRUCTURED, *DOCUMENTS)
_NOT_REPORTS = (".test.yaml", ".schema.json", EXPLANATIONS, SHEET)
_LOCKS = ("~$", ".~lock.")


def report_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the files to check at or below *folder*, and the folders that cannot be opened.

    Rule tests, schemas, explanations and lists of units are no reports, nor is what is hidden. Links
    to folders are not followed: they may lead back.
    """
    paths: list[Path] = []
    closed: list[Problem] = []

    def note(fault: OSError) -> None:
        name = str(fault.filename)
        args = {"path": name, "detail": fault_detail(fault)}
        closed.append(Problem(code="read/unreadable-file", location=Location(file=name), args=args))

    for parent, below, names in os.walk(folder, onerror=note):
        below[:] = [name for name in below if not name.startswith(".")]
        paths.extend(Path(parent, name) for name in names if may_be_report(name))
    return tuple(sorted(paths)), tuple(closed)


def may_be_report(name: str) -> bool:
    """Whether the name of a file is that of a report, as far as a name tells."""
    lower = name.lower()
    is_other = lower.endswith(_NOT_REPORTS) or name.startswith((".", *_LOCKS)) or lower in UNITS_FILES
    return lower.endswith(SUFFIXES) and not is_other


def left_files(folder: Path) -> tuple[Path, ...]:
    """Return the files at or below *folder* of kinds that are not read: packages, pictures and the like."""
    found: list[Path] = []
    for parent, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        found.extend(
            Path(parent, name)
            for name in names
            if not name.lower().endswith(SUFFIXES) and not name.startswith((".", *_LOCKS))
        )
    return tuple(sorted(found))

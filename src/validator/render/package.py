"""Office files that are the same bytes whenever they are made: a package without clocks."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from validator.readers.reader import missing_extra

if TYPE_CHECKING:
    from datetime import date

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def require(library: str) -> None:
    """Raise ValidatorError that tells what to install if *library* is not."""
    if find_spec(library) is None:
        raise missing_extra("documents", library)


def stamp(day: date | None) -> datetime:
    """Return the time that a file of a period bears: its last *day*, not that of the run."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)


def without_clock(package: bytes) -> bytes:
    """Return a zip *package* with the same parts in the same order, all of the earliest date."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return target.getvalue()

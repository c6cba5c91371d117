"""Where results may not be written: over what is read, and where they would be read as a report."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.readers.kind import SHEET, sidecars
from validator.readers.regular import is_same_file, open_regular
from validator.submissions.folder import SUFFIXES, report_files

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESULT = ".json"
# How the JSON of an earlier run begins; no report has such a key at its top.
_EARLIER = re.compile(rb'\s*\{\s*"version": "[^"]{1,40}",\s*"(?:summary|period)": \{')
_HEAD = 200


def inputs_of(options: Any) -> tuple[str, ...]:
    """Return the files and folders that the options of a command name to be read."""
    return (*options.paths, options.units, getattr(options, "archive", ""), *options.pack)


def refuse_inputs(targets: Iterable[str], inputs: Iterable[str | None]) -> None:
    """Raise `ValidatorError` if one of the files to be written is to be read, or would be next time.

    *inputs* are the files and folders of the run, empty ones and standard input among them. The
    JSON of an earlier run is no report and may be written anew.
    """
    files, folders = _parted(inputs)
    for name in filter(None, targets):
        target = os.path.realpath(name)
        # `os.path` never raises, whatever the name.
        there = os.path.lexists(target)
        if any(target == each or (there and is_same_file(target, each)) for each in files):
            raise _wrong("output-is-input", name)
        if there and _is_earlier_result(target):
            continue
        if any(_is_within(target, folder) for folder in folders) and target.lower().endswith(SUFFIXES):
            if there:
                raise _wrong("output-is-input", name)
            if not target.lower().endswith((_RESULT, SHEET)):
                raise _wrong("output-among-inputs", name)
        if there and any(target == each for folder in folders for each in _linked(folder)):
            raise _wrong("output-is-input", name)


def _parted(inputs: Iterable[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files, with the explanations beside them, and the folders."""
    files: list[str] = []
    folders: list[str] = []
    for each in filter(None, inputs):
        if os.path.isdir(each):  # noqa: PTH112 - a name too long is no folder, and no exception
            folders.append(os.path.realpath(each))
        elif os.path.isfile(each):  # noqa: PTH113 - never raises, whatever the name
            files += [os.path.realpath(str(path)) for path in (each, *sidecars(Path(each)))]
    return tuple(files), tuple(folders)


def _is_within(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def _linked(folder: str) -> Iterable[str]:
    """Yield where the reports lie that a folder holds as links."""
    return (os.path.realpath(each) for each in report_files(Path(folder))[0] if each.is_symlink())


def _is_earlier_result(path: str) -> bool:
    if not path.lower().endswith(_RESULT):
        return False
    try:
        with open_regular(path) as file:
            return _EARLIER.match(file.read(_HEAD)) is not None
    except (OSError, ValueError):
        return False


def _wrong(code: str, path: str) -> ValidatorError:
    return ValidatorError(Problem(code=f"cli/{code}", location=Location(), args={"path": path}))

"""Paths as people tell them: without the folder that all of them lie in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def file_name(path: str) -> str:
    """Return the name of a file alone: what leaves the office tells nobody where it lay."""
    return path.replace("\\", "/").rpartition("/")[2]


def common_folder(paths: Iterable[str]) -> str:
    """Return the innermost folder that all *paths* lie in, empty if there is none."""
    folders = {os.path.dirname(path) for path in paths}  # noqa: PTH120 - as they were given
    try:
        return os.path.commonpath(folders)
    except ValueError:  # some absolute, some not; or none at all
        return ""


def short_path(path: str, folder: str) -> str:
    """Return *path* as seen from *folder*; one that lies elsewhere as it is."""
    start = os.path.join(folder, "")  # noqa: PTH118 - ends with a separator
    return path.removeprefix(start) if folder else path

"""The files of a pack folder, read but not yet looked into."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem
from validator.packs.pack import PackFile
from validator.readers.encoding import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.yaml"
TEST_SUFFIX = ".test.yaml"
LARGEST_FILE = 4 * 1024 * 1024
"""Most bytes of a file of a pack."""
LARGEST_PACK = 16 * 1024 * 1024
"""Most bytes of all its files."""
MOST_FILES = 500


def pack_files(folder: Path) -> tuple[tuple[PackFile, ...], tuple[Problem, ...]]:
    """Return the YAML files of a pack in order of name, and those that could not be read."""
    files: list[PackFile] = []
    problems: list[Problem] = []
    paths = sorted(islice(folder.glob("*.yaml"), MOST_FILES + 1))
    if len(paths) > MOST_FILES:
        return (), (_problem("too-many-files", folder, limit=MOST_FILES),)
    home = os.path.realpath(folder)
    size = 0
    for path in paths:
        if not _is_inside(path, home):
            problems.append(_problem("link-leaves-folder", path))
            continue
        data = read_bytes(str(path), limit=LARGEST_FILE)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            size += len(data)
            if size > LARGEST_PACK:
                return (), (_problem("pack-too-large", folder, limit=LARGEST_PACK // 1024**2),)
            files.append(PackFile(path=str(path), name=path.name, data=data))
    if not (folder / PACK_FILE).is_file():
        problems.append(_problem("no-pack-file", folder, folder=str(folder)))
    return tuple(files), tuple(problems)


def _is_inside(path: Path, home: str) -> bool:
    """Whether a file lies in its pack's folder: a link of a stranger could show any file of the user's."""
    return not path.is_symlink() or os.path.realpath(path).startswith(os.path.join(home, ""))  # noqa: PTH118


def _problem(code: str, place: Path, **args: object) -> Problem:
    return Problem(code=f"pack/{code}", location=Location(file=str(place)), args=args)

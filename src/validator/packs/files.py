"""The files of a pack folder, read but not yet looked into."""

from __future__ import annotations

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


def pack_files(folder: Path) -> tuple[tuple[PackFile, ...], tuple[Problem, ...]]:
    """Return the YAML files of a pack in order of name, and those that could not be read."""
    files: list[PackFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        data = read_bytes(str(path), limit=LARGEST_FILE)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            files.append(PackFile(path=str(path), name=path.name, data=data))
    if not (folder / PACK_FILE).is_file():
        place = Location(file=str(folder))
        problems.append(Problem(code="pack/no-pack-file", location=place, args={"folder": str(folder)}))
    return tuple(files), tuple(problems)

"""The files of a pack as the editor shows them: open texts take the place of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem
from validator.packs.files import LARGEST_FILE, PACK_FILE, pack_files
from validator.packs.load import compile_pack
from validator.packs.pack import PackFile
from validator.packs.rule_test import test_faults, tests_in
from validator.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUFFIX = ".yaml"


def pack_folder(path: str, buffers: Mapping[str, str]) -> Path | None:
    """Return the folder of the pack that the file at *path* belongs to, None if to none."""
    folder = Path(path).parent
    if not path.endswith(_SUFFIX):
        return None
    head = folder / PACK_FILE
    return folder if str(head) in buffers or head.is_file() else None


def files_shown(folder: Path, buffers: Mapping[str, str]) -> tuple[tuple[PackFile, ...], tuple[Problem, ...]]:
    """Return the files of the pack in *folder* as *buffers* show them, and why some are left out."""
    files, problems = pack_files(folder)
    found = {file.path: file for file in files}
    faults = [each for each in problems if each.code != "pack/no-pack-file"]
    for path, text in buffers.items():
        if not path.endswith(_SUFFIX) or Path(path).parent != folder:
            continue
        faults = [each for each in faults if each.location.file != path]
        data = text.encode("utf-8", "replace")
        if len(data) > LARGEST_FILE:
            found.pop(path, None)
            faults.append(_too_large(path, len(data)))
        else:
            found[path] = PackFile(path=path, name=Path(path).name, data=data)
    return tuple(found[path] for path in sorted(found)), tuple(faults)


def text_of(file: PackFile) -> str:
    """Return the text of *file*, nothing if it is none."""
    return decode(file.data).text or ""


def _too_large(path: str, size: int) -> Problem:
    megabyte = 1024 * 1024
    args = {"path": path, "size": -(-size // megabyte), "limit": LARGEST_FILE // megabyte}
    return Problem(code="read/too-large", location=Location(file=path), args=args)


def faults_by_file(
    folder: Path, files: tuple[PackFile, ...], unreadable: tuple[Problem, ...] = ()
) -> dict[str, tuple[Problem, ...]]:
    """Return the faults of each of *files* by its path, nothing for a file without faults."""
    found: dict[str, tuple[Problem, ...]] = {file.path: () for file in files}
    for problem in (*unreadable, *_faults(folder, files)):
        path = problem.location.file
        found[path] = (*found.get(path, ()), problem)
    return found


def _faults(folder: Path, files: tuple[PackFile, ...]) -> tuple[Problem, ...]:
    if not any(file.name == PACK_FILE for file in files):
        return ()
    result = compile_pack(files, str(folder))
    # Of a pack with faults not every rule is known: a test may name one that is.
    tests = test_faults(files) if result.pack is None else tests_in(files, result.pack).problems
    return (*result.problems, *tests)

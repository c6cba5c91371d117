"""Packs named on the command line: their folders, and writing their files back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError, fault_detail
from validator.packs.library import find_folder, pack_folders
from validator.writing import locked, update_file

if TYPE_CHECKING:
    from collections.abc import Sequence


def folders(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders of the packs called *names*, all that ship if there are none.

    A folder that holds packs stands for all of them.
    """
    if not names:
        return pack_folders()
    found: dict[Path, None] = {}
    for name in names:
        inner = () if (Path(name) / "pack.yaml").is_file() else pack_folders(Path(name))
        found |= dict.fromkeys(inner or (find_folder(name),))
    return tuple(found)


def write_text(path: Path, text: str, before: bytes = b"") -> None:
    """Write a file of a pack in place of what was read of it *before*, whole or not at all.

    Raises `ValidatorError` if it cannot be written, or holds something else by now.
    """
    try:
        with locked(path.parent):
            is_written = update_file(path.resolve(), before, text.encode("utf-8"))
    except OSError as fault:
        raise _refusal("cli/cannot-write-file", path, detail=fault_detail(fault)) from fault
    if not is_written:
        raise _refusal("cli/changed-meanwhile", path)


def _refusal(code: str, path: Path, **args: str) -> ValidatorError:
    return ValidatorError(Problem(code=code, location=Location(), args={"path": str(path), **args}))

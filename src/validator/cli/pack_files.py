"""Packs named on the command line: their folders, and writing their files back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.packs.library import find_folder, pack_folders

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


def write_text(path: Path, text: str) -> None:
    """Write a file of a pack whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)

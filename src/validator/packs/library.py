"""The packs that can be had: those that ship, by name or form, and folders that are named."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.packs.cache import cache_folder, fetch, keep, pack_key
from validator.resources import rules_folder

if TYPE_CHECKING:
    from validator.packs.pack import LoadResult

_FORM = re.compile(rb"^form:[ \t]*['\"]?([^'\"#\r\n]+?)['\"]?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def pack_folders(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the folders in *folder* (the shipped rules if not said) that hold a pack."""
    root = folder or rules_folder()
    return tuple(sorted(path.parent for path in root.glob("*/pack.yaml")))


def find_folder(name: str) -> Path:
    """Return the folder of the pack that *name* means: a folder of the user, or a shipped pack."""
    given = Path(name)
    # `os.path.isfile` never raises, whatever the name.
    if given.name == "pack.yaml" and os.path.isfile(given):  # noqa: PTH113
        return given.parent
    if os.path.isfile(given / "pack.yaml"):  # noqa: PTH113
        return given
    shipped = {path.name: path for path in pack_folders()}
    if name in shipped:
        return shipped[name]
    args = {"name": name, "known": ", ".join(sorted(shipped))}
    raise ValidatorError(Problem(code="pack/unknown-pack", location=Location(file=name), args=args))


def forms_on_offer() -> dict[str, tuple[Path, ...]]:
    """Return the folders of the shipped packs by the form that they check."""
    return dict(_forms_in(rules_folder()))


@cache
def _forms_in(root: Path) -> dict[str, tuple[Path, ...]]:
    """Return the folders of packs by form, looked up once: each report of a run asks for them."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in pack_folders(root):
        form = _form_of(folder)
        if form is not None:
            found[form] = (*found.get(form, ()), folder)
    return found


def _form_of(folder: Path) -> str | None:
    """Return the form named at the top of a pack file, without reading the rest of it."""
    match = _FORM.search((folder / "pack.yaml").read_bytes())
    return match[1].decode("utf-8", "replace") if match else None


@cache
def load_folder(folder: Path) -> LoadResult:
    """Return the pack in *folder*, from the cache of compiled packs if it is there unchanged."""
    from validator.packs.files import pack_files

    files, problems = pack_files(folder)
    if problems:
        from validator.packs.pack import LoadResult

        return LoadResult(pack=None, problems=problems)
    place = cache_folder()
    key = pack_key(files) if place else ""
    kept = fetch(place, key) if place else None
    if kept is not None:
        return kept
    from validator.packs.load import compile_pack

    result = compile_pack(files, str(folder))
    if place and result.pack is not None:
        keep(place, key, result)
    return result

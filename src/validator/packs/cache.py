"""Compiled packs kept on disk under a key of everything they were made from.

A pack is found only under the hash of its files, of the program's own files and of the Python
that runs it, and is believed only if its own hash is right; anything else is compiled anew.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from validator.resources import grammar_folder

if TYPE_CHECKING:
    from validator.packs.pack import LoadResult, PackFile

try:
    # hashlib loads OpenSSL, which costs as much as reading a pack; `random` avoids it the same way.
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256

_DIGEST = 32
_MOST_KEPT = 50
_PROGRAM = ("model", "lang", "packs", "readers")
_SWITCH = "VALIDATOR_CACHE"


def cache_folder() -> Path | None:
    """Return where compiled packs are kept, None if they are not (``VALIDATOR_CACHE=off``)."""
    chosen = os.environ.get(_SWITCH)
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "validator"
    except RuntimeError:
        return None


def pack_key(files: tuple[PackFile, ...]) -> str:
    """Return the key of a pack: a hash of its files, of this program and of this Python."""
    digest = sha256(repr((sys.version, sys.implementation.cache_tag)).encode())
    package = Path(__file__).resolve().parent.parent
    for name in _PROGRAM:
        for entry in sorted(os.scandir(package / name), key=lambda each: each.name):
            if entry.name.endswith(".py"):
                state = entry.stat()
                digest.update(f"{name}/{entry.name}:{state.st_size}:{state.st_mtime_ns};".encode())
    for path in sorted(grammar_folder().iterdir()):
        digest.update(path.read_bytes())
    for file in files:
        digest.update(f"{file.path}:{len(file.data)};".encode())
        digest.update(file.data)
    return str(digest.hexdigest())


def fetch(folder: Path, key: str) -> LoadResult | None:
    """Return the compiled pack under *key*, None if there is none that can be believed."""
    path = folder / f"{key}.pack"
    try:
        if not _is_ours(folder):
            return None
        data = path.read_bytes()
    except OSError:
        return None
    payload = data[_DIGEST:]
    if sha256(key.encode() + payload).digest() != data[:_DIGEST]:
        return None
    try:
        result: LoadResult = pickle.loads(payload)  # noqa: S301 - written by us, hash checked, folder ours
    except Exception:  # noqa: BLE001 - whatever a foreign pickle raises, it is not believed
        return None
    return result


def keep(folder: Path, key: str, result: LoadResult) -> None:
    """Keep a compiled pack; a folder that cannot be written is no fault."""
    import tempfile

    payload = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder):
            return
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(sha256(key.encode() + payload).digest() + payload)
        Path(name).replace(folder / f"{key}.pack")
        _prune(folder)
    except OSError:
        return


def _prune(folder: Path) -> None:
    """Forget the packs that were compiled longest ago: each edit of a pack leaves one behind."""
    kept = sorted(folder.glob("*.pack"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_MOST_KEPT:]:
        path.unlink(missing_ok=True)


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have written into *folder*: a pickle of a stranger would run code."""
    if not hasattr(os, "getuid"):
        return True
    state = folder.stat()
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

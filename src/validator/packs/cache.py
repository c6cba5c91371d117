"""Compiled packs kept on disk under a key of everything they were made from.

A pack is found only under the hash of its files, of the program's own files and of the Python
that runs it. It is believed only if it was sealed with a secret of this user, which lies in another
place than the packs: whoever can write into the cache – a restored cache of a CI server, say – can
neither run code nor change a rule, for what they put there is compiled anew.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.digest import blake2b
from validator.packs.own_file import is_own, own_folder, read_own, write_own
from validator.resources import grammar_folder

if TYPE_CHECKING:
    from validator.packs.pack import LoadResult, PackFile

_DIGEST = 32
_MOST_KEPT = 50
_LARGEST = 32 * 1024 * 1024
_LEFT_BEHIND = 3600
"""Seconds after which a file that is still being written belongs to a process that was killed."""
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
    digest = blake2b(repr((sys.version, sys.implementation.cache_tag)).encode(), digest_size=_DIGEST)
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


def _secret(*, make: bool = False) -> bytes | None:
    """Return what packs are sealed with, None if there is none; *make* makes one."""
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("APPDATA")
    try:
        path = (Path(base) if base else Path.home() / ".local" / "state") / "validator" / "cache-secret"
    except RuntimeError:
        return None
    try:
        found = read_own(path, _DIGEST)
    except (OSError, ValueError):
        found = None
    if make and (found is None or len(found) != _DIGEST):
        if not own_folder(path.parent):
            return None
        found = os.urandom(_DIGEST)
        write_own(path, found)
    return found if found is not None and len(found) == _DIGEST else None


def _seal(secret: bytes, key: str, payload: bytes) -> bytes:
    return bytes(blake2b(key.encode() + payload, key=secret, digest_size=_DIGEST).digest())


def fetch(folder: Path, key: str) -> LoadResult | None:
    """Return the compiled pack under *key*, None if there is none that can be believed."""
    try:
        data = read_own(folder / f"{key}.pack", _LARGEST) if is_own(os.lstat(folder)) else None
    except (OSError, ValueError):
        return None
    secret = _secret() if data else None
    if data is None or secret is None or _seal(secret, key, data[_DIGEST:]) != data[:_DIGEST]:
        return None
    from validator.packs.stored import from_text

    try:
        return from_text(data[_DIGEST:].decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None


def keep(folder: Path, key: str, result: LoadResult) -> None:
    """Keep a compiled pack; a folder that cannot be written is no fault."""
    from validator.packs.stored import to_text

    try:
        payload = to_text(result).encode("utf-8", "surrogatepass")
        secret = _secret(make=True) if own_folder(folder) else None
        if secret is None or len(payload) + _DIGEST > _LARGEST:
            return
        write_own(folder / f"{key}.pack", _seal(secret, key, payload) + payload)
        _prune(folder)
    except (OSError, ValueError, TypeError, RecursionError):
        return


def _prune(folder: Path) -> None:
    """Forget the packs that were compiled longest ago, and what a killed process left half written."""
    kept = sorted(folder.glob("*.pack"), key=lambda path: path.stat().st_mtime, reverse=True)
    forgotten = time.time() - _LEFT_BEHIND
    left = [path for path in folder.glob("*.part") if path.lstat().st_mtime < forgotten]
    for path in (*kept[_MOST_KEPT:], *left):
        path.unlink(missing_ok=True)

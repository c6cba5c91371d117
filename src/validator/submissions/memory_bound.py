"""A process held to so much memory more than it has when it begins."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

NO_MEMORY_CODE = 77
"""The exit code of a process that was ended for its memory."""
_LOOK_SECONDS = 0.1
_MEGABYTE = 1_000_000


def bound_memory(megabytes: int) -> None:
    """Hold this process to so much memory more than it has."""
    if os.name == "nt":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    used = _data_bytes()
    if used is None:
        threading.Thread(target=_watch_memory, args=(megabytes,), daemon=True).start()
        return
    most = used + megabytes * _MEGABYTE
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _data_bytes() -> int | None:
    """Return the memory of this process that is its own, None where the system does not tell."""
    with suppress(OSError):
        for row in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if row.startswith("VmData:"):
                return int(row.split()[1]) * 1024
    return None


def _watch_memory(megabytes: int) -> None:
    """End this process when it has used so much memory more than it had; the system counts in bytes."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + megabytes * _MEGABYTE
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < most:
        time.sleep(_LOOK_SECONDS)
    os._exit(NO_MEMORY_CODE)

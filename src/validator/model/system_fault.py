"""A refusal of the operating system, as a word of the catalogue: the system speaks one language only."""

from __future__ import annotations

import errno

MARK = "@"
"""What begins a value that is a code of the catalogue (``@system/…``), to be worded with the message."""

_CODES = {
    errno.ENOENT: "system/no-such-file",
    errno.EACCES: "system/not-allowed",
    errno.EPERM: "system/not-allowed",
    errno.EROFS: "system/read-only",
    errno.ENOSPC: "system/no-space",
    errno.EDQUOT: "system/no-space",
    errno.EFBIG: "system/file-too-large",
    errno.EISDIR: "system/is-a-folder",
    errno.ENOTDIR: "system/not-a-folder",
    errno.ENAMETOOLONG: "system/name-too-long",
    errno.EEXIST: "system/exists-already",
    errno.ELOOP: "system/links-in-a-circle",
    errno.ETIMEDOUT: "system/busy",
}


def fault_detail(fault: BaseException) -> str:
    """Return what is wrong, for an argument of a problem: a code of the catalogue or the system's words."""
    code = _CODES.get(getattr(fault, "errno", None) or 0)
    return f"{MARK}{code}" if code else getattr(fault, "strerror", None) or str(fault)

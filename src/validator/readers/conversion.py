"""The programs that convert a file: for which files they are needed, and how long they may take."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from validator.readers import formats as media
from validator.readers.media_type import markup_of, media_type_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from validator.model.limits import Limits

CONVERTED = frozenset(name for name, each in media.FORMATS.items() if each.converted_to)
"""What LibreOffice has to convert."""
_HEAD = 4096
_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"{\\rtf")


def conversion_seconds(source: Path | bytes, limits: Limits, *, ocr: bool = False) -> int:
    """Return the seconds that are granted beyond reading itself."""
    office = limits.conversion_seconds if _is_converted(source) else 0
    return office + (limits.recognition_seconds if ocr else 0)


def _is_converted(source: Path | bytes) -> bool:
    if isinstance(source, bytes):
        head = source[:_HEAD]
        is_office = head.startswith(_SIGNATURES) or b"opendocument" in head
        return is_office or markup_of(head, "") in CONVERTED
    try:
        return media_type_of(source) in CONVERTED
    except (OSError, ValueError):
        return False


def run_program(command: Sequence[str], seconds: int, environment: Mapping[str, str] | None = None) -> int:
    """Run a program and return its exit code; it starts children, so its whole group is ended.

    Raises `subprocess.TimeoutExpired` if it takes longer.
    """
    process = subprocess.Popen(  # noqa: S603 - a program found by its name, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=os.name == "posix",
    )
    try:
        return process.wait(timeout=seconds)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that is still there, and its children."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()

"""Scanned PDF files → a copy with a text layer, by the programs ocrmypdf and tesseract."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from validator.leftovers import PREFIX, sweep_folders
from validator.readers.conversion import OCR_SECONDS
from validator.readers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


_LANGUAGE = "vie"


@contextmanager
def recognised_copy(path: Path) -> Iterator[Path]:
    """Give a copy of the PDF at *path* with its text recognised, and remove it afterwards."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise Unreadable("ocr-missing", program="ocrmypdf")
    if not _has_language():
        raise Unreadable("ocr-missing", program=f"tesseract-ocr-{_LANGUAGE}")
    sweep_folders()
    with TemporaryDirectory(prefix=PREFIX) as folder:
        copy = Path(folder) / "recognised.pdf"
        command = [program, "--language", _LANGUAGE, "--rotate-pages", "--deskew", "--skip-text"]
        _run([*command, "--output-type", "pdf", "--", str(path.resolve()), str(copy)])
        if not copy.is_file():
            raise Unreadable("ocr-failed")
        yield copy


def _has_language() -> bool:
    """Whether tesseract is installed and reads Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run(  # noqa: S603 - a program found by its name, no shell
        [program, "--list-langs"], capture_output=True, timeout=60, check=False
    )
    return _LANGUAGE.encode() in listed.stdout.split()


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program found by its name, no shell
            command, capture_output=True, timeout=OCR_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("ocr-timeout", seconds=OCR_SECONDS) from fault
    if done.returncode:
        raise Unreadable("ocr-failed")

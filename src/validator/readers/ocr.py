"""Scanned PDF files → a copy with a text layer, by the programs ocrmypdf and tesseract."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from validator.leftovers import PREFIX, sweep_folders
from validator.readers.conversion import run_program
from validator.readers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


_LANGUAGE = "vie"


@contextmanager
def recognised_copy(path: Path, seconds: int) -> Iterator[Path]:
    """Give a copy of the PDF at *path* with its text recognised in time, and remove it afterwards."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise Unreadable("ocr-missing", program="ocrmypdf")
    if not _has_language(seconds):
        raise Unreadable("ocr-missing", program=f"tesseract-ocr-{_LANGUAGE}")
    sweep_folders()
    with TemporaryDirectory(prefix=PREFIX) as folder:
        copy = Path(folder) / "recognised.pdf"
        command = [program, "--language", _LANGUAGE, "--rotate-pages", "--deskew", "--skip-text"]
        _run([*command, "--output-type", "pdf", "--", str(path.resolve()), str(copy)], seconds)
        if not copy.is_file():
            raise Unreadable("ocr-failed")
        yield copy


def _has_language(seconds: int) -> bool:
    """Whether tesseract is installed and reads Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    with _in_time(seconds):
        listed = subprocess.run(  # noqa: S603 - a program found by its name, no shell
            [program, "--list-langs"], capture_output=True, timeout=seconds, check=False
        )
    return _LANGUAGE.encode() in listed.stdout.split()


def _run(command: list[str], seconds: int) -> None:
    with _in_time(seconds):
        code = run_program(command, seconds)
    if code:
        raise Unreadable("ocr-failed")


@contextmanager
def _in_time(seconds: int) -> Iterator[None]:
    try:
        yield
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("ocr-timeout", seconds=seconds) from fault

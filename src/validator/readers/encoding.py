"""A file or its bytes → text, whatever encoding office programs on Windows saved it in."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from validator.model.location import Location
from validator.model.problem import Problem, fault_detail
from validator.model.record import record
from validator.model.verdict import Severity
from validator.readers.regular import fault_of, open_regular

if TYPE_CHECKING:
    from io import BufferedReader

LARGEST_FILE = 50 * 1024 * 1024
"""Most bytes of a structured file that are read."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KINDS = (
    (b"PK\x03\x04", "zip: .docx, .xlsx, .odt"),
    (b"\xd0\xcf\x11\xe0", "OLE: .doc, .xls"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_ESCAPED = "[\udc80-\udcff]"
_NOT_ASCII = "[^\x00-\x7f\udc80-\udcff]"
_SAMPLE = 4096
_ENOUGH = 16


@record
class TextResult:
    """The text of a file, or None, with what was noticed about its encoding."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def too_large(data: bytes, file: str) -> Problem | None:
    """Return why bytes that did not come from a file are not read, None if they may be."""
    return _too_large(len(data), file, LARGEST_FILE)


def read_bytes(path: str, *, limit: int = LARGEST_FILE) -> bytes | Problem:
    """Return the bytes of a regular file of at most *limit* bytes, or why not.

    Nothing is read of a larger file, and opening a pipe or a device does not wait for it.
    """
    try:
        with open_regular(path) as file:
            return _too_large(os.fstat(file.fileno()).st_size, path, limit) or _read_all(file, path, limit)
    except (OSError, ValueError) as fault:
        return cannot_open(path, fault)


def text_or_nothing(source: str | bytes) -> str:
    """Return the text of a file, or of its bytes, to show parts of it; empty if it cannot be read."""
    data = read_bytes(source) if isinstance(source, str) else source
    return "" if isinstance(data, Problem) else decode(data).text or ""


def cannot_open(path: str, fault: Exception) -> Problem:
    """Return the problem of a file that could not be opened or read, by what that raised."""
    return _problem(fault_of(path, fault), path, detail=fault_detail(fault))


def _too_large(size: int, path: str, limit: int) -> Problem | None:
    if size <= limit:
        return None
    return _problem("too-large", path, size=_megabytes(size), limit=_megabytes(limit))


def _read_all(file: BufferedReader, path: str, limit: int) -> bytes | Problem:
    """Read a file that may grow meanwhile, never more than *limit* bytes of it."""
    data = file.read(limit + 1)
    return _too_large(len(data), path, limit) or data


def decode(data: bytes, file: str = "") -> TextResult:
    """Decode *data*: a byte order mark is believed, then UTF-8, UTF-16 by its zeros, Windows-1258."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], name, file)
    for start, kind in _KINDS:
        if data.startswith(start):
            return TextResult(text=None, problems=(_problem("not-text", file, kind=kind),))
    if guess := _utf16_by_zeros(data[:_SAMPLE]):
        return _decode_marked(data, guess, file, note=True)
    if found := _CONTROL.search(data):
        return _binary(data[: found.start()].decode("utf-8", "replace"), found[0].decode("ascii"), file)
    try:
        return TextResult(text=data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_legacy(data, file)


def _decode_marked(data: bytes, name: str, file: str, *, note: bool = False) -> TextResult:
    """Decode bytes whose encoding is known; broken characters are replaced and reported."""
    problems = [_assumed(name.upper(), file)] if note else []
    try:
        text = data.decode(name)
    except UnicodeDecodeError as fault:
        text = data.decode(name, "replace")
        line, column = _place(data[: fault.start].decode(name, "replace"))
        problems.append(_problem("broken-encoding", file, line=line, column=column, encoding=name.upper()))
    if "\x00" in text:
        return _binary(text[: text.index("\x00")], "\x00", file)
    return TextResult(text=text, problems=tuple(problems))


def _binary(before: str, sign: str, file: str) -> TextResult:
    """Return the refusal of what holds *sign*, which no text has, behind *before*."""
    line, column = _place(before)
    fault = _problem("binary", file, line=line, column=column, sign=f"U+{ord(sign):04X}")
    return TextResult(text=None, problems=(fault,))


def _decode_legacy(data: bytes, file: str) -> TextResult:
    """Decode bytes that are not clean UTF-8: mostly UTF-8 with flaws, or else Windows-1258."""
    lenient = data.decode("utf-8", "surrogateescape")
    if len(re.findall(_NOT_ASCII, lenient)) > len(re.findall(_ESCAPED, lenient)):
        return _decode_marked(data, "utf-8", file)
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return _decode_marked(data, "utf-8", file)
    return TextResult(text=text, problems=(_assumed("Windows-1258", file),))


def _utf16_by_zeros(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero bytes stand."""
    if len(sample) < _ENOUGH or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 3 > half and even * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 3 > half and odd * 20 < half else None


def _assumed(encoding: str, file: str) -> Problem:
    place = Location(file=file, line=1, column=1)
    args = {"encoding": encoding}
    return Problem(code="read/assumed-encoding", location=place, severity=Severity.WARNING, args=args)


def _place(before: str) -> tuple[int, int]:
    """Return line and column of what follows *before*."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _problem(
    code: str, file: str, *, line: int | None = None, column: int | None = None, **args: object
) -> Problem:
    place = Location(file=file, line=line, column=column)
    return Problem(code=f"read/{code}", location=place, args={"path": file, **args})


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))

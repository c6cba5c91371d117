"""Bytes of a text file → text, in whichever encoding it was saved."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.problem import Problem
from validator.model.verdict import Severity
from validator.readers.document_result import Input


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and what is to be said about how it was read."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(given: Input) -> Decoded:
    """Read the text of a file: by its byte order mark, as UTF-8, or as Windows-1258."""
    data = given.path.read_bytes()
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"))
    if b"\x00" in data[:4096]:
        order = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
        return Decoded(data.decode(order, "replace"))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        note = given.problem("not-utf8", Severity.INFO, encoding="windows-1258")
        return Decoded(data.decode("cp1258", "replace"), (note,))

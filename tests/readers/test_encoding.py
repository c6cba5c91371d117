"""Files are read whatever they were saved in, and refused for a reason when they are no text."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest

from validator.model.problem import Problem
from validator.model.verdict import Severity
from validator.readers.encoding import decode, read_bytes
from validator.readers.structured import read_structured, read_tree

TEXT = "hoso: Tổng số hồ sơ đã tiếp nhận, chuyển qua\n"


def windows_1258(text):
    """Encode as Windows does: letters with their hat, tone marks after them."""
    written = bytearray()
    for character in text:
        marks = unicodedata.normalize("NFD", character)
        tones = "".join(mark for mark in marks[1:] if mark in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        written += (letter + tones).encode("cp1258")
    return bytes(written)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"], ids=lambda name: f"with {name}"
)
def test_unicode_with_its_mark_is_read_silently(encoding):
    result = decode(TEXT.encode(encoding))
    assert result.text == TEXT
    assert result.problems == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed_and_said_so(encoding):
    result = decode(TEXT.encode(encoding), "a.yaml")
    (problem,) = result.problems
    assert result.text == TEXT
    assert problem.code == "read/assumed-encoding"
    assert problem.severity is Severity.WARNING
    assert problem.args == {"encoding": encoding.upper()}


def test_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_windows_1258_is_guessed_composed_and_said_so():
    result = decode(windows_1258(TEXT), "a.yaml")
    (problem,) = result.problems
    assert result.text == TEXT
    assert unicodedata.is_normalized("NFC", result.text)
    assert (problem.code, problem.args["encoding"]) == ("read/assumed-encoding", "Windows-1258")


def test_utf_8_with_a_broken_character_is_still_utf_8():
    data = TEXT.encode() + b"note: \xff\n"
    result = decode(data, "a.yaml")
    (problem,) = result.problems
    assert result.text == TEXT + "note: \ufffd\n"
    assert problem.code == "read/broken-encoding"
    assert (problem.location.line, problem.location.column) == (2, 7)


@pytest.mark.parametrize("data", [b"a: 1\nb: \x00\n", bytes(range(256)), b"\x00" * 50])
def test_bytes_that_no_text_has(data):
    result = decode(data)
    assert result.text is None
    assert [problem.code for problem in result.problems] == ["read/binary"]


def test_the_place_of_a_stray_byte():
    (problem,) = decode(b"a: 1\nb: \x00\n").problems
    assert (problem.location.line, problem.location.column) == (2, 4)


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1", b"%PDF-1.7"])
def test_office_files_are_no_text(data):
    result = decode(data)
    assert result.text is None
    assert [problem.code for problem in result.problems] == ["read/not-text"]


def refused(path):
    found = read_bytes(str(path))
    assert isinstance(found, Problem)
    assert found.location.file == str(path)
    return found.code


def test_a_file_is_read(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1")
    assert read_bytes(str(path)) == b"a: 1"


def test_no_such_file(tmp_path):
    assert refused(tmp_path / "none.yaml") == "read/no-such-file"


def test_a_name_that_cannot_be():
    assert refused("a\0b") == "read/unreadable-file"


def test_a_folder(tmp_path):
    assert refused(tmp_path) == "read/is-a-folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert refused(path) == "read/not-a-file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no devices")
def test_a_device():
    assert refused("/dev/zero") == "read/not-a-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1")
    path.chmod(0)
    assert refused(path) == "read/unreadable-file"


def test_a_file_of_200_megabytes_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    start = time.perf_counter()
    result = read_tree(path)
    assert time.perf_counter() - start < 1
    (problem,) = result.problems
    assert problem.code == "read/too-large"
    assert problem.args == {"path": str(path), "size": 200, "limit": 50}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_report_in_any_encoding_is_judged(form, encoding, name):
    body = '{"report": {"form": "demo"}, "hoso": {"new": 7}, "note": "đã trả"}'
    data = windows_1258(body) if encoding == "cp1258" else body.encode(encoding)
    result = read_structured(data, {"demo": form}, file=name)
    assert result.report.cells["hoso.new"][0].value.value == 7
    assert result.report.cells["note"][0].value == "đã trả"

"""Files that are no report, or no longer one: one message each, exit code 2 alone and 1 beside a good one."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from pathlib import Path

import pytest

GOOD = Path(__file__).resolve().parents[2] / "examples" / "documents" / "an-lac-2024.docx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOISE = random.Random(1).randbytes(5000)  # noqa: S311 - a seed, not a secret
DATA = GOOD.read_bytes()


def stream(name):
    return OLE + name.encode("utf-16-le") + bytes(600)


def package(**names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in names.items():
            made.writestr(name, data)
    return out.getvalue()


FILES = {
    "empty.docx": (b"", "document/empty-file"),
    "empty.xlsx": (b"", "document/empty-file"),
    "empty.pdf": (b"", "document/empty-file"),
    "empty.txt": (b"", "document/empty-file"),
    "empty.yaml": (b"", "read/empty"),
    "locked.docx": (stream("EncryptedPackage"), "document/encrypted"),
    "locked.xlsx": (stream("EncryptionInfo"), "document/encrypted"),
    "cut.doc": (OLE + NOISE, "document/damaged"),
    "cut.docx": (DATA[: len(DATA) // 2], "document/damaged"),
    "noise.docx": (b"\x01" + NOISE, "document/damaged"),
    "noise.pdf": (b"%PDF-1.7\n" + NOISE, "document/damaged"),
    "before.docx": (b"\x00\x01 before" + DATA, "document/damaged"),
    "without-text.docx": (package(**{"[Content_Types].xml": "<a/>", "word/x": ""}), "document/damaged"),
    "nothing.zip": (package(), "read/packet-nothing-inside"),
    "picture.bin": (b"\x01" + NOISE, "read/binary"),
    "deep.json": (b"[" * 10**5, "read/too-deep"),
    "deep.html": (b"<div>" * 10**5, "document/unsafe-xml"),
    "name\nof\ttwo\x1b[31mlines.docx": (b"", "document/empty-file"),
}


@pytest.fixture
def made(tmp_path):
    if sys.platform == "win32":
        pytest.skip("no such names there")

    def make(name):
        path = tmp_path / name
        path.write_bytes(FILES[name][0])
        return path

    return make


@pytest.mark.parametrize("name", FILES)
def test_one_clear_message_and_exit_code_two(run, made, name):
    told = run("check", made(name), "--format", "json")
    assert (told.code, told.ids, told.err) == (2, [FILES[name][1]], "")
    said = run("check", made(name), "--verbose", "--format", "plain")
    assert said.code == 2
    assert "Traceback" not in said.out + said.err
    assert "\x1b" not in said.out + said.err
    assert sum(FILES[name][1] in line for line in said.out.splitlines()) == 1


def test_beside_a_good_one_the_exit_code_is_one_and_all_are_told(run, made, tmp_path):
    for name in FILES:
        made(name)
    (tmp_path / "folder.docx").mkdir()
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "device.docx").symlink_to("/dev/zero")
    (tmp_path / "link.docx").symlink_to("nowhere")
    told = run("check", *sorted(tmp_path.iterdir()), GOOD, "--format", "json")
    assert told.code == 1
    by_name = {Path(path).name: each for path, each in told.files.items()}
    expected = {name: code for name, (_, code) in FILES.items()} | {
        "folder.docx": "cli/no-reports",
        "pipe.docx": "read/not-a-file",
        "device.docx": "read/not-a-file",
        "link.docx": "read/broken-link",
    }
    assert {name: [one["id"] for one in by_name[name]["diagnostics"]] for name in expected} == {
        name: [code] for name, code in expected.items()
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may do all may read all")
def test_a_file_that_may_not_be_read_is_told(run, made):
    path = made("noise.docx")
    path.chmod(0)
    told = run("check", path, "--format", "json")
    assert (told.code, told.ids) == (2, ["read/unreadable-file"])

"""Files are written whole or not at all, and nothing of ours is left beside them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from validator.writing import create_file, replace_file

LONG = "ế" * 80 + ".yaml"


def fails(code):
    def fail(*_args, **_more):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("write", [create_file, replace_file])
class TestEither:
    def test_a_name_may_be_as_long_as_the_system_takes(self, write, tmp_path):
        write(tmp_path / LONG, b"x")
        assert [path.name for path in tmp_path.iterdir()] == [LONG]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_who_may_read_it_is_as_with_any_new_file(self, write, tmp_path):
        (tmp_path / "plain").write_bytes(b"")
        write(tmp_path / "ours", b"x")
        modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "ours")]
        assert modes[0] == modes[1]

    def test_what_a_killed_run_left_is_no_hindrance(self, write, tmp_path):
        left = tmp_path / f".a.yaml.{os.getpid()}.part"
        left.write_bytes(b"left")
        write(tmp_path / "a.yaml", b"x")
        assert left.read_bytes() == b"left"
        assert (tmp_path / "a.yaml").read_bytes() == b"x"

    def test_a_full_disk_leaves_nothing(self, write, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "fsync", fails(errno.ENOSPC))
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            write(tmp_path / "a.yaml", b"x")
        assert list(tmp_path.iterdir()) == []


class TestWithoutHardLinks:
    @pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.ENOSYS])
    def test_a_file_is_made_all_the_same_and_only_once(self, code, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "link", fails(code))
        create_file(tmp_path / "a.yaml", b"x")
        with pytest.raises(FileExistsError):
            create_file(tmp_path / "a.yaml", b"y")
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.yaml", b"x")]

    def test_no_empty_file_is_left_when_it_cannot_be_filled(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "link", fails(errno.EPERM))
        monkeypatch.setattr(Path, "replace", fails(errno.ENOSPC))
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            create_file(tmp_path / "a.yaml", b"x")
        assert list(tmp_path.iterdir()) == []

    def test_any_other_fault_is_told(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "link", fails(errno.EIO))
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            create_file(tmp_path / "a.yaml", b"x")
        assert list(tmp_path.iterdir()) == []


def test_a_replacement_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", fails(errno.EACCES))
    with pytest.raises(OSError, match=os.strerror(errno.EACCES)):
        replace_file(tmp_path / "a.yaml", b"x")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.yaml", b"before")]

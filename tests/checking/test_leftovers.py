"""What killed runs left behind goes; what is young, another's, a link or of another name stays."""

from __future__ import annotations

import os
import time

import pytest

from validator.leftovers import sweep_folders, sweep_parts

OLD = time.time() - 8 * 24 * 3600
PART = "." + "0a" * 16 + ".part"


@pytest.fixture(autouse=True)
def _once_more():
    sweep_folders.cache_clear()
    sweep_parts.cache_clear()


def aged(path):
    os.utime(path, (OLD, OLD), follow_symlinks=False)
    return path


def folder(place, name):
    (place / name).mkdir()
    (place / name / "inside").write_text("x")
    return aged(place / name)


def test_old_folders_of_ours_go_and_nothing_else(tmp_path):
    folder(tmp_path, "validator-abc_1234")
    kept = [folder(tmp_path, name) for name in ("validator-abc_12345", "validator-", "other-abc_1234")]
    (tmp_path / "validator-young_12").mkdir()
    kept.append(tmp_path / "validator-young_12")
    kept.append(aged_file := tmp_path / "validator-file0000")
    aged_file.write_text("x")
    aged(aged_file)
    sweep_folders(str(tmp_path))
    assert sorted(tmp_path.iterdir()) == sorted(kept)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(tmp_path):
    (tmp_path / "mine").mkdir()
    precious = folder(tmp_path, "mine/precious")
    place = tmp_path / "tmp"
    place.mkdir()
    (place / "validator-link0000").symlink_to(precious)
    aged(place / "validator-link0000")
    (place / "validator-dir_0000").mkdir()
    (place / "validator-dir_0000" / "link").symlink_to(precious)
    aged(place / "validator-dir_0000")
    sweep_folders(str(place))
    assert [each.name for each in place.iterdir()] == ["validator-link0000"]
    assert (precious / "inside").read_text() == "x"


def test_half_written_files_go(tmp_path):
    aged_part = tmp_path / PART
    aged_part.write_text("x")
    aged(aged_part)
    for name in ("." + "0b" * 16 + ".part", "report.part"):
        (tmp_path / name).write_text("x")
    aged(tmp_path / "report.part")
    sweep_parts(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ["." + "0b" * 16 + ".part", "report.part"]
    )

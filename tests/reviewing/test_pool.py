"""The work of a review: what ends a process or finds no room is told, and nothing is left in /tmp."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

import pytest

from validator import ValidatorError, review
from validator.reviewing import pool, shelf

from .conftest import UNITS, file_of, report, rows

# Processes import what they do by its name: it is a module of its own.
DEADLY = """
import os
from validator.reviewing.pool import _worker

def at_taking(desk):
    do = _worker(desk)
    deadly = lambda task: isinstance(task, tuple) and task[1].source.name == "xa-b.yaml"
    return lambda task: os._exit(9) if deadly(task) else do(task)

def at_judging(desk):
    do = _worker(desk)
    deadly = lambda task: not isinstance(task, tuple) and task.key == "000001"
    return lambda task: os._exit(9) if deadly(task) else do(task)
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def many(desk, monkeypatch):
    monkeypatch.setattr(pool, "_ENOUGH_FILES", 2)
    desk.put("../units.yaml", UNITS)
    for unit in ("xa-a", "xa-b", "xa-c"):
        desk.put(f"{unit}.yaml", report(unit))
    return desk


@pytest.fixture
def deadly(tmp_path, monkeypatch):
    (tmp_path / "deadly_work.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import deadly_work

    yield deadly_work
    sys.modules.pop("deadly_work")


class TestLost:
    def test_a_file_that_cannot_be_taken_is_told_as_that_of_its_unit(self, many, deadly, monkeypatch):
        monkeypatch.setattr(pool, "_worker", deadly.at_taking)
        found = review(many.folder, units=many.folder.parent / "units.yaml")
        (unread,) = found.unread
        assert (Path(unread.path).name, unread.diagnostics[0].id) == ("xa-b.yaml", "read/crashed")
        standing = {row.unit.id: row.standing.value for row in found.units}
        assert standing["xa-b"] == "unreadable"
        assert standing["xa-a"] == standing["xa-c"] == "submitted"

    def test_a_row_that_cannot_be_judged_says_so(self, many, deadly, monkeypatch):
        monkeypatch.setattr(pool, "_worker", deadly.at_judging)
        found = review(many.folder)
        row = rows(found)["xa-b"]
        assert file_of(row.current) == "xa-b.yaml"
        assert row.tallies["read"].errors == 1
        result = found.details[row.key].result
        assert (result.judged, [each.id for each in result.diagnostics]) == (False, ["read/crashed"])
        assert all(found.details[rows(found)[unit].key].result.judged for unit in ("xa-a", "xa-c"))


class TestNoRoom:
    def test_a_full_disk_is_told_and_nothing_is_left(self, many, temporary, monkeypatch):
        def full(*_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(pool, "_ENOUGH_FILES", 100)
        monkeypatch.setattr(shelf.Path, "write_bytes", full)
        with pytest.raises(ValidatorError) as told:
            review(many.folder)
        assert told.value.problem.code == "review/no-room"
        assert told.value.problem.args["path"] == str(temporary)
        assert list(temporary.iterdir()) == []

    @pytest.mark.parametrize("enough", [2, 100])
    def test_also_on_several_processes(self, many, temporary, monkeypatch, enough):
        monkeypatch.setattr(pool, "_ENOUGH_FILES", enough)
        made = tempfile.mkdtemp

        def without_folder(**options):
            folder = made(**options)
            os.rmdir(folder)  # noqa: PTH106
            return folder

        monkeypatch.setattr(tempfile, "mkdtemp", without_folder)
        with pytest.raises(ValidatorError) as told:
            review(many.folder)
        assert told.value.problem.code == "review/no-room"
        assert list(temporary.iterdir()) == []

    def test_a_temporary_folder_that_is_none_is_told(self, many, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        with pytest.raises(ValidatorError) as told:
            review(many.folder)
        assert told.value.problem.code == "review/no-room"
        assert told.value.problem.args["path"] == str(tmp_path / "nowhere")


def test_what_fails_in_the_middle_leaves_nothing(many, temporary):
    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        review(many.folder, progress=stop)
    assert list(temporary.iterdir()) == []

"""A file that changes while it is read."""

from __future__ import annotations

import pytest

from validator import review
from validator.reviewing import intake

from .conftest import report, rows


@pytest.fixture
def restless(monkeypatch):
    """Make the files with a name look changed after each of the first readings."""

    def change(name, times):
        state, seen = intake.file_state, []

        def changing(path):
            if path.name != name:
                return state(path)
            seen.append(path)
            # Looked at before and after each reading.
            return (min(len(seen) // 2, times),)

        monkeypatch.setattr(intake, "file_state", changing)
        return seen

    return change


def test_what_changed_once_is_read_again(desk, restless):
    desk.put("a.yaml", report("xa-a"))
    seen = restless("a.yaml", times=1)
    found = review(desk.folder)
    assert list(rows(found)) == ["xa-a"]
    assert found.unread == ()
    assert len(seen) == 4


def test_what_keeps_changing_is_told_once_and_the_others_are_reviewed(desk, restless):
    desk.put("a.yaml", report("xa-a"))
    desk.put("b.yaml", report("xa-b"))
    restless("a.yaml", times=100)
    found = review(desk.folder)
    assert [[each.id for each in file.diagnostics] for file in found.unread] == [
        ["review/changed-while-read"]
    ]
    assert list(rows(found)) == ["xa-b"]


def test_a_file_that_is_really_written_to_meanwhile_is_read_as_it_is_in_the_end(desk, monkeypatch):
    path = desk.put("a.yaml", report("xa-a"))
    read = intake.read_sent

    def read_and_write(*arguments):
        found = read(*arguments)
        if "xa-z" not in path.read_text(encoding="utf-8"):
            path.write_text(report("xa-z", "hoso: {received: 99999}\n"), encoding="utf-8")
        return found

    monkeypatch.setattr(intake, "read_sent", read_and_write)
    assert list(rows(review(desk.folder))) == ["xa-z"]


def test_a_file_that_goes_meanwhile_is_told(desk, monkeypatch):
    path = desk.put("a.yaml", report("xa-a"))
    desk.put("b.yaml", report("xa-b"))
    read = intake.read_sent

    def read_and_remove(where, *arguments):
        path.unlink(missing_ok=True)
        return read(where, *arguments)

    monkeypatch.setattr(intake, "read_sent", read_and_remove)
    found = review(desk.folder)
    assert [each.path for each in found.unread] == [str(path)]
    assert list(rows(found)) == ["xa-b"]

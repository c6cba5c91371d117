"""Paths are told without the folder that all of them lie in."""

from __future__ import annotations

import pytest

from validator.diagnostics.shown import common_folder, short_path


@pytest.mark.parametrize(
    ("paths", "folder", "short"),
    [
        (["in/a.yaml", "in/b.yaml"], "in", ["a.yaml", "b.yaml"]),
        (["in/x/a.yaml", "in/y/a.yaml"], "in", ["x/a.yaml", "y/a.yaml"]),
        (["/d/in/a.yaml"], "/d/in", ["a.yaml"]),
        (["a.yaml", "b.yaml"], "", ["a.yaml", "b.yaml"]),
        (["a.yaml", "/in/b.yaml"], "", ["a.yaml", "/in/b.yaml"]),
        (["in/a.yaml", "input/b.yaml"], "", ["in/a.yaml", "input/b.yaml"]),
        (["/a.yaml", "/in/b.yaml"], "/", ["a.yaml", "in/b.yaml"]),
        ([], "", []),
    ],
)
def test_what_all_share_is_left_out(paths, folder, short):
    assert common_folder(paths) == folder
    assert [short_path(path, folder) for path in paths] == short


def test_a_path_elsewhere_stays_whole():
    assert short_path("kho/a.yaml", "in") == "kho/a.yaml"
    assert short_path("inside/a.yaml", "in") == "inside/a.yaml"

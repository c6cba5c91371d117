"""An archive, a form or a path that is not there is wrong use: one message, exit code 2, in every command."""

from __future__ import annotations

import pytest

from validator.cli.main import main

REPORT = """\
report:
  form: demo
  unit: {id: a, name: Xã A, parent: t}
  period: {kind: year, from: 2023-01-01, to: 2023-12-31}
hoso: {received: 119, new: 110, carried_over: 9}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "in/a.yaml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in/a.txt").write_text("BÁO CÁO\nTiếp nhận 3 hồ sơ.\n", encoding="utf-8")

    def call(*arguments):
        code = main([*arguments, "--lang", "en"])
        return code, capsys.readouterr().err

    return call


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize("archive", ["nowhere", "in/a.yaml", "x" * 300])
def test_an_archive_that_is_no_folder(run, command, archive):
    code, err = run(command, "in", "--archive", archive)
    assert code == 2
    assert err.count("[cli/no-archive]") == 1


@pytest.mark.parametrize("command", ["check", "review"])
def test_an_empty_archive_is_one(run, command):
    assert run(command, "in", "-q", "--archive", "empty")[0] == 0


@pytest.mark.parametrize(
    "command",
    [
        ("check", "in"),
        ("review", "in"),
        ("rollup", "in"),
        ("read", "in/a.txt"),
        ("accept", "in/a.txt", "--archive", "empty"),
        ("compare", "in/a.yaml", "in/a.yaml"),
    ],
)
def test_a_form_that_nobody_knows_with_those_that_there_are(run, command):
    code, err = run(*command, "--form", "nope")
    assert code == 2
    assert "[cli/unknown-form]" in err
    assert "Known forms: cchc, demo, kstt, par-index." in err


class TestRollup:
    def test_a_path_that_does_not_exist(self, run):
        for paths in (["nowhere"], ["in", "nowhere"], ["x" * 300]):
            code, err = run("rollup", *paths)
            assert code == 2
            assert "[cli/path-not-found]" in err

    def test_a_folder_without_reports(self, run):
        code, err = run("rollup", "empty")
        assert code == 2
        assert "[cli/no-reports]" in err

    def test_reports_none_of_which_can_be_used(self, run, tmp_path):
        (tmp_path / "empty/a.yaml").write_text(REPORT.replace("demo", "nope"), encoding="utf-8")
        code, err = run("rollup", "empty")
        assert code == 2
        assert "[rollup/none-usable]" in err
        assert "empty/a.yaml: There is no form `nope`." in err

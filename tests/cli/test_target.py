"""Results are never written over what is read, nor where they would be read as a report."""

from __future__ import annotations

import os

import pytest

from validator.cli.main import main

REPORT = """\
report: {form: demo, unit: {id: a, name: Xã A}, period: {kind: year, from: 2023-01-01, to: 2023-12-31}}
hoso: {received: 119, new: 110, carried_over: 9}
"""
UNITS = "units:\n  - {id: t, name: Huyện T}\n  - {id: a, name: Xã A, parent: t}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "in/a.yaml": REPORT,
        "in/a.giai-trinh.yaml": "explanations: []\n",
        "in/units.yaml": UNITS,
        "in/notes.json": '{"a": 1}\n',
        "archive/a/old.yaml": REPORT.replace("2023", "2022"),
        "other.yaml": UNITS,
        "elsewhere.yaml": REPORT.replace("Xã A", "Xã B"),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "in/b.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "link.out").symlink_to(tmp_path / "in/a.yaml")
    return tmp_path


def held(folder):
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


COMMANDS = {
    "check": ("check", "in", "--archive", "archive", "-q", "--units", "other.yaml", "--format", "json={}"),
    "check-one": (
        "check",
        "in/a.yaml",
        "in/b.yaml",
        "in",
        "--archive",
        "archive",
        "--units",
        "other.yaml",
        "--output",
        "{}",
    ),
    "review": ("review", "in", "--archive", "archive", "-q", "--units", "other.yaml", "--output", "{}"),
}
READ = (
    "in/a.yaml", "in/b.yaml", "in/units.yaml", "in/a.giai-trinh.yaml", "in/notes.json", "in/../in/a.yaml",
    "archive/a/old.yaml", "other.yaml", "elsewhere.yaml", "link.out",
)  # fmt: skip


@pytest.mark.parametrize("target", READ)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_read_is_never_written_over(here, capsys, command, target):
    before = held(here)
    assert main([each.format(target) for each in COMMANDS[command]]) == 2
    assert "cli/output-is-input" in capsys.readouterr().err
    assert held(here) == before


@pytest.mark.parametrize("target", ["in/a.yaml", "in/b.yaml", "in/units.yaml", "elsewhere.yaml", "link.out"])
def test_nor_is_it_by_a_rollup_that_is_forced(here, capsys, target):
    before = held(here)
    assert main(["rollup", "in", "--out", target, "--force"]) == 2
    assert "cli/output-is-input" in capsys.readouterr().err
    assert held(here) == before


def test_another_name_of_a_file_that_is_read_is_refused(here, capsys):
    os.link(here / "in/a.yaml", here / "same")
    assert main(["check", "in/a.yaml", "--output", "same"]) == 2
    assert "cli/output-is-input" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["new.yaml", "new.xlsx", "new.txt", "units.yaml"])
def test_a_new_file_that_would_be_read_as_a_report_is_refused(here, capsys, name):
    (here / "in/units.yaml").unlink()
    before = held(here)
    assert main(["review", "in", "-q", "--output", f"in/{name}"]) == 2
    assert "cli/output-among-inputs" in capsys.readouterr().err
    assert held(here) == before


@pytest.mark.parametrize("command", ["check", "review"])
def test_the_json_of_a_run_may_lie_beside_the_reports_and_be_written_anew(here, command):
    for _ in range(2):
        assert main([command, "in", "-q", "--format", "json=in/out.json", "--fail-on", "never"]) == 0
    assert (here / "in/out.json").stat().st_size


def test_what_is_no_report_by_its_name_may_lie_there_too(here):
    for _ in range(2):
        assert main(["review", "in", "-q", "--format", "html=in/page.html", "--fail-on", "never"]) == 0

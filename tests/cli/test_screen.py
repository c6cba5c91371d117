"""Every command that draws asks the same about colour."""

from __future__ import annotations

import io
import sys

import pytest

from validator.cli.main import main


class Terminal(io.StringIO):
    """A screen."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Run a command on a terminal; return what it showed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    note = tmp_path / "note.txt"
    note.write_text("Tổ có 40 hộ, gồm 25 hộ A và 16 hộ B.\n", encoding="utf-8")
    for name, carried in (("old", 2), ("new", 3)):
        report = f"report: {{form: demo}}\nhoso: {{received: 10, new: 7, carried_over: {carried}}}\n"
        (tmp_path / f"{name}.yaml").write_text(report, encoding="utf-8")
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: small\n", encoding="utf-8")

    def run(*arguments):
        screen = Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", screen)
            main([*arguments, "--lang", "en"])
        return screen.getvalue()

    return run


COMMANDS = [
    ("check", "note.txt"),
    ("claims", "note.txt"),
    ("compare", "old.yaml", "new.yaml"),
    ("lint", "pack"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_terminal_is_given_colour_unless_something_says_no(shown, monkeypatch, command):
    assert "\x1b[" in shown(*command)
    assert "\x1b[" not in shown(*command, "--no-color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in shown(*command)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in shown(*command)

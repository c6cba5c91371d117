"""Nothing of a file, neither its name nor what it holds, can steer a terminal or forge a line of a log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EVIL = "\x1b[31mx\x1b]0;y\x07\x9b2J\r\u202e"
NAME = f"a{EVIL}b"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such names there")


@pytest.fixture
def sent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = (ROOT / "examples" / "documents" / "an-lac-2024.docx").read_bytes()
    report = (ROOT / "examples" / "demo-report.yaml").read_text(encoding="utf-8")
    Path(f"{NAME}.docx").write_bytes(document)
    Path(f"{NAME}.yaml").write_text(report, encoding="utf-8")
    Path(f"{NAME}.pdf").write_bytes(b"%PDF-1.4 nothing")
    Path(f"{NAME}.txt").write_text(f"Tổng số {EVIL} 38/40 đạt 92%.\n", encoding="utf-8")
    quoted = report.replace("Thị trấn Hà Trung", '"Ha\\e[31m Trung\\x9b2J"')
    Path("quoted.yaml").write_text(quoted, encoding="utf-8")
    Path("raw.yaml").write_text(f"report: {EVIL}\n", encoding="utf-8")
    folder = Path(f"pack{EVIL}")
    folder.mkdir()
    (folder / "pack.yaml").write_text(f"pack: {EVIL}\nfields: [", encoding="utf-8")
    return tmp_path


COMMANDS = [
    ["check", "."],
    ["check", ".", "--verbose"],
    ["check", ".", "--format", "table"],
    ["check", ".", "--format", "github"],
    ["check", ".", "--format", "json"],
    ["check", ".", "--format", "sarif"],
    ["check", "missing" + EVIL],
    ["check", f"{NAME}.yaml", "--pack", f"pack{EVIL}"],
    ["check", f"{NAME}.yaml", "--select", EVIL],
    ["check", f"{NAME}.yaml", "--form", EVIL],
    ["check", f"{NAME}.yaml", "--output", f"missing{EVIL}/x"],
    ["check", f"{NAME}.yaml", f"--bad{EVIL}"],
    ["claims", f"{NAME}.docx"],
    ["claims", f"{NAME}.txt", "--unchecked"],
    ["claims", f"{NAME}.pdf"],
    ["read", f"{NAME}.pdf"],
    ["read", f"{NAME}.docx"],
    ["read", "quoted.yaml"],
    ["compare", f"{NAME}.docx", f"{NAME}.yaml"],
    ["review", "."],
    ["rollup", "."],
    ["accept", f"{NAME}.yaml", "--archive", f"filed{EVIL}"],
    ["lint", f"pack{EVIL}"],
    ["test", f"pack{EVIL}"],
    ["fmt", "--check", f"pack{EVIL}"],
    ["rules", f"pack{EVIL}"],
    ["explain", EVIL],
    ["explain-finding", f"{NAME}.yaml", EVIL, "--reason", "x"],
    ["schema", "--pack", f"pack{EVIL}"],
    ["new", "pack", f"new{EVIL}"],
    ["new", "pack", "fresh", "--from-form", f"{NAME}.pdf"],
]


@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda each: " ".join(each).encode("unicode_escape").decode()
)
def test_no_control_character_is_written(sent, capfd, command):
    main([*command, "--lang", "en"])
    told = "".join(capfd.readouterr())
    steering = {character for character in told if character < " " or "\x7f" <= character <= "\x9f"}
    assert steering <= {"\n", "\t"}, told
    assert "\u202e" not in told or "--format" in command

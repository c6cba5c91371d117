"""A command that is told to end does so at once, and leaves nothing in the folder for temporary files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "examples" / "review" / "2024-06-thang" / "xa-an-lac.docx"
START = "from validator.cli.main import entry_point; entry_point()"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.mark.parametrize(("kind", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
@pytest.mark.parametrize("documents", [5, 24], ids=["one process", "several"])
def test_a_signal_ends_a_review(tmp_path, kind, code, documents):
    reports, temporary = tmp_path / "in", tmp_path / "tmp"
    for folder in (reports, temporary):
        folder.mkdir()
    for number in range(documents):
        shutil.copy(DOCUMENT, reports / f"{number}.docx")
    command = [sys.executable, "-c", START, "review", reports]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    started = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    pause = threading.Event()
    while not list(temporary.glob("validator-*/*")) and started.poll() is None:
        pause.wait(0.01)
    started.send_signal(getattr(signal, kind))
    _, told = started.communicate()  # ends when all that hold its output have ended
    assert started.returncode == code, told.decode(errors="replace")
    assert b"Traceback" not in told
    assert list(temporary.iterdir()) == []


def test_a_full_disk_is_told_with_what_to_do(tmp_path):
    shutil.copy(DOCUMENT, tmp_path)
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += f"resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400)); {START}"
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "VALIDATOR_CACHE": str(tmp_path / "cache")}
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-c", limited, "review", tmp_path / DOCUMENT.name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "review/no-room" in done.stderr
    assert "TMPDIR" in done.stderr
    assert str(tmp_path / "tmp") in done.stderr
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_signal_that_is_to_be_passed_over_is_passed_over():
    script = "import signal; from validator.cli.main import _heed_signals; _heed_signals();"
    script += "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    command = ["/bin/sh", "-c", 'trap "" HUP; exec "$0" -c "$1"', sys.executable, script]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"True\n"

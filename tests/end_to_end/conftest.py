"""Runs the installed command as a person does: as a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).parent / "validator")
PROJECT = Path(__file__).parents[2]
# The report format of the demo pack, as small as a report may be.
GOOD = """\
report: {form: demo, unit: {id: xa, name: Xã Mẫu}, period: {kind: year, from: 2022-12-15, to: 2023-12-14}}
hoso: {received: 10, new: 7, carried_over: 3}
"""
BAD = GOOD.replace("carried_over: 3", "carried_over: 2")


class Outcome:
    """What a process left: exit code, output, complaints."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")
        assert "Traceback" not in self.out + self.err

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def files(self):
        """The files of a JSON result by the last part of their path."""
        return {Path(file["path"]).name: file for file in self.json["files"]}

    @property
    def ids(self):
        """The ids of all findings of a JSON result."""
        return [
            found["id"]
            for file in self.json["files"]
            for found in file["diagnostics"]
            if found["verdict"] in ("fail", "error")
        ]


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """The environment of the processes: Vietnamese, no colour asked for, a cache of their own."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT")}
    cache, state = (str(tmp_path_factory.mktemp(name)) for name in ("cache", "state"))
    return {**kept, "VALIDATOR_CACHE": cache, "XDG_STATE_HOME": state, "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def run(environment):
    """Run ``validator`` with arguments and return what came of it."""

    def start(*arguments, cwd=None, stdin=b"", timeout=120, **variables):
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**environment, **variables},
        )
        return Outcome(done)

    return start


@pytest.fixture
def report(tmp_path):
    """Write a report file and return its path."""

    def write(text=GOOD, name="report.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write

"""Runs the command as a person does, in a folder and an environment of its own.

What depends on the process – the installed command, its streams, its end, its caches – runs as a process of
its own; the rest goes through the same `main` in this one, which takes a third of the time.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest

from validator.cli.main import main

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

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out.decode("utf-8"), err.decode("utf-8")
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
def run_process(environment):
    """Run ``validator`` with arguments as a process of its own and return what came of it."""

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
        return Outcome(done.returncode, done.stdout, done.stderr)

    return start


@pytest.fixture(scope="session")
def run(environment, run_process):
    """Run ``validator`` with arguments; with a time to keep to, or a Python of its own, as a process."""

    def start(*arguments, cwd=None, stdin=b"", **variables):
        if any(name == "timeout" or name.startswith("PYTHON") for name in variables):
            return run_process(*arguments, cwd=cwd, stdin=stdin, **variables)
        given = {"stdin": stdin, "stdout": b"", "stderr": b""}
        streams = {name: io.TextIOWrapper(io.BytesIO(data), "utf-8") for name, data in given.items()}
        with (
            patch.dict(os.environ, {**environment, **variables}, clear=True),
            patch.multiple(sys, **streams),
            chdir(cwd or Path.cwd()),
        ):
            code = main([*map(str, arguments)])
        for name in ("stdout", "stderr"):
            streams[name].flush()
        return Outcome(code, streams["stdout"].buffer.getvalue(), streams["stderr"].buffer.getvalue())

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

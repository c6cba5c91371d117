"""Whole process of `validator check` beside `python3 -c pass`, as a ratio of their times.

Run from the checkout, with the package installed: python benchmarks/cold_start.py [REPORT]
Times are the least of several rounds, in processor time and taken in turns, so that a busy machine
disturbs little. Modules are compiled once, as pip does when it installs, and the cache of packs is one of
its own: programs beside this one may fill the user's.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 15


def seconds(command: list[str], **environment: str) -> float:
    """Return the processor seconds that *command* takes once."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    report = sys.argv[1] if len(sys.argv) > 1 else "examples/ha-trung-2023.yaml"
    check = [str(Path(sys.executable).parent / "validator"), "check", report, "--format"]
    nothing = "python3 -c pass"
    with TemporaryDirectory() as cache:
        # Where this is set, each run would compile every module anew, which no installed program does.
        kept = {"PYTHONDONTWRITEBYTECODE": "", "VALIDATOR_CACHE": cache}
        runs = {
            nothing: ([sys.executable, "-c", "pass"], kept),
            "check, pack from cache": ([*check, "plain"], kept),
            "the same as a table": ([*check, "table"], kept),
            "check, pack compiled": ([*check, "plain"], {**kept, "VALIDATOR_CACHE": "off"}),
        }
        rounds = [{name: seconds(each, **to) for name, (each, to) in runs.items()} for _ in range(RUNS)]
    least = {name: min(each[name] for each in rounds) for name in runs}
    for name, took in least.items():
        print(f"{name:24} {took * 1000:6.0f} ms   {took / least[nothing]:5.1f} times")


if __name__ == "__main__":
    main()

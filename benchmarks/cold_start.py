"""Whole process of `validator check` beside `python3 -c pass`, as a ratio of their times.

Run from the checkout, with the package installed: python benchmarks/cold_start.py [REPORT]
Times are the least of several runs, in processor time, so that a busy machine disturbs little.
The package must be installed compiled, as pip does: `pip install .`
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

RUNS = 15


def least(command: list[str], **environment: str) -> float:
    """Return the least processor seconds that *command* took."""
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main() -> None:
    report = sys.argv[1] if len(sys.argv) > 1 else "examples/ha-trung-2023.yaml"
    command = [str(Path(sys.executable).parent / "validator"), "check", report, "--format", "table"]
    nothing = least([sys.executable, "-c", "pass"])
    kept, anew = least(command), least(command, VALIDATOR_CACHE="off")
    print(f"python3 -c pass          {nothing * 1000:6.0f} ms")
    print(f"check, pack from cache   {kept * 1000:6.0f} ms   {kept / nothing:5.1f} times")
    print(f"check, pack compiled     {anew * 1000:6.0f} ms   {anew / nothing:5.1f} times")


if __name__ == "__main__":
    main()

"""The reviewer's desk: all that `review` writes against the check alone, and memory at N and 2 N.

usage: python benchmarks/desk.py [--documents 200]

It writes N and 2 N reports in Word, each of a commune of its own, one in five with a planted fault, and their
list of units in CSV (no randomness), and runs the installed command as people do:

- `validator check FOLDER`, with its results as JSON;
- `validator review FOLDER --units … --output-dir …`: letters, commented copies, their list, workbook, page.

Processor seconds are those of the command with all processes it started; memory is the most of one process,
of both commands.
Ratios come first; the rest is of this machine.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "sixty"))

import make_reports as made  # noqa: E402 - found by the line above

FAULT = 5
"""Every so many reports one has a fault."""


def main() -> None:
    """Print the ratio for N and 2 N, and how memory grows."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--documents", type=int, default=200, help="N")
    count = wanted.parse_args().documents
    peaks = []
    for size in (count, 2 * count):
        with tempfile.TemporaryDirectory() as name:
            room = Path(name)
            write(room, size)
            alone, _ = run(room, "check", "in", "--quiet", "--format", "json=check.json")
            whole, peak = run(room, "review", "in", "--quiet", "--units", "units.csv", "--output-dir", "out")
        peaks.append(peak)
        print(f"{size} documents: review with all outputs ÷ check = {whole / alone:.2f}")
        each = (f"{seconds / size * 1000:.0f} ms" for seconds in (alone, whole))
        print("  processor time a document: check {}, review {}".format(*each))
    print(f"memory: {peaks[0]:.0f} MB, then {peaks[1]:.0f} MB: {peaks[1] / peaks[0]:.2f}")


def write(room: Path, count: int) -> None:
    """Write the reports and the list of their units."""
    (room / "in").mkdir()
    rows = ["Tên đơn vị;Cấp trên;Địa chỉ;Email"]
    for number in range(count):
        name = f"Xã {made.FIRST[number % 12]} {made.SECOND[number % 5]} {number}"
        figures = made.figures(number % 57)
        told = figures | ({"late": 97} if number % FAULT == 0 else {})
        report = made.Report(number, name, text=told, rows=told)
        (room / "in" / f"{report.slug}.docx").write_bytes(made.word(report))
        rows.append(f"{name};{made.PROVINCE};Thôn {number};x{number}@namson.example")
    (room / "units.csv").write_text("\n".join([*rows, made.PROVINCE]) + "\n", encoding="utf-8")


def run(room: Path, *arguments: str) -> tuple[float, float]:
    """Run the command in *room*; return its processor seconds and the most megabytes of a process so far."""
    command = str(Path(sys.executable).parent / "validator")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([command, *arguments], cwd=room, stdout=subprocess.DEVNULL, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(arguments)}: {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024


if __name__ == "__main__":
    main()

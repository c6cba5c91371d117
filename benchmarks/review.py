"""`validator review`: the engine's part beside that of reading, twice the files, and memory.

usage: python benchmarks/review.py [--reports 500] [--documents 100]

It writes N and 2 N structured reports of 120 fields with their archives, and N and 2 N Word documents,
into a temporary folder (fixed seed), and reviews each in a process of its own:

- in one process, with the time of each part: reading (files of the folders and of the archive → reports),
  the engine (rules, joins and the words for what was found), and what holds both together;
- as users do, on all cores: wall and processor time, and the most memory of the main process and of its
  largest worker, up to the end of the review and again after its page, workbook and slips were written.

Ratios come first; seconds and megabytes are of this machine. Memory needs Linux (/proc).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Figures = dict[str, float]
MEGABYTE = 1024 * 1024


def main() -> None:
    """Print the figures of both kinds of files."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--reports", type=int, default=500, help="N of structured reports")
    wanted.add_argument("--documents", type=int, default=100, help="N of Word documents")
    wanted.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    options = wanted.parse_args()
    if options.inside:
        step, folder = options.inside
        print(json.dumps(STEPS[step](Path(folder))))
        return
    for kind, count in (("reports", options.reports), ("documents", options.documents)):
        for_kind(kind, count)


def for_kind(kind: str, count: int) -> None:
    """Print the figures of N and 2 N files of one kind."""
    if not count:
        return
    told = []
    for size in (count, 2 * count):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            inside(f"write-{kind}", folder / str(size))
            told.append(inside("parts", folder / str(size)) | inside("whole", folder / str(size)))
    print(f"\n{told[0]['files']:.0f} and {told[1]['files']:.0f} {kind}")
    for line in lines(*told):
        print(line)


def inside(step: str, folder: Path) -> Figures:
    """Take a step in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--inside", step, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: Figures = json.loads(done.stdout)
    return found


def lines(one: Figures, two: Figures) -> list[str]:
    """Return the figures in words: ratios, then what they were made of."""
    per_file = {name: two[name] / two["files"] * 1000 for name in two if name.endswith(" s")}
    shares = (each["engine s"] / each["read s"] for each in (one, two))
    made = ["  engine ÷ reading      " + "".join(f"{each:9.3f}" for each in shares)]
    made.append("                                N      2 N  ratio    per file")
    for name in dict.fromkeys((*one, *two)):
        if name == "files":
            continue
        unit = f"{per_file[name]:8.2f} ms" if name in per_file else ""
        made.append(f"  {name:22}{one[name]:9.2f}{two[name]:9.2f}{two[name] / (one[name] or 1):7.2f}{unit}")
    return made


# What happens inside one process


def parts(folder: Path) -> Figures:
    """Review in this process, with a clock at each border between reading and judging."""
    import validator
    from validator.checking import joined
    from validator.reviewing import intake, judging, pool, review
    from validator.reviewing.shelf import Shelf
    from validator.submissions import archive

    clock = Clock()
    pool.os.cpu_count = lambda: 1
    gc.set_threshold(100_000, 50, 50)  # as the command and its workers do
    clock.put(intake, "read_sent", "read s")
    for module in (archive, joined):
        clock.put(module, "load_filed", "read archive s")
    clock.put(judging, "judge_file", "judge s")
    clock.put(judging, "compare_judged", "judge s")
    clock.put(review, "filed_reports", "list archive s")
    clock.put(intake, "values_digest", "digest s")
    clock.put(Shelf, "put", "put aside s")
    clock.put(Shelf, "get", "put aside s")
    start = time.process_time()
    done = validator.review([folder / "reports"], **given(folder))
    total = time.process_time() - start
    found = clock.seconds
    reading = found["read s"] + found.get("read archive s", 0)
    return {
        "files": done.files,
        "one process s": total,
        "read s": reading,
        "engine s": found["judge s"],
        "other s": total - reading - found["judge s"],
        **{f"  {name}": found.get(name, 0) for name in ("put aside s", "digest s", "list archive s")},
    }


class Clock:
    """Adds up how long functions take, by name; a function within another counts for both."""

    def __init__(self) -> None:
        self.seconds: Figures = {}

    def put(self, owner: Any, name: str, label: str) -> None:
        """Put a clock around a function where *owner* calls it by *name*."""
        function: Callable[..., Any] | None = getattr(owner, name, None)
        if function is None:
            return

        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[label] = self.seconds.get(label, 0) + time.process_time() - start

        setattr(owner, name, timed)


def whole(folder: Path) -> Figures:
    """Review as users do, and write what goes back."""
    import validator
    from validator.render.matrix_xlsx import matrix_xlsx
    from validator.render.review_html import review_html

    watch = Watch()
    before = os.times()
    start = time.perf_counter()
    done = validator.review([folder / "reports"], **given(folder))
    figures = {"all cores, wall s": time.perf_counter() - start}
    while active_children():
        time.sleep(0.01)  # what a worker used is known once it has been waited for
    after = os.times()
    figures["all cores, processor s"] = sum(after[:4]) - sum(before[:4])
    figures["main process MB"] = memory("self")
    figures["largest worker MB"] = watch.stop()
    start = time.perf_counter()
    figures["page MB"] = sum(len(part.encode()) for part in review_html(done)) / MEGABYTE
    figures["page s"] = time.perf_counter() - start
    start = time.perf_counter()
    figures["workbook MB"] = len(matrix_xlsx(done, {})) / MEGABYTE
    figures["workbook s"] = time.perf_counter() - start
    figures["main, those written MB"] = memory("self")
    start = time.perf_counter()
    validator.write_review(done, folder / "out")
    figures["all files back s"] = time.perf_counter() - start
    back = [path for path in (folder / "out").rglob("*") if path.is_file()]
    figures["all files back MB"] = sum(path.stat().st_size for path in back) / MEGABYTE
    figures["main, at the end MB"] = memory("self")
    return figures


def given(folder: Path) -> dict[str, Any]:
    """Return the options of a review of what was written into *folder*."""
    archive = folder / "archive"
    return {"units": folder / "units.yaml"} | ({"archive": archive} if archive.is_dir() else {})


class Watch:
    """Notes the most memory that any worker has used, by asking now and then."""

    def __init__(self) -> None:
        self._most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            for worker in active_children():
                self._most = max(self._most, memory(str(worker.pid)))

    def stop(self) -> float:
        """Return the most memory of a worker in MB, 0 if there was none."""
        self._done.set()
        self._thread.join()
        return self._most


def memory(process: str) -> float:
    """Return the most memory that a process has used since it began, in MB; 0 if nobody knows."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmHWM")), 0)


def write(kind: str, folder: Path) -> Figures:
    """Write the files; the name of *folder* says how many."""
    import review_corpus

    make = {"reports": review_corpus.write_reports, "documents": review_corpus.write_documents}[kind]
    shutil.rmtree(folder, ignore_errors=True)
    make(folder, int(folder.name))
    return {}


STEPS: dict[str, Callable[[Path], Figures]] = {
    "write-reports": lambda folder: write("reports", folder),
    "write-documents": lambda folder: write("documents", folder),
    "parts": parts,
    "whole": whole,
}

if __name__ == "__main__":
    main()

"""Errors and warnings that ``check`` gives on documents that are right: every one is a false alarm.

usage: python benchmarks/false_alarms.py FILES…
"""

from __future__ import annotations

import sys

from validator import check


def main() -> None:
    """Print each false alarm and how many there are."""
    count = 0
    for file in check(sys.argv[1:]).files:
        for found in file.diagnostics:
            if found.severity.value != "info" and found.verdict.value in {"fail", "error"}:
                count += 1
                print(file.path.rpartition("/")[2], found.id, found.explanation or found.title, sep=" | ")
    print(f"{count} false alarms in {len(sys.argv) - 1} documents")


if __name__ == "__main__":
    main()

"""Figures of running text bound to the right field, to a wrong one, to none.

usage: python benchmarks/score_binding.py FOLDER [--show] [--suffix .txt|.docx]

FOLDER/truth.yaml lists `{document, field, also?, value, line, column, quote}`, or instead of the field
`not_bound: true` for a figure that only looks like one; line and column (from 1) in the .txt, of which a
.docx beside it is the same text.
`{document, form}` names the form of a document that does not name it itself.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

_DATES = re.compile(r"(^|\.)(date|from|to|as_of|period)$|^report\.")
_BULLET = re.compile(r"^([-–+•*]|[a-zđ]\)|\d+[.)])\s*")
_INDEX = re.compile(r"\[[^\]]*\]")
Entry = dict[str, Any]


def main() -> None:
    """Print a line a document, and one for all of a suffix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="list what is wrong or not bound")
    parser.add_argument("--suffix", help="only this form of the documents (default: .txt, then .docx)")
    args = parser.parse_args()
    for suffix in [args.suffix] if args.suffix else [".txt", ".docx"]:
        score(args.folder.resolve(), suffix, show=args.show)


def score(folder: Path, suffix: str, *, show: bool = False) -> Counter[str]:
    """Count for the documents of one suffix."""
    truth: list[Entry] = yaml.safe_load((folder / "truth.yaml").read_text(encoding="utf-8"))
    forms = {each["document"]: each["form"] for each in truth if "form" in each}
    total: Counter[str] = Counter()
    for name in dict.fromkeys(each["document"] for each in truth):
        path = (folder / name).with_suffix(suffix)
        if not path.exists():
            continue
        found, note = read(path, forms.get(name))
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        counts, told = judge([each for each in truth if each["document"] == name], found, lines)
        print(summary(path.name, counts), note)
        if show:
            print("\n".join(told))
        total += counts
    if total["fields"]:
        print(summary(f"ALL {suffix}", total))
    return total


def read(path: Path, form: str | None) -> tuple[Entry, str]:
    """Return what `validator read` finds, without and else with the form, and what there is to remark."""
    note = ""
    for given in [[]] + ([["--form", form]] if form else []):
        command = [
            str(Path(sys.executable).with_name("validator")),
            "read",
            "--format",
            "json",
            *given,
            str(path),
        ]
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        try:
            return json.loads(run.stdout), note
        except ValueError:
            note = f"form given: {form}" if form and not given else norm(run.stderr)[:160]
    return {"cells": [], "unbound": []}, f"NOT READ: {note}"


def judge(truth: list[Entry], found: Entry, lines: list[str]) -> tuple[Counter[str], list[str]]:
    """Compare what was bound in a document with its truth; say what is wrong or missing."""
    counts: Counter[str] = Counter()
    used: set[int] = set()
    told: list[str] = []
    for entry in (each for each in truth if "value" in each):
        hits = [each for each in found["cells"] if stands_at(each["location"], entry, lines)]
        used |= {id(each) for each in hits}
        paths = {_INDEX.sub("", each["path"]) for each in hits}
        state = state_of(entry, paths)
        counts["looks" if entry.get("not_bound") else "fields"] += 1
        counts[state] += 1
        if state not in ("right", "left"):
            unbound = (each for each in found.get("unbound", []) if stands_at(each["location"], entry, lines))
            why = (
                ", ".join(sorted(paths))
                or [each.get("code") or each.get("why") for each in unbound]
                or "not seen"
            )
            told.append(
                f"  {state.upper():5} {entry['value']:>12}  {entry.get('field')} <- {why}  “{entry['quote']}”"
            )
    for cell in found["cells"]:
        place = cell["location"]
        if id(cell) in used or place.get("table") or place.get("sheet") or _DATES.search(cell["path"]):
            continue
        counts["stray"] += 1
        told.append(
            f"  STRAY {cell['raw']:>12}  {cell['path']}   “{place.get('excerpt', place.get('text'))}”"
        )
    return counts, told


def state_of(entry: Entry, paths: set[str]) -> str:
    """Name what became of a figure that is bound to *paths*."""
    allowed = {entry.get("field"), *entry.get("also", [])}
    if entry.get("not_bound"):
        return "false" if paths - allowed else "left"
    return "right" if paths and paths <= allowed else "wrong" if paths else "none"


def stands_at(place: Entry, entry: Entry, lines: list[str]) -> bool:
    """Whether what was found stands where the truth says."""
    if place.get("table") or place.get("sheet"):
        return False
    if place.get("line"):
        # Some readers give the place of a whole group of words: one character of grace, never another figure.
        return place["line"] == entry["line"] and abs(place.get("column", -9) - entry["column"]) <= 1
    start, line = place.get("start"), norm(lines[entry["line"] - 1])
    excerpt = norm(place.get("excerpt", "")).strip("…").strip()
    # The bullet may or may not belong to the text of the block.
    bullet = len(line) - len(_BULLET.sub("", line))
    return start is not None and excerpt in line and entry["column"] - 1 - start in (0, bullet)


def norm(text: str) -> str:
    """Return a text composed, its blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def summary(name: str, n: Counter[str]) -> str:
    """Return the line of one document."""
    bound = n["right"] + n["wrong"] + n["false"] + n["stray"]
    precision = f"{100 * n['right'] / bound:.0f} %" if bound else "-"
    recall = 100 * n["right"] / max(1, n["fields"])
    return (
        f"{name:32} fields {n['fields']:3}: right {n['right']:3} ({recall:3.0f} %), wrong {n['wrong']:2},"
        f" not bound {n['none']:3} | look-alikes {n['looks']:3}: left {n['left']:3}, falsely bound"
        f" {n['false']:2} | stray {n['stray']} | precision {precision}"
    )


if __name__ == "__main__":
    main()

"""Broken files by the thousand: nothing but told faults may come of them, no file may be lost to one block.

    python benchmarks/fuzz.py [--documents 2000] [--reports 1000] [--packs 1000] [--seed 11]

Documents are mutated as packages (bytes, members, cuts) and as XML (elements gone, doubled, swapped, odd
values); reports and packs by lines and values. What an unexpected fault of ours is (`read/unexpected`,
an exception) is counted and listed; so are files given up for time or memory.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from validator import check
from validator.packs.load import load_pack_folder
from validator.resources import rules_folder

ROOT = Path(__file__).resolve().parents[1]
OFFICE = (".docx", ".xlsx", ".pdf", ".odt", ".ods")
ODD = [
    "",
    "-1",
    "0",
    "1e999999999",
    "9" * 500,
    "NaN",
    "\x00",
    "true",
    "[]",
    "{}",
    "&amp;",
    "²",
    "1.2.3",
    "ư" * 5000,
]
FAULTS = frozenset({"read/unexpected", "read/block-lost"})
GIVEN_UP = frozenset({"read/too-slow", "read/too-heavy", "read/crashed"})
_VALUE = re.compile(r">[^<>]{1,40}<|\"[^\"]{0,40}\"")
_ELEMENT = re.compile(
    r"<w:(p|tr|tc|tbl|r)\b.*?</w:\1>|<(row|c|si|table:table-cell|text:p)\b.*?</\2>", re.DOTALL
)
_CHUNK = 50


@dataclass
class Tally:
    """What came of the mutants."""

    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    count: int = 0


def mutated_text(text: str, chance: random.Random) -> str:
    """Return XML or YAML with one to four places changed."""
    for _ in range(chance.randint(1, 4)):
        places = list(_ELEMENT.finditer(text)) if chance.randrange(10) < 5 else list(_VALUE.finditer(text))
        if not places:
            lines = text.splitlines(keepends=True) or [""]
            at = chance.randrange(len(lines))
            lines[at] = chance.choice(
                ["", lines[at] * 2, lines[at].replace(":", ": " + chance.choice(ODD), 1)]
            )
            text = "".join(lines)
            continue
        found = chance.choice(places)
        piece = found[0]
        odd = piece[0] + chance.choice(ODD) + piece[-1]
        new = chance.choice(["", piece * 2, chance.choice(places)[0], odd if piece[0] in '>"' else ""])
        text = text[: found.start()] + new + text[found.end() :]
    return text


def mutated_lines(text: str, chance: random.Random) -> str:
    """Return YAML with one to four lines or values changed."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        values = list(re.finditer(r"[\w.,%]+", line))
        kind = chance.randrange(5)
        if kind == 0:
            lines[at] = ""
        elif kind == 1:
            lines[at] = line * 2
        elif kind == 2:
            lines[at] = " " * chance.randint(1, 5) + line
        elif kind == 3:
            lines[at] = chance.choice(lines)
        elif values:
            one = chance.choice(values)
            lines[at] = line[: one.start()] + chance.choice(ODD) + line[one.end() :]
        lines = lines if any(lines) else [text]
    return "".join(lines)


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, cut out or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not out:
            break
        at = chance.randrange(len(out))
        kind = chance.randrange(8)
        if kind == 0:
            del out[at : at + chance.randint(1, 200)]
        elif kind == 1 and chance.randrange(10) < 3:
            del out[at:]
        else:
            out[at] = chance.randrange(256)
    return bytes(out)


def mutated_package(data: bytes, chance: random.Random) -> bytes:
    """Return an office package with a member changed, gone or doubled."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        texts = [each for each in names if each.endswith((".xml", ".rels"))]
        likely = [
            each for each in texts if re.search(r"document\.xml|sheet\d|content\.xml|sharedStrings", each)
        ]
        chosen = chance.choice(likely if likely and chance.randrange(10) < 7 else texts)
        how = chance.randrange(100)
        for name in names:
            content = old.read(name)
            if name == chosen:
                if how < 5:
                    continue
                if how < 15:
                    content = mutated_bytes(content, chance)
                else:
                    content = mutated_text(content.decode("utf-8", "replace"), chance).encode()
            new.writestr(name, content)
    return out.getvalue()


def seeds() -> list[Path]:
    """Return the documents that are mutated."""
    found = [path for path in sorted((ROOT / "examples").rglob("*")) if path.suffix in OFFICE]
    return [path for path in found if path.stat().st_size < 300_000 and path.read_bytes()[:2] == b"PK"] + [
        path for path in found if path.suffix == ".pdf"
    ]


def documents(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Write mutants of the example documents."""
    made = []
    sources = [(path.suffix, path.read_bytes()) for path in seeds()]
    if program := shutil.which("soffice"):
        source = ROOT / "examples" / "documents" / "an-lac-2024.docx"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
        subprocess.run(command, check=False, capture_output=True, timeout=100)
        printed = folder / "an-lac-2024.pdf"
        sources += [(".pdf", printed.read_bytes())] * 4 if printed.exists() else []
    packages = [each for each in sources if each[1][:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(each[1]))]
    for number in range(count):
        suffix, data = chance.choice(sources)
        if data[:2] == b"PK" and chance.randrange(10) < 8:
            suffix, data = chance.choice(packages)
            data = mutated_package(data, chance)
        else:
            data = mutated_bytes(data, chance)
        path = folder / f"{number:05}{suffix}"
        path.write_bytes(data)
        made.append(path)
    return made


def reports(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Write mutants of the example reports."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))]
    made = []
    for number in range(count):
        path = folder / f"{number:05}.yaml"
        path.write_text(mutated_lines(chance.choice(texts), chance), encoding="utf-8", errors="replace")
        made.append(path)
    return made


def check_files(paths: list[Path], tally: Tally) -> None:
    """Check mutants in runs of some files each, and count what is told."""
    for start in range(0, len(paths), _CHUNK):
        some = paths[start : start + _CHUNK]
        tally.count += len(some)
        try:
            run = check(some, undecided=False, lang="en")
        except Exception:  # noqa: BLE001 - what is looked for
            tally.faults.append(f"{some[0].name} …: {traceback.format_exc()}")
            continue
        told_of = {name for each in run.files for name in (each.path, *each.parts)} | set(run.passed_over)
        tally.faults += [f"{path.name} is not told of" for path in some if str(path) not in told_of]
        for file in run.files:
            tally.codes["judged" if file.judged else "not judged"] += 1
            for told in file.diagnostics:
                if told.id in FAULTS:
                    tally.faults.append(f"{Path(file.path).name}: {told.title}")
                if told.id in FAULTS | GIVEN_UP or told.id.startswith("document/"):
                    tally.codes[told.id] += 1


def load_packs(folder: Path, count: int, chance: random.Random, tally: Tally) -> None:
    """Load mutants of the shipped packs."""
    packs = sorted(path.parent for path in rules_folder().glob("*/pack.yaml"))
    for number in range(count):
        pack = folder / f"pack-{number}"
        shutil.copytree(chance.choice(packs), pack)
        chosen = chance.choice(sorted(pack.rglob("*.yaml")))
        text = mutated_lines(chosen.read_text(encoding="utf-8"), chance)
        chosen.write_text(text, encoding="utf-8", errors="replace")
        tally.count += 1
        try:
            loaded = load_pack_folder(pack)
        except Exception:  # noqa: BLE001 - what is looked for
            tally.faults.append(f"{pack.name}/{chosen.name}: {traceback.format_exc()}")
        else:
            tally.codes["loaded" if loaded.pack else "refused"] += 1
        shutil.rmtree(pack)


def fuzz(*, documents_count: int, reports_count: int, packs_count: int, seed: int) -> dict[str, Tally]:
    """Return what came of so many mutants of each kind."""
    chance = random.Random(seed)
    found = {"documents": Tally(), "reports": Tally(), "packs": Tally()}
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place)
        check_files(documents(folder, documents_count, chance), found["documents"])
        check_files(reports(folder, reports_count, chance), found["reports"])
        load_packs(folder, packs_count, chance, found["packs"])
    return found


def main() -> int:
    """Run and print; 1 if a fault of ours came to light."""
    parser = argparse.ArgumentParser()
    for name, usual in (("documents", 2000), ("reports", 1000), ("packs", 1000), ("seed", 11)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    start = time.monotonic()
    found = fuzz(
        documents_count=given.documents,
        reports_count=given.reports,
        packs_count=given.packs,
        seed=given.seed,
    )
    for name, tally in found.items():
        print(f"{name}: {tally.count}, faults {len(tally.faults)}", dict(tally.codes.most_common()))
        for each in tally.faults[:20]:
            print("  ", each)
    own, workers = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{time.monotonic() - start:.0f} s, peak {own} MB here, {workers} MB in the largest process")
    return 1 if any(tally.faults for tally in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

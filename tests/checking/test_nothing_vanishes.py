"""Whatever is handed in, each file is told of: judged, given up, passed over, or as a part of another."""

from __future__ import annotations

import random
import shutil
import zipfile
from pathlib import Path

import pytest

from validator import check

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
NARRATIVE = EXAMPLES / "documents" / "an-lac-2024.docx"
SENT = sorted(
    path
    for path in (EXAMPLES / "review" / "2024-06-thang").rglob("*")
    if path.is_file() and ".giai-trinh" not in path.name
)
BROKEN = {
    "rong.docx": b"",
    "cut.docx": NARRATIVE.read_bytes()[:9000],
    "nul.pdf": b"\x00" * 400,
    "cut.pdf": b"%PDF-1.7\n1 0 obj",
    "chu.txt": "Xã An Lạc, 12 hồ sơ".encode("utf-16"),
    "x.yaml": b"report: [",
    "khac.yaml": b"services: [web]\n",
    "anh.png": b"\x89PNG",
    "a\nb.docx": NARRATIVE.read_bytes(),
}


def mixture(folder, chance):
    """Write some files into *folder*, some of them twice, some within a zip; return what is handed in."""
    for source in chance.sample(SENT, k=min(len(SENT), chance.randint(1, 6))):
        shutil.copy(source, folder / f"{chance.randrange(10**6)}{source.suffix}")
    for name in chance.sample(sorted(BROKEN), k=3):
        (folder / name).write_bytes(BROKEN[name])
    with zipfile.ZipFile(folder / "goi.zip", "w") as packet:
        for source in chance.sample(SENT, k=2):
            packet.write(source, source.name)
    return [folder] if chance.random() < 0.5 else sorted(folder.iterdir())


def told_of(run):
    return {name for each in run.files for name in (each.path, *each.parts)} | set(run.passed_over)


@pytest.mark.parametrize("seed", range(6))
def test_of_every_file_something_is_told(tmp_path, seed):
    folder = tmp_path / "nop"
    folder.mkdir()
    run = check(mixture(folder, random.Random(seed)), undecided=False)  # noqa: S311 - a seed, not a secret
    told = told_of(run)
    lost = {str(each) for each in folder.iterdir() if each.suffix != ".zip"} - told
    assert lost == set()
    with zipfile.ZipFile(folder / "goi.zip") as packet:
        inside = {f"{folder / 'goi.zip'}/{name}" for name in packet.namelist()}
    assert inside - told == set()

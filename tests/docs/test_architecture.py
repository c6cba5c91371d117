"""The page that leads through the source names what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEANING = ("exact/truth.py", "exact/interval.py", "engine/evaluate.py")


def test_every_file_that_the_page_names_is_there():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|docs|rules)/[\w./-]+)`", page)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_meaning_is_short_enough_to_be_read():
    page = (ROOT / "docs" / "meaning.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(\.\./([\w./-]+)\)", page)
    assert [path for path in linked if not (ROOT / path).exists()] == []
    sources = [ROOT / "src" / "validator" / name for name in MEANING]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in sources) <= 600

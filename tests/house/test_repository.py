"""The documents beside the source keep their form."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
FRAGMENTS = sorted(path for path in (ROOT / "changelog").glob("*.md") if path.name != "README.md")
_TOLD = {".md", ".py", ".json", ".yaml", ".yml", ".toml", ".lua", ".txt", ""}
_INSTALLED = re.compile(r"(?:pip3?|pipx|uv|uvx) (?:tool )?install (?:-\S+ )*[\"'`]*([^-\s\"'`][^\"'`\n]*)")


def test_a_decision_says_when_why_and_what_follows():
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.stem[:4]} "), page
        dated = r"^Date: \d{4}-\d\d-\d\d · Status: (accepted|superseded by \d{4})$"
        assert re.search(dated, text, re.MULTILINE), page
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page


def test_decisions_are_numbered_without_gaps_and_listed():
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in listed for page in DECISIONS)


def test_a_changelog_fragment_names_its_issue_and_kind():
    for fragment in FRAGMENTS:
        assert re.fullmatch(r"\d+\.(feature|fix|rule|removal|docs)(\.\d+)?\.md", fragment.name), fragment
        assert fragment.read_text(encoding="utf-8").strip(), fragment


def _texts():
    """Everything that tells people something: pages, messages, examples, settings, source."""
    for pattern in (
        "*",
        ".*",
        ".ci/*",
        "docs/**/*",
        "changelog/*",
        "examples/**/*",
        "src/**/*",
        "benchmarks/*",
    ):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix in _TOLD:
                yield path, path.read_text(encoding="utf-8")


def test_nobody_is_told_to_install_the_package_of_a_stranger():
    """On the public index ``validator`` is somebody else's, and ours is not there under any name."""
    told = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in _texts()
        for line in text.splitlines()
        for name in _INSTALLED.findall(line)
        if re.match(r"validator\b|report-validator(?!.*@)", name, re.IGNORECASE)
    ]
    assert told == []
    every = "\n".join(text for _, text in _texts())
    assert len(_INSTALLED.findall(every)) > 5

"""The reference of diagnostic codes as Markdown, made from the message catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.wording.message import catalogue, message, message_help, message_part

if TYPE_CHECKING:
    from collections.abc import Iterator

# Areas whose every message is a finding, and those of which only the messages with a cure are.
_FINDINGS = {
    "read": "Reading reports",
    "document": "Reading documents",
    "check": "Checking",
    "pack": "Rule packs",
    "syntax": "Expressions: writing",
    "type": "Expressions: names and types",
}
_MIXED = {
    "units": "Lists of units",
    "lint": "Lints",
    "claims": "Claims in running text",
    "archive": "The archive of earlier reports",
    "joined": "Reports held against others",
    "waiver": "Explanations of findings",
    "cli": "The command line",
    "ci": "Tests of rules",
    "new": "Skeletons",
    "compare": "Two versions",
    "rollup": "Sums over units",
}
_HEAD = """# Diagnostic codes

Made by `validator reference codes` from the message catalogues; do not edit. Rules have codes of their
own, `pack/id`: see the pages of the packs. `{…}` stands for what is found in the
file. What to do follows the arrow.
"""


def code_reference() -> str:
    """Return the page that gives the words and the cure of every code."""
    return _HEAD + "".join(_area(area, title) for area, title in (_FINDINGS | _MIXED).items())


def code_areas() -> tuple[str, ...]:
    """Return the areas of the catalogues that have codes."""
    return (*_FINDINGS, *_MIXED)


def diagnostic_codes(area: str) -> Iterator[str]:
    """Yield the codes of *area* that findings can have; its other messages are words of the output."""
    for key, parts in sorted(catalogue("en", area).items()):
        # A key with @ is a part of another message.
        if "help" in parts or (area in _FINDINGS and not key.startswith("@")):
            yield f"{area}/{key}"


def _area(area: str, title: str) -> str:
    rows = "".join(_row(code) for code in diagnostic_codes(area))
    return f"\n## {title}\n\n| code | vi | en |\n|---|---|---|\n{rows}"


def _row(code: str) -> str:
    return f"| `{code}` | {_words(code, 'vi')} | {_words(code, 'en')} |\n"


def _words(code: str, lang: str) -> str:
    told = (message(code, lang), message_part(code, lang, "explanation"))
    parts = (": ".join(filter(None, told)), message_help(code, lang))
    return " → ".join(_in_cell(part) for part in parts if part)


def _in_cell(text: str) -> str:
    """Return *text* so that a cell of a table shows it as it is."""
    one_line = " ".join(text.split())
    return one_line.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")

"""What stays the same of a finding as long as its values do, however and wherever they are written."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.diagnostic import Diagnostic, Label

_LENGTH = 16
_LONGEST = 200
_DATE = re.compile(r"(?<!\d)(\d\d)/(\d\d)/(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d[\d.,]*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")


def fingerprint(found: Diagnostic, roles: Mapping[str, str] | None = None) -> str:
    """Return 16 hexadecimal digits for the rule and the exact values of a finding.

    They depend neither on the language nor on spellings, places and names of files. A value of
    another file than the finding's own is one of a joined report; *roles* says of which.
    """
    own = found.location.file
    parts = sorted(_part(label, own, roles or {}) for label in found.fields)
    dates = sorted(_days(found.explanation) - {part[1] for part in parts})
    if not parts:
        parts = [("", figure, "") for figure in _figures(found)]
    text = "\0".join([found.id, *(item for part in parts for item in part), *dates])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def values_of(found: Diagnostic) -> dict[str, str]:
    """Return the values of a finding as written, by field path."""
    texts: dict[str, list[str]] = {}
    for label in found.fields:
        texts.setdefault(label.path, []).append(label.raw)
    return {path: "; ".join(each)[:_LONGEST] for path, each in texts.items()}


def in_one_spelling(text: str) -> str:
    """Return *text* without blanks, padding zeros and grouping, which change no value."""
    plain = _NUMBER.sub(lambda found: _plain(found[0]).lstrip("0") or "0", text)
    return "".join(plain.split()).casefold()


def _part(label: Label, own: str, roles: Mapping[str, str]) -> tuple[str, str, str]:
    """Return path, exact value and whose value it is; what cannot be read is told apart by its text."""
    file = label.location.file
    role = "" if file == own else roles.get(file, "joined")
    return label.path, label.value or (f"? {label.raw}" if label.raw else ""), role


def _days(text: str) -> set[str]:
    """Return the days that a finding names: those of the period are no figures of the report."""
    return set(filter(None, (_day(*found.groups()) for found in _DATE.finditer(text))))


def _day(day: str, month: str, year: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _figures(found: Diagnostic) -> Iterator[str]:
    """Yield the figures in the words of a finding without values, else the words it is about."""
    figures = [_plain(text) for text in _NUMBER.findall(f"{found.title} {found.explanation}")]
    if figures:
        yield from sorted(figures)
    elif found.location.excerpt:
        yield " ".join(found.location.excerpt.split())


def _plain(figure: str) -> str:
    """Return a figure without the points that only group its digits."""
    text = figure.rstrip(".,")
    return text.replace(".", "") if _GROUPED.fullmatch(text.partition(",")[0]) else text

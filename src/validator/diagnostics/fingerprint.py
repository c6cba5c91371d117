"""What stays the same of a finding as long as its values do, however and wherever they are written."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from validator.model.digest import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic, Label

_LENGTH = 16
_LONGEST = 200
_DATE = re.compile(r"(?<!\d)(\d\d)/(\d\d)/(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d[\d.,]*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")


def fingerprint(found: Diagnostic) -> str:
    """Return 16 hexadecimal digits for the rule and all that a finding rests on (``rests_on``).

    They depend neither on the language nor on spellings, places and names of files. Of a finding
    that says nothing of what it rests on, they are of the values shown and the figures in its words.
    """
    text = "\0".join([found.id, *([found.rests_on] if found.rests_on else _shown(found))])
    return str(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH])


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


def _shown(found: Diagnostic) -> list[str]:
    """Return the values that a finding shows, else the figures in its words, and the days it names."""
    values = sorted((label.path, _exact(label)) for label in found.fields)
    days = sorted(_days(found.explanation) - {value for _, value in values})
    return [*(text for pair in values for text in pair), *([] if values else _figures(found)), *days]


def _exact(label: Label) -> str:
    return label.value or (f"? {label.raw}" if label.raw else "")


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

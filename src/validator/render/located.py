"""Faults a line each, ``file:line:column: severity: words [code]``, as compilers and editors show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.render.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import Diagnostic


def located(found: Iterable[Diagnostic]) -> str:
    """Return each finding with its place, and what to do about it on a line below."""
    return "\n".join(line for each in found for line in _lines(each))


def _lines(found: Diagnostic) -> list[str]:
    place = found.location
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part)
    words = ": ".join(part for part in (found.title, found.explanation) if part)
    head = clean(f"{found.severity.value}: {words} [{found.id}]")
    return [f"{where}: {head}" if where else head, *([f"  → {clean(found.help)}"] if found.help else [])]

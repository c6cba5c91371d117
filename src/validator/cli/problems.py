"""Faults of packs in words: place, message, the source line with carets, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.verdict import Verdict
from validator.readers.encoding import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.problem import Problem


def problems_text(problems: Iterable[Problem], lang: str) -> str:
    """Return each problem as ``file:line:column``, its words, the source line and the cure."""
    return "\n".join(_one(problem, lang) for problem in problems)


def _one(problem: Problem, lang: str) -> str:
    told = explain_problem(problem, lang, verdict=Verdict.ERROR)
    place = problem.location
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part)
    head = f"{problem.severity.value}: {told.title} [{told.id}]"
    lines = [f"{where}: {head}" if where else head]
    source = _source_line(place.file, place.line)
    if source is not None and place.line is not None:
        gutter = f"{place.line} | "
        lines.append(f"  {gutter}{source}")
        if place.column is not None:
            start = place.column - 1
            length = max(1, (place.end_column or place.column + 1) - place.column)
            lines.append(" " * (2 + len(gutter) + start) + "^" * length)
    if told.help:
        lines.append(f"  → {told.help}")
    return "\n".join(lines) + "\n"


def _source_line(file: str, line: int | None) -> str | None:
    if not file or line is None:
        return None
    data = read_bytes(file)
    text = decode(data).text if isinstance(data, bytes) else None
    found = (text or "").splitlines()
    return found[line - 1].replace("\t", " ") if 0 < line <= len(found) else None

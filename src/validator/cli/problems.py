"""Faults of packs in words: place, message, the source line with carets, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.message import message
from validator.diagnostics.problem import explain_problem
from validator.model.verdict import Verdict
from validator.readers.encoding import decode, read_bytes
from validator.render.layout import clean, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.location import Location
    from validator.model.problem import Problem

_WIDEST = 160


def problems_text(problems: Iterable[Problem], lang: str) -> str:
    """Return each problem as ``file:line:column``, its words, the source line and the cure."""
    return "\n".join(_one(problem, lang) for problem in problems)


def _one(problem: Problem, lang: str) -> str:
    told = explain_problem(problem, lang, verdict=Verdict.ERROR)
    place = problem.location
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part)
    head = f"{message(f'render/{problem.severity.value}', lang)}: {told.title} [{told.id}]"
    lines = [clean(f"{where}: {head}" if where else head), *_frame(place)]
    if told.help:
        lines.append(f"  → {clean(told.help)}")
    return "".join(line + "\n" for line in lines)


def _frame(place: Location) -> list[str]:
    """The source line of a place with carets under it, or nothing."""
    source = _source_line(place.file, place.line)
    if source is None:
        return []
    column = place.column or 1
    end = min(place.end_column or column + 1, len(source) + 1)
    start = max(0, column - _WIDEST // 2) if len(source) > _WIDEST else 0
    shown = source[start : start + _WIDEST]
    gutter = f"  {place.line} | "
    lines = [gutter + shown]
    if place.column is not None:
        before = width(shown[: column - 1 - start])
        marked = shown[column - 1 - start : end - 1 - start]
        lines.append(" " * (len(gutter) + before) + "^" * max(1, width(marked)))
    return lines


def _source_line(file: str, line: int | None) -> str | None:
    if not file or line is None:
        return None
    data = read_bytes(file)
    text = decode(data).text if isinstance(data, bytes) else None
    found = (text or "").splitlines()
    # Character by character: a composed letter would move what stands after it away from its caret.
    return "".join(map(clean, found[line - 1])) if 0 < line <= len(found) else None

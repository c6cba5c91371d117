"""Faults of packs in words: place, message, the source line with carets, what to do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from validator.diagnostics.problem import explain_problem
from validator.model.verdict import Verdict
from validator.readers.encoding import text_or_nothing
from validator.render.place import place as words_of_place
from validator.render.terminal import clean, width
from validator.wording.in_language import in_language
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from validator.model.location import Location
    from validator.model.problem import Problem

_WIDEST = 160
_OF_PEOPLE = ("units/", "archive/")


def problems_text(problems: Iterable[Problem], lang: str) -> str:
    """Return each problem as ``file:line:column``, its words, the source line and the cure."""

    @lru_cache(maxsize=8)
    def lines(file: str) -> list[str]:
        return text_or_nothing(file).splitlines()

    return "\n".join(_one(problem, lang, lines) for problem in problems)


def _one(problem: Problem, lang: str, lines_of: Callable[[str], list[str]]) -> str:
    told = in_language(explain_problem(problem, verdict=Verdict.ERROR), lang)
    place = problem.location
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part)
    if place.cell and not place.line:
        where = ", ".join(filter(None, (where, words_of_place(place, lang))))
    # A list of units and an archive are kept by people who know of no ids.
    code = "" if told.id.startswith(_OF_PEOPLE) else f" [{told.id}]"
    head = f"{message(f'render/{problem.severity.value}', lang)}: {told.title}{code}"
    lines = [clean(f"{where}: {head}" if where else head), *_frame(place, lines_of)]
    lines += [
        f"  {clean(label.label)}: {clean(label.raw)} ({words_of_place(label.location, lang)})"
        for label in told.fields
    ]
    if told.help:
        lines.append(f"  → {clean(told.help)}")
    return "".join(line + "\n" for line in lines)


def _frame(place: Location, lines_of: Callable[[str], list[str]]) -> list[str]:
    """The source line of a place with carets under it, or nothing."""
    line, there = place.line, lines_of(place.file) if place.file and place.line else []
    if line is None or not 0 < line <= len(there):
        return []
    # Character by character: a composed letter would move what stands after it away from its caret.
    source = "".join(map(clean, there[line - 1]))
    column = place.column or 1
    end = min(place.end_column or column + 1, len(source) + 1)
    start = max(0, column - _WIDEST // 2) if len(source) > _WIDEST else 0
    shown = source[start : start + _WIDEST]
    gutter = f"  {line} | "
    lines = [gutter + shown]
    if place.column is not None:
        before = width(shown[: column - 1 - start])
        marked = shown[column - 1 - start : end - 1 - start]
        lines.append(" " * (len(gutter) + before) + "^" * max(1, width(marked)))
    return lines

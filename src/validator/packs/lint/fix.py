"""The text of a pack file with what lints found there mended, as far as that is mechanical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.packs.format import format_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.problem import Problem

_RENAMED = "lint/old-id"


def fix_text(text: str, file: str, problems: Iterable[Problem]) -> str:
    """Return *text* with old ids replaced and expressions in their canonical spelling."""
    lines = text.split("\n")
    found = [problem for problem in problems if problem.code == _RENAMED]
    for problem in sorted(found, key=lambda each: each.location.sort_key, reverse=True):
        _rename(lines, problem)
    return format_text("\n".join(lines), file)


def _rename(lines: list[str], problem: Problem) -> None:
    place = problem.location
    if place.line is None or place.column is None or place.line > len(lines):
        return
    line = lines[place.line - 1]
    before, after = line[: place.column - 1], line[place.column - 1 :]
    alias, rule = str(problem.args["alias"]), str(problem.args["rule"])
    lines[place.line - 1] = before + after.replace(alias, rule, 1)

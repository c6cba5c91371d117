"""A code frame: the line of the file a finding is about, with carets under the figures."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from validator.render.place import place
from validator.render.terminal import clean, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.diagnostic import Diagnostic
    from validator.model.location import Location
    from validator.render.option import Options

_LEAST = 20


def frame(found: Diagnostic, options: Options) -> list[str]:
    """The frame of a finding: source line and carets, or the excerpt of a document."""
    location = found.location
    where = ", ".join(filter(None, [location.file, place(location, options.lang)]))
    gutter = " " * len(str(location.line or ""))
    heading = _wrapped(where, options.width, f"{gutter} ┌─ ", f"{gutter} │  ")
    source = None if location.line is None else options.source_line(location.file, location.line)
    if source is not None and location.column is not None:
        return [*heading, *_marked(source, location, found, options.width)]
    text = location.excerpt if source is None else source
    if not text:
        return heading
    shown = _wrapped(text, options.width, f"{gutter} │ ", f"{gutter} │ ")
    marked = _under(text, location, found, options.width - len(gutter) - 3) if source is None else ""
    return [*heading, *shown, *([f"{gutter} │ {marked}"] if marked and len(shown) == 1 else [])]


def _wrapped(text: str, columns: int, first: str, rest: str) -> list[str]:
    made = textwrap.wrap(clean(text), columns, initial_indent=first, subsequent_indent=rest)
    return made or [first]


def _under(text: str, location: Location, found: Diagnostic, columns: int) -> str:
    """Carets under the figure in an excerpt, if the excerpt has it once and fits on a line."""
    raw = next((label.raw for label in found.fields if label.location == location), "")
    places = list(re.finditer(rf"(?<![\w.,]){re.escape(raw)}(?![\w])", text)) if raw else []
    if len(places) != 1 or width(text) > columns:
        return ""
    return " " * width(text[: places[0].start()]) + "^" * width(raw)


def _marked(source: str, location: Location, found: Diagnostic, columns: int) -> list[str]:
    """The source line, or the part of it that fits, above ``^`` for the place and ``~`` for the others."""
    spans = [label.location for label in found.fields if _same_line(label.location, location)]
    number = str(location.line)
    start, end = _window(source, location, max(_LEAST, columns - len(number) - 6))
    marks = _marks(source, location, spans)[start:end]
    shown = [(clean(character), mark) for character, mark in zip(source[start:end], marks, strict=False)]
    text = "".join(character for character, _ in shown)
    carets = "".join(mark * width(character) for character, mark in shown)
    beyond = "".join(marks[len(shown) :])
    before, after = "…" if start else "", "…" if end < len(source) else ""
    gutter = " " * len(number)
    return [
        f"{number} │ {before}{text}{after}",
        f"{gutter} │ {' ' * len(before)}{(carets + beyond).rstrip()}",
    ]


def _same_line(one: Location, other: Location) -> bool:
    return (one.file, one.line) == (other.file, other.line) and one.column is not None


def _marks(source: str, primary: Location, others: Iterable[Location]) -> str:
    marks = [" "] * (len(source) + 1)
    for location, mark in [*((other, "~") for other in others), (primary, "^")]:
        first = min((location.column or 1) - 1, len(source))
        last = max(first + 1, min((location.end_column or 0) - 1, len(source)))
        marks[first:last] = mark * (last - first)
    return "".join(marks)


def _window(source: str, location: Location, columns: int) -> tuple[int, int]:
    """The part of a long line that shows the place with a little before it."""
    if len(source) <= columns:
        return 0, len(source) + 1
    start = max(0, min((location.column or 1) - 1 - columns // 3, len(source) - columns))
    return start, start + columns

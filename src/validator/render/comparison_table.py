"""How two versions differ as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group as Stack

from validator.render.comparison import (
    STATES,
    about,
    both,
    compare_word,
    heading,
    of_state,
    section,
    summary,
    unread,
)
from validator.render.place import place
from validator.render.screen import drawn, preformatted, styled, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from validator.model.comparison import ChangedFigure, Comparison
    from validator.render.option import Options

_HEADINGS = ("severity", "place", "explanation")


def comparison_table(compared: Comparison, options: Options) -> str:
    """Return the findings by state, then the figures that changed."""
    parts: list[RenderableType] = list(map(styled, heading(compared, options)))
    if compared.unread:
        parts += map(preformatted, unread(compared, options))
    else:
        parts += ["", *_tables(compared, options), styled(summary(compared, options))]
    return drawn(parts, options)


def _tables(compared: Comparison, options: Options) -> Iterator[RenderableType]:
    found = table([compare_word("state", options), *map(options.word, _HEADINGS)])
    for state in STATES:
        for row in _rows(compared, state, options):
            found.add_row(*row)
    if found.rows:
        yield found
        yield ""
    if compared.changed:
        yield styled(section("changed", len(compared.changed), options), "heading")
        yield _changes(compared.changed, options)
        yield ""


def _rows(compared: Comparison, state: str, options: Options) -> Iterator[tuple[RenderableType, ...]]:
    for found, earlier, why in of_state(compared, state):
        severity = found.severity.value
        words = [found.title, *about(found, earlier, why, options)]
        if not any(words):
            words = [found.explanation]
        told = [*(styled(each) for each in words if each)]
        if options.verbose:
            told.append(styled(found.id, "faint"))
        yield (
            styled(compare_word(state, options)),
            styled(options.word(severity), severity if state in ("remaining", "fresh") else "faint"),
            styled(place(found.location, options.lang) or options.word("whole-file")),
            Stack(*told),
        )


def _changes(changed: tuple[ChangedFigure, ...], options: Options) -> RenderableType:
    keys = (compare_word(key, options) for key in ("figure", "before", "after"))
    made = table([*keys, options.word("place")])
    for each in changed:
        label = each.new or each.old
        where = place(label.location, options.lang) if label else ""
        made.add_row(*map(styled, (each.label, *both(each, options), where)))
    return made

"""A review as a matrix for a terminal: a row for each unit, a column for each topic with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.render.review_plain import unit_lines
from validator.render.review_words import ReviewWords
from validator.render.screen import drawn, styled, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from validator.model.review import Review, Tally, UnitReview
    from validator.render.option import Options


def review_table(review: Review, options: Options) -> str:
    """Return the review as a table with what has to be known besides."""
    return drawn(_parts(ReviewWords(review), options), options)


def _parts(words: ReviewWords, options: Options) -> Iterator[RenderableType]:
    yield styled(words.heading())
    yield _matrix(words)
    if options.verbose:
        yield from map(styled, unit_lines(words, options))
    elif words.topics:
        yield styled(words.word("see-more"))
    for heading, lines in words.sections():
        yield styled(f"{heading}:" if lines else heading, "heading")
        yield from (styled(f"  {line}") for line in lines)
    if not options.quiet:
        yield styled(words.ending())


def _matrix(words: ReviewWords) -> RenderableType:
    made = table([words.word("unit"), words.word("state"), *(each.title for each in words.topics)])
    for row in words.review.units:
        cells = [words.name(row), words.state(row), *(words.cell(row, each.id) for each in words.topics)]
        styles = [_name_style(row), "", *(_style(row.tallies.get(each.id)) for each in words.topics)]
        made.add_row(*map(styled, cells, styles))
    return made


def _name_style(row: UnitReview) -> str:
    return "" if row.standing is Standing.SUBMITTED else "bold red"


def _style(tally: Tally | None) -> str:
    if tally is None:
        return ""
    if tally.errors:
        return "red"
    return "yellow" if tally.warnings else ""

"""A review as a matrix for a terminal: a row for each unit, a column for each topic with findings."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.render.layout import clean
from validator.render.review_plain import unit_lines
from validator.render.review_words import ReviewWords

if TYPE_CHECKING:
    from validator.model.review import Review, Tally, UnitReview
    from validator.render.option import Options


def review_table(review: Review, options: Options) -> str:
    """Return the review as a table with what has to be known besides."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = ReviewWords(review)
    table = Table(expand=False, show_lines=False)
    for heading in (words.word("unit"), words.word("state"), *(clean(each.title) for each in words.topics)):
        table.add_column(Text(heading), overflow="fold")
    for row in review.units:
        cells = [words.name(row), words.state(row), *(words.cell(row, each.id) for each in words.topics)]
        styles = [_name_style(row), "", *(_style(row.tallies.get(each.id)) for each in words.topics)]
        table.add_row(*(Text(cell, style=style) for cell, style in zip(cells, styles, strict=True)))
    out = io.StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.colour,
        no_color=not options.colour,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    console.print(Text(words.heading()))
    console.print(table)
    if options.verbose:
        for line in unit_lines(words, options):
            console.print(Text(line))
    elif words.topics:
        console.print(Text(words.word("see-more")))
    for heading, lines in words.sections():
        console.print(Text(f"{heading}:" if lines else heading, style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"))
    if not options.quiet:
        console.print(Text(words.ending()))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _name_style(row: UnitReview) -> str:
    return "" if row.standing is Standing.SUBMITTED else "bold red"


def _style(tally: Tally | None) -> str:
    if tally is None:
        return ""
    if tally.errors:
        return "red"
    return "yellow" if tally.warnings else ""

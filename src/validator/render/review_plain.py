"""A review in sentences: a line for each unit, its findings, then who is missing and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.review import Standing, Tally
from validator.render.place import place
from validator.render.request import kind_of
from validator.render.review_words import ReviewWords
from validator.render.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic
    from validator.model.review import Review, UnitReview
    from validator.render.option import Options


def review_plain(review: Review, options: Options) -> str:
    """Return the review as text."""
    words = ReviewWords(review)
    lines = [words.heading(), "", *unit_lines(words, options)]
    for heading, found in words.sections():
        lines += ["", f"{heading}:" if found else heading, *(f"  {line}" for line in found)]
    if not options.quiet:
        lines += ["", words.ending()]
    return "".join(line.rstrip() + "\n" for line in lines)


def unit_lines(words: ReviewWords, options: Options) -> Iterator[str]:
    """Yield a line for each unit and its findings below it."""
    for row in words.review.units:
        yield from _row(row, words, options)


def _row(row: UnitReview, words: ReviewWords, options: Options) -> Iterator[str]:
    state = words.row_total(row) or words.state(row)
    yield f"{words.name(row)}: {state}"
    if row.standing is not Standing.SUBMITTED:
        return
    detail = words.review.details[row.key]
    if detail.result.reach:
        yield f"  {clean(detail.result.reach)}."
    if words.figures(row):
        yield f"  {words.figures(row)}."
    by_topic: dict[str, list[Diagnostic]] = {}
    for found in detail.result.diagnostics:
        if kind_of(found):
            by_topic.setdefault(found.topic, []).append(found)
    for topic, several in by_topic.items():
        yield f"  {words.topic(topic)}: {words.tally(row.tallies.get(topic, Tally()))}"
        for found in several:
            yield from _finding(found, words, options)


def _finding(found: Diagnostic, words: ReviewWords, options: Options) -> Iterator[str]:
    title = found.title.rstrip(".")
    if kind_of(found) == "waiting":
        # The title names a disagreement, which there may not be.
        severity, what = words.word("waiting"), words.word("of-rule", what=found.explanation, title=title)
    else:
        severity = options.word(found.severity.value)
        what = ": ".join(filter(None, [title, found.explanation]))
    where = place(found.location, options.lang)
    told = f"    - {severity}: {clean(what)}" + (f" ({clean(where)})" if where else "")
    yield f"{told} [{clean(found.id)}]" if options.verbose else told
    if found.waiver:
        yield f"      {options.word('waiver')}: {clean(found.waiver)}"

"""A review in sentences: a line for each unit, its findings, then who is missing and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.review import Standing
from validator.render.layout import clean
from validator.render.place import place
from validator.render.request import kind_of
from validator.render.review_words import ReviewWords, has_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic
    from validator.model.review import Review, UnitReview
    from validator.render.option import Options


def review_plain(review: Review, options: Options) -> str:
    """Return the review as text."""
    words = ReviewWords(review)
    lines = [words.heading(), ""]
    for row in review.units:
        lines += _row(row, words, options)
    for heading, found in words.sections():
        lines += ["", f"{heading}:" if found else heading, *(f"  {line}" for line in found)]
    if not options.quiet:
        lines += ["", words.ending()]
    return "".join(line.rstrip() + "\n" for line in lines)


def _row(row: UnitReview, words: ReviewWords, options: Options) -> Iterator[str]:
    state = words.row_total(row) or words.state(row)
    yield f"{words.name(row)}: {state}"
    if row.standing is not Standing.SUBMITTED:
        return
    titles = {topic.id: topic.title for topic in words.review.topics}
    for topic, tally in row.tallies.items():
        if has_findings(tally):
            yield f"  {clean(titles.get(topic, topic))}: {words.tally(tally)}"
    for found in words.review.details[row.key].result.diagnostics:
        if kind_of(found):
            yield from _finding(found, words, options)


def _finding(found: Diagnostic, words: ReviewWords, options: Options) -> Iterator[str]:
    severity = words.word("waiting") if kind_of(found) == "waiting" else options.word(found.severity.value)
    what = ": ".join(filter(None, [found.title.rstrip("."), found.explanation]))
    where = place(found.location, options.lang)
    told = f"    - {severity}: {clean(what)} [{clean(found.id)}]"
    yield f"{told} ({clean(where)})" if where and options.verbose else told
    if found.waiver:
        yield f"      {options.word('waiver')}: {clean(found.waiver)}"

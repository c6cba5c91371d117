"""The first sheet of the workbook: a row a unit, a column a topic, counts, links to the findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.review import Standing, Tally
from validator.render.workbook import Entry, file_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.review import Review, UnitReview
    from validator.render.workbook import Book

_TALLIES = (
    ("errors", "error"),
    ("warnings", "warning"),
    ("explained", "explained"),
    ("infos", "info"),
)
_ON_SCREEN = 3  # the last columns, which lead to files
_MOST_TOPICS = 6
_TOTALS = ("errors", "warnings", "explained", "undecided")


class MatrixSheet:
    """The matrix under construction: units are added in the order of the review."""

    def __init__(self, book: Book, review: Review, links: Mapping[str, str]) -> None:
        """Set the sheet up; *links* are as `matrix_xlsx` takes them."""
        self._book, self._review, self._links = book, review, links
        self._by_form = len({unit.form for unit in review.units}) > 1
        self._number = 0
        columns = tuple(self._columns())
        self._sheet = book.sheet(
            book.say("matrix-sheet"), columns, head=tuple(self._head()), printed=len(columns) - _ON_SCREEN
        )
        self._sheet.freeze(2)
        if len(review.topics) > _MOST_TOPICS:
            self._sheet.fold(tuple(self._quiet()))

    def add(self, unit: UnitReview, first: Mapping[str, str]) -> None:
        """Add a unit; *first* tells where the first finding of each topic stands."""
        self._number += 1
        self._sheet.write(tuple(self._entries(unit, first)))

    def close(self) -> None:
        """Finish the sheet."""
        self._sheet.close()

    def _head(self) -> Iterator[str]:
        review, say = self._review, self._book.say
        period = review.period_text
        yield say("heading-of-period", period=period) if period else say("title")
        count = Counter(unit.standing for unit in review.units)
        yield say(
            "counts",
            units=len(review.units),
            submitted=count[Standing.SUBMITTED],
            missing=count[Standing.MISSING],
            unreadable=count[Standing.UNREADABLE],
            files=review.files,
        )
        yield say("how-to-use")

    def _quiet(self) -> Iterator[int]:
        """Yield the columns of topics in which nothing was found."""
        first = 5 if self._by_form else 4
        for number, topic in enumerate(self._review.topics):
            tallies = (unit.tallies.get(topic.id, Tally()) for unit in self._review.units)
            if not any(tally.has_findings for tally in tallies):
                yield first + number

    def _columns(self) -> Iterator[tuple[str, int]]:
        say = self._book.say
        yield say("column-number"), 5
        yield say("column-unit"), 26
        if self._by_form:
            yield say("column-form"), 22
        yield say("column-standing"), 15
        yield say("column-compared"), 14
        for topic in self._review.topics:
            yield topic.title, 14
        for name in _TOTALS:
            yield say(f"total-{name}"), 9
        yield say("column-day"), 11
        yield say("column-file"), 28
        yield say("column-back"), 14

    def _entries(self, unit: UnitReview, first: Mapping[str, str]) -> Iterator[Entry]:
        review = self._review
        look = {Standing.MISSING: "missing", Standing.UNREADABLE: "unreadable"}.get(unit.standing, "text")
        yield Entry(self._number, "number")
        yield Entry(unit.unit.name or unit.unit.id or "", look)
        if self._by_form:
            yield Entry(review.form_titles.get(unit.form, unit.form))
        yield Entry(self._standing(unit), look)
        compared = unit.compared
        yield Entry(f"{compared.decided}/{compared.figures}" if compared.figures else "")
        for topic in review.topics:
            yield self._tally(unit.tallies.get(topic.id), look, first.get(topic.id, ""))
        for name in _TOTALS:
            yield Entry(sum(getattr(tally, name) for tally in unit.tallies.values()), "number")
        current = unit.current
        yield Entry(current.submitted if current else None)
        yield Entry(current.path if current else "")
        target = self._links.get(unit.key, "")
        yield Entry(self._book.say("back"), "text", file_link(target)) if target else Entry("")

    def _standing(self, unit: UnitReview) -> str:
        if unit.standing is Standing.SUBMITTED and unit.older:
            return self._book.say("standing-versions", count=len(unit.older) + 1)
        return self._book.say(f"standing-{unit.state}")

    def _tally(self, tally: Tally | None, look: str, target: str) -> Entry:
        """The counts of a topic in words; the gravest kind gives the colour."""
        if tally is None or tally == Tally():
            return Entry("–", "none" if look == "text" else look)
        counts = [(name, kind, getattr(tally, name)) for name, kind in _TALLIES]
        said = [(self._book.say(f"tally-{name}", count=count), kind) for name, kind, count in counts if count]
        looked = {"decided": tally.decided, "asked": tally.asked}
        if said:
            words = ", ".join(words for words, _ in said)
            words += self._book.say("looked-at", **looked) if tally.asked else ""
            return Entry(words, said[0][1], target)
        if tally.decided:
            return Entry(self._book.say("tally-fine", **looked), "fine", target)
        return Entry(self._book.say("tally-undecided"), "none", target)

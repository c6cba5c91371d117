"""The words of a review that its readable forms share: states, cells, headings, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.shown import common_folder, listed, short_path
from validator.model.record import evolve
from validator.model.review import Standing, summed
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.diagnostic import Diagnostic, FileResult
    from validator.model.review import Review, Tally, Topic, UnitReview

_SHARED = frozenset({"review/shared-soft", "review/shared-hard"})


class ReviewWords:
    """Words one review in its language; every text is on one line and harmless."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self._by_form = len({each.form for each in review.units}) > 1
        self._folder = common_folder(_paths(review))
        found = {topic for row in review.units for topic, tally in row.tallies.items() if tally.has_findings}
        self.topics: tuple[Topic, ...] = tuple(each for each in review.topics if each.id in found)

    def word(self, key: str, **args: object) -> str:
        """Return the words of ``review/key``."""
        return clean(message(f"review/{key}", self.review.lang, args))

    def path(self, path: str) -> str:
        """Return the path of a submission without the folder that all of them lie in."""
        return short_path(path, self._folder)

    def heading(self) -> str:
        """Return the period and how many units, findings and explanations there are."""
        counts = dict.fromkeys(Standing, 0)
        for row in self.review.units:
            counts[row.standing] += 1
        total = self.total()
        period = self.review.period_text
        unread = counts[Standing.UNREADABLE]
        count = counts[Standing.SUBMITTED] + unread
        return self.word(
            "heading",
            period=period[:1].upper() + period[1:],
            sent=self.word("heading-sent-unread" if unread else "heading-sent", count=count, unread=unread),
            missing=counts[Standing.MISSING],
            unread=len(self.review.unread),
            errors=total.errors,
            warnings=total.warnings,
            explained=total.explained,
        )

    def total(self) -> Tally:
        """Return the findings of all rows and of the files that count for none together."""
        rows = (tally for row in self.review.units for tally in row.tallies.values())
        return summed((*rows, self.review.found_in_unread))

    def name(self, row: UnitReview) -> str:
        """Return the name of a row's unit, with the form where there are several."""
        name = row.unit.name or row.unit.id or row.key
        title = self.review.form_titles.get(row.form, row.form)
        return clean(f"{name} ({title})" if self._by_form and title else name)

    def topic(self, topic: str) -> str:
        """Return the title of a topic."""
        return clean(next((each.title for each in self.review.topics if each.id == topic), topic))

    def state(self, row: UnitReview) -> str:
        """Return whether a unit has reported."""
        return self.word(f"state-{row.state}")

    def cell(self, row: UnitReview, topic: str) -> str:
        """Return what was found of one topic; that all agrees is said only where something was decided."""
        tally = row.tallies.get(topic)
        if tally is None:
            return self.word("nothing-checked") if row.standing is Standing.SUBMITTED else ""
        return self.tally(tally)

    def tally(self, tally: Tally) -> str:
        """Return how many findings there are, the gravest first."""
        kinds = ("errors", "warnings", "infos", "explained")
        counts = [(kind, getattr(tally, kind)) for kind in kinds if getattr(tally, kind)]
        parts = [self.word(f"cell-{kind}" + "-one" * (count == 1), count=count) for kind, count in counts]
        looked = {"decided": tally.decided, "asked": tally.asked}
        if not parts:
            return self.word("agrees", **looked) if tally.decided else self.word("nothing-checked")
        return ", ".join(parts) + (self.word("looked-at", **looked) if tally.asked else "")

    def row_total(self, row: UnitReview) -> str:
        """Return the findings of a row over all topics, or in how many figures nothing was found."""
        if row.standing is not Standing.SUBMITTED:
            return ""
        total = summed(row.tallies.values())
        if total.has_findings:
            return self.tally(evolve(total, decided=0, undecided=0))
        compared = row.compared
        key = "agrees-of-figures" if compared.decided else "nothing-compared"
        return self.word(key, decided=compared.decided, figures=compared.figures)

    def figures(self, row: UnitReview) -> str:
        """Return how many figures a row has and what came of comparing them; nothing if it has none."""
        counts = row.compared
        args = {name: getattr(counts, name) for name in ("figures", "agree", "differ", "open")}
        return clean(message("render/figures", self.review.lang, args)) if counts.figures else ""

    def sections(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield headings with their lines: who is missing, versions, what was not read or not counted."""
        review = self.review
        missing = [self.name(row) for row in review.missing]
        if missing:
            yield self.word("missing-heading", count=len(missing), names=listed(missing)), ()
        # A file that repeats another is no version; that it does is among the notes.
        versions = [row for row in review.units if any(not each.same_as for each in row.older)]
        if versions:
            yield self.word("versions-heading", count=len(versions)), tuple(map(self._version, versions))
        if review.unread:
            lines = tuple(line for each in review.unread for line in self._unread(each))
            yield self.word("unread-heading", count=len(review.unread)), lines
        if review.aside:
            lines = tuple(clean(f"{self.path(each.path)}: {note.title}") for each, note in review.aside)
            yield self.word("aside-heading", count=len(review.aside)), lines
        if review.passed_over:
            names = listed([self.path(each) for each in review.passed_over])
            yield self.word("passed-over", count=len(review.passed_over), names=names), ()
        notes = [
            (self.name(row), each)
            for row in review.units
            for each in row.notes
            if row.standing is not Standing.UNREADABLE
        ]
        lines = tuple(clean(f"{name}: {each.title}") for name, each in notes)
        lines += tuple(clean(f"{each.title} {each.help}") for each in review.notes if _is_shared(each))
        lines += tuple(clean(each.title) for each in review.notes if not _is_shared(each))
        if lines:
            yield self.word("notes-heading"), lines

    def _unread(self, file: FileResult) -> Iterator[str]:
        """Yield why a file counts for no unit, and what was found in its text all the same."""
        first, *rest = (each.said for each in file.diagnostics) if file.diagnostics else ("",)
        yield clean(f"{self.path(file.path)}: {first}")
        yield from (clean(f"{self.path(file.path)}: {title}") for title in rest)

    def _version(self, row: UnitReview) -> str:
        current = self.path(row.current.path) if row.current else ""
        older = ", ".join(self.path(each.path) for each in row.older if not each.same_as)
        told = self.word("version-line", unit=self.name(row), current=current, older=older)
        detail = self.review.details.get(row.key)
        if detail is None or detail.comparison is None:
            return told
        found = detail.comparison
        kinds = ("corrected", "remaining", "fresh", "dropped", "changed")
        counts = {kind: len(getattr(found, kind)) for kind in kinds}
        summary = clean(message("compare/summary", self.review.lang, counts))
        return f"{told}. {summary}"

    def ending(self) -> str:
        """Return how many rules were run, decided and never applied."""
        review = self.review
        return self.word(
            "rules",
            loaded=review.rules_loaded,
            decided=review.decided,
            undecided=review.undecided,
            never=len(review.never_applied),
        )


def _is_shared(note: Diagnostic) -> bool:
    """Whether a note is of what many units break alike, whose help is the command that explains it."""
    return note.id in _SHARED


def _paths(review: Review) -> Iterator[str]:
    """Yield the paths of all that was sent in."""
    for row in review.units:
        yield from (each.path for each in ((row.current, *row.older) if row.current else row.older))
    yield from (each.path for each in review.unread)
    yield from (each.path for each, _ in review.aside)

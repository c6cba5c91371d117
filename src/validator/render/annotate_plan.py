"""Which comment goes where: the findings of a file by the anchors that a document has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from validator.model.record import record
from validator.model.verdict import Verdict
from validator.render.annotate_words import Lines, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from validator.model.diagnostic import Diagnostic, FileResult
    from validator.model.location import Location

    A = TypeVar("A", bound=Hashable)

MOST_COMMENTS = 300
_MOST_IN_SUMMARY = 60


@record
class Spot:
    """A place that a finding names, and the text written there.

    Where no text is known, ``title`` names a figure of that place first, if it is not empty.
    """

    location: Location
    raw: str
    title: str = ""


@record
class Plan:
    """The notes for each anchor, in the order of the findings, and the summary's notes.

    ``marks`` are the anchors of the other figures of findings, which are only marked.
    """

    notes: Mapping[Hashable, tuple[Lines, ...]]
    marks: tuple[Hashable, ...]
    summary: tuple[Lines, ...]


def plan_comments(
    result: FileResult, lang: str, find: Callable[[Spot], A | None], left_out_of_copy: Sequence[str] = ()
) -> Plan:
    """Return what to write where; *find* gives the anchor of a spot, or None.

    The first number of a finding that has an anchor gets the finding, the others a mark. What has no
    anchor, or is too much, is told in the summary.
    """
    words = Wording(lang)
    found = tuple(each for each in result.diagnostics if each.verdict is Verdict.FAIL)
    notes: dict[Hashable, list[Lines]] = {}
    others: dict[Hashable, None] = {}
    unplaced: list[Lines] = []
    for number, each in enumerate(found, start=1):
        anchors = list(dict.fromkeys(filter(None, map(find, spots_of(each, result.path)))))
        if not anchors or (anchors[0] not in notes and len(notes) >= MOST_COMMENTS):
            unplaced.append(words.placed_finding(number, each))
            continue
        notes.setdefault(anchors[0], []).append(words.finding(number, each))
        others.update(dict.fromkeys(anchors[1:]))
    first = words.summary(result, found)
    if left_out_of_copy:
        first.append(words.word("summary-inactive", what=", ".join(map(words.word, left_out_of_copy))))
    summary = (tuple(first), *_listed(unplaced, words))
    marks = tuple(anchor for anchor in others if anchor not in notes)
    return Plan(notes={anchor: tuple(lines) for anchor, lines in notes.items()}, marks=marks, summary=summary)


def _listed(unplaced: list[Lines], words: Wording) -> Iterator[Lines]:
    """Yield the findings without an anchor, as many as a summary can hold."""
    if unplaced:
        yield (words.word("summary-unplaced", count=len(unplaced)),)
    yield from unplaced[:_MOST_IN_SUMMARY]
    more = len(unplaced) - _MOST_IN_SUMMARY
    if more > 0:
        yield (words.word("summary-more", count=more),)


def spots_of(found: Diagnostic, path: str) -> Iterator[Spot]:
    """Yield the places of a finding in the file at *path*, its own first."""
    labels = sorted(found.fields, key=lambda label: label.location != found.location)
    spots = [(label.location, label.raw) for label in labels]
    if not spots or spots[0][0] != found.location:
        spots.insert(0, (found.location, ""))
    for location, raw in spots:
        if location.file in {"", path}:
            # The title of a rule may hold numbers of its own; that of a fault quotes the document.
            yield Spot(location=location, raw=raw, title="" if found.fields else found.title)
